import { describe, expect, test } from "vitest";
import { free, moved, under } from "../src/plan/places";
import { pause } from "../src/plan/progress";
import { address } from "../src/plan/server";

const SIZE = { slots: 4, rooms: 3 };

describe("moved", () => {
  test.each([
    ["ArrowDown", false, { slot: 2, room: 1 }],
    ["ArrowUp", false, { slot: 0, room: 1 }],
    ["ArrowRight", false, { slot: 1, room: 2 }],
    ["ArrowLeft", false, { slot: 1, room: 0 }],
    ["ArrowRight", true, { slot: 1, room: 0 }],
    ["ArrowLeft", true, { slot: 1, room: 2 }],
    ["Home", true, { slot: 0, room: 1 }],
    ["End", true, { slot: 3, room: 1 }],
    ["x", true, undefined],
  ])("%s, right to left %s", (key, isRightToLeft, expected) => {
    expect(moved({ slot: 1, room: 1 }, key, SIZE, isRightToLeft)).toEqual(expected);
  });

  test("stays on the board", () => {
    expect(moved({ slot: 0, room: 0 }, "ArrowUp", SIZE, false)).toEqual({ slot: 0, room: 0 });
    expect(moved({ slot: 3, room: 2 }, "ArrowRight", SIZE, false)).toEqual({ slot: 3, room: 2 });
  });
});

describe("under", () => {
  test.each([[5, 0], [10, 1], [29.9, 1], [30, -1], [-1, -1]])("at %d it is %i", (value, place) => {
    expect(under(value, [[0, 10], [10, 30]])).toBe(place);
  });
});

describe("free", () => {
  test("keeps what the board shows", () => {
    expect([...free([["a", ["x", "z"]], ["later", ["x"]]], ["0", "a"], ["x", "y"])]).toEqual(["1/0"]);
  });
});

describe("address", () => {
  test("names the bilateral and escapes what is asked", () => {
    expect(address("/plan/of/slug/weigh/", "a-b", { starts_at: "2025-11-18T09:00+03:30" })).toBe(
      "/plan/of/a-b/weigh/?starts_at=2025-11-18T09%3A00%2B03%3A30",
    );
  });
});

describe("pause", () => {
  test("grows while nobody answers, up to a bound", () => {
    expect([0, 1, 2, 9].map(pause)).toEqual([1000, 2000, 4000, 15000]);
  });
});
