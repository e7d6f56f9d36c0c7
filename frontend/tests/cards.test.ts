import { describe, expect, it } from "vitest";

import { byKey, leftOf, moved, sized, type Card } from "../src/cards/geometry";
import { History } from "../src/cards/history";

const card: Card = { width: 105, height: 148, isRtl: false };
const mirrored: Card = { ...card, isRtl: true };
const box = { x: 10.4, y: 20, w: 30, h: 12 };

describe("a box on a card", () => {
  it("snaps to the millimetre along the way it was moved, and keeps the other", () => {
    expect(moved(box, 3.2, 0, card)).toEqual({ ...box, x: 14 });
    expect(moved(box, 0, -2.6, card)).toEqual({ ...box, y: 17 });
    expect(moved(box, 0.1, 0, card, 0.1)).toEqual({ ...box, x: 10.5 });
  });

  it("moves the other way on a card that is written from the right", () => {
    expect(leftOf(box, mirrored)).toBe(64.6);
    expect(moved(box, 3, 0, mirrored)).toEqual({ ...box, x: 7 });
    expect(sized(box, -3, 0, mirrored)).toEqual({ ...box, w: 33 });
  });

  it("stays on the card and never vanishes", () => {
    expect(moved(box, 500, 500, card)).toEqual({ ...box, x: 75, y: 136 });
    expect(moved(box, -500, -500, card)).toEqual({ ...box, x: 0, y: 0 });
    expect(sized(box, 500, 500, card)).toEqual({ ...box, w: 94.6, h: 128 });
    expect(sized(box, -500, -500, card)).toEqual({ ...box, w: 1, h: 1 });
    expect(moved({ ...box, w: 200 }, 5, 0, card).x).toBe(0);
  });

  it("moves by keys, sizes with shift, and knows no other key", () => {
    expect(byKey("ArrowDown", false, false)?.(box, card)).toEqual({ ...box, y: 21 });
    expect(byKey("ArrowRight", true, false)?.(box, card)).toEqual({ ...box, w: 31 });
    expect(byKey("ArrowUp", true, true)?.(box, card)).toEqual({ ...box, h: 11.9 });
    expect(byKey("a", false, false)).toBeNull();
  });
});

describe("the history", () => {
  it("takes back and does again, and forgets what was taken back when something else is done", () => {
    const history = new History("a", (one, other) => one === other);
    for (const state of ["b", "b", "c"]) history.note(state);

    expect([history.undo(), history.undo(), history.undo()]).toEqual(["b", "a", null]);
    expect(history.redo()).toBe("b");
    history.note("d");
    expect([history.canRedo, history.redo(), history.undo()]).toEqual([false, null, "b"]);
  });

  it("keeps no more than it may", () => {
    const history = new History(0, (one, other) => one === other, 3);
    for (let state = 1; state < 9; state += 1) history.note(state);

    expect([history.undo(), history.undo(), history.undo(), history.undo()]).toEqual([7, 6, 5, null]);
  });
});
