import { describe, expect, it } from "vitest";
import { led, moveOf } from "../src/passes/arrows";
import { isSigned, placed } from "../src/signature/pad";

describe("arrow keys in a table of boxes", () => {
  it("go the other way where one reads from the right", () => {
    expect([moveOf("ArrowLeft", false), moveOf("ArrowLeft", true), moveOf("ArrowUp", true), moveOf("a", false)]).toEqual(["start", "end", "up", null]);
  });

  it("stay at the edges", () => {
    const size = { rows: 2, columns: 3 };
    expect(led({ row: 0, column: 2 }, "end", size)).toEqual({ row: 0, column: 2 });
    expect(led({ row: 0, column: 2 }, "up", size)).toEqual({ row: 0, column: 2 });
    expect(led({ row: 0, column: 1 }, "down", size)).toEqual({ row: 1, column: 1 });
  });
});

describe("a signature", () => {
  it("is placed on the field however large it is shown", () => {
    expect(placed({ x: 160, y: 60 }, { left: 10, top: 10, width: 300, height: 100 })).toEqual({ x: 300, y: 100 });
    expect(placed({ x: 0, y: 999 }, { left: 10, top: 10, width: 300, height: 100 })).toEqual({ x: 0, y: 200 });
  });

  it("is more than a touch by mistake", () => {
    const dot = { x: 1, y: 1 };
    expect([isSigned([]), isSigned([[dot]]), isSigned([[dot, dot], [dot, dot]])]).toEqual([false, false, true]);
  });
});
