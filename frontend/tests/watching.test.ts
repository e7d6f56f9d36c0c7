import { describe, expect, test } from "vitest";
import { fresh, pause, spoken } from "../src/watching/refresh";

const alert = (key: string, words = `alert ${key}`) => ({ key, words });

describe("fresh", () => {
  test("only what came after the newest that was seen", () => {
    expect(fresh([alert("12"), alert("9")], [alert("110"), alert("12"), alert("8")])).toEqual([alert("110")]);
  });

  test("all where nothing was seen, none where nothing is there", () => {
    expect(fresh([], [alert("2"), alert("1")])).toEqual([alert("2"), alert("1")]);
    expect(fresh([alert("2")], [])).toEqual([]);
  });
});

describe("spoken", () => {
  test("tells three at most", () => {
    expect(spoken(["1", "2", "3", "4"].map((key) => alert(key)))).toBe("alert 1. alert 2. alert 3");
    expect(spoken([])).toBe("");
  });
});

describe("pause", () => {
  test("five seconds, and longer while nobody answers, up to a bound", () => {
    expect([0, 1, 2, 9].map(pause)).toEqual([5000, 10000, 20000, 30000]);
  });
});
