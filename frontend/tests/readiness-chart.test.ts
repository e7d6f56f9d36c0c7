import { describe, expect, test } from "vitest";
import { paths } from "../src/readiness/arrows";
import { digits, filled, read, type Plan } from "../src/readiness/data";
import { arrow, bar, dayOfMonth, intoView, keptAt, monthBoxes, perDay, ROW, stretches, visible } from "../src/readiness/geometry";
import { moved, zoomed } from "../src/readiness/keys";
import { items, places } from "../src/readiness/rows";
import { pause } from "../src/readiness/wait";

const EVERY = { sort: "workstream", workstream: "", body: "", only: "" };
const months = [[0, "Mehr 1404", 20], [11, "Aban 1404", 1]] as const;

function plan(): Plan {
  return read({
    days: 40, today: 3, target: 30, opening: 33, off: [4, 5, 11, 12], weeks: [6, 13], calendars: [months], dates: [], digits: "۰۱۲۳۴۵۶۷۸۹",
    bodies: [["airport", "Airport", ""], ["police", "Police", ""]], streams: [["arrivals", "Arrivals", ""], ["roads", "Roads", "ru"]],
    states: [], words: { no_body: "No body", no_stream: "None" }, address: "/of/slug/", links: [[0, 1], [1, 2]],
    rows: [
      ["lights", "Lights", "", 0, 1, 0, 5, 9, 10, 12, 11, 70, 60, 500, 0, 1],
      ["signs", "Signs", "", 1, -1, 2, 10, 12, 13, 14, -1, 90, 10, 20, 4, 0],
      ["tests", "Tests", "", 0, 0, 5, 0, 2, 2, 2, 2, 100, 0, 0, null, 4],
    ],
  });
}

describe("geometry", () => {
  test("a bar reaches to the end of its last day, and is a day long where it ends before it begins", () => {
    expect(bar(2, 4, 10)).toEqual({ start: 20, length: 30 });
    expect(bar(2, 1, 10)).toEqual({ start: 20, length: 10 });
  });

  test("everything fits the width, within bounds", () => {
    expect([perDay("all", 100, 500), perDay("all", 5000, 500), perDay("all", 0, 500)]).toEqual([5, 1, 26]);
    expect(perDay("week", 10, 500)).toBeGreaterThan(perDay("month", 10, 500));
  });

  test("only what is seen is drawn, and a little around it", () => {
    expect(visible(0, 10 * ROW, 2000)).toEqual([0, 16]);
    expect(visible(1000 * ROW, 10 * ROW, 2000)).toEqual([994, 1016]);
    expect(visible(1995 * ROW, 10 * ROW, 2000)).toEqual([1989, 2000]);
    expect(visible(5000 * ROW, 10 * ROW, 3)).toEqual([3, 3]);
  });

  test("a row comes into view by the least scrolling", () => {
    expect(intoView(10 * ROW, 5 * ROW, 12)).toBe(10 * ROW);
    expect(intoView(10 * ROW, 5 * ROW, 2)).toBe(2 * ROW);
    expect(intoView(10 * ROW, 5 * ROW, 20)).toBe(16 * ROW);
  });

  test("a day stays where it was seen when the width of days changes", () => {
    expect(keptAt(100, 200, 10, 20)).toBe(400);
    expect(keptAt(0, 200, 20, 10)).toBe(0);
  });

  test("days off that follow one another are one stretch", () => {
    expect(stretches([4, 5, 11, 12, 13])).toEqual([[4, 5], [11, 13]]);
    expect(stretches([])).toEqual([]);
  });

  test("months reach to the next and the last to the end; days have their numbers in them", () => {
    expect(monthBoxes(months, 40, 2).map(({ start, length }) => [start, length])).toEqual([[0, 22], [22, 58]]);
    expect([0, 10, 11, 39].map((day) => dayOfMonth(day, months))).toEqual([20, 30, 1, 29]);
  });

  test("an arrow goes straight where there is room, else around between the rows", () => {
    const from = { start: 0, length: 20, place: 0 };
    expect(arrow(from, { start: 60, length: 9, place: 2 })).toBe(`M20 ${ROW / 2}H28V${2.5 * ROW}H60`);
    expect(arrow(from, { start: 20, length: 9, place: 2 })).toBe(`M20 ${ROW / 2}H28V${ROW}H12V${2.5 * ROW}H20`);
  });
});

describe("rows", () => {
  test("stand by workstream, those without one last, under the names of their groups", () => {
    expect(items(plan(), EVERY)).toEqual([
      { group: "Arrivals", language: "" }, { place: 2 }, { group: "Roads", language: "ru" }, { place: 0 }, { group: "None", language: "" }, { place: 1 },
    ]);
  });

  test.each([
    [{ ...EVERY, sort: "begin" }, [2, 0, 1]],
    [{ ...EVERY, sort: "due" }, [2, 0, 1]],
    [{ ...EVERY, sort: "risk" }, [0, 1, 2]],
    [{ ...EVERY, sort: "body" }, [2, 0, 1]],
    [{ ...EVERY, sort: "no such" }, [2, 0, 1]],
    [{ ...EVERY, only: "critical" }, [0]],
    [{ ...EVERY, only: "open" }, [0, 1]],
    [{ ...EVERY, body: "police" }, [1]],
    [{ ...EVERY, body: "nobody" }, []],
    [{ ...EVERY, workstream: "roads", only: "late" }, []],
  ])("%o", (sieve, expected) => {
    expect(places(plan(), sieve)).toEqual(expected);
  });
});

describe("keys", () => {
  const isRow = [false, true, true, false, true];

  test.each([
    ["ArrowDown", -1, 1], ["ArrowDown", 2, 4], ["ArrowDown", 4, 4], ["ArrowUp", 4, 2], ["ArrowUp", 1, 1],
    ["End", 1, 4], ["Home", 4, 1], ["PageDown", 1, 4], ["PageUp", 4, 2], ["x", 1, undefined],
  ])("%s from %i leads to %s", (key, from, expected) => {
    expect(moved(key, from, 2, isRow)).toBe(expected);
  });

  test("lead nowhere where nothing is shown", () => {
    expect(moved("ArrowDown", -1, 9, [])).toBeUndefined();
    expect([zoomed("+", "month"), zoomed("-", "month"), zoomed("-", "all"), zoomed("x", "all")]).toEqual(["week", "all", undefined, undefined]);
  });
});

describe("arrows", () => {
  test("lead from what comes before and to what comes after, as far as they are shown", () => {
    const every = new Map([[0, 0], [1, 1], [2, 2]]);
    expect(paths(plan(), 1, every, 10).map(({ isBefore }) => isBefore)).toEqual([true, false]);
    expect(paths(plan(), 1, new Map([[1, 0]]), 10)).toEqual([]);
  });
});

describe("words", () => {
  test("numbers stand in the digits of the language, and unknown places stay", () => {
    expect(digits(1404, "۰۱۲۳۴۵۶۷۸۹")).toBe("۱۴۰۴");
    expect(filled("{a} of {b}", { a: "1" })).toBe("1 of {b}");
  });

  test("a page that waits asks less often while nobody answers", () => {
    expect([0, 1, 9].map(pause)).toEqual([1500, 3000, 15000]);
  });
});
