import { describe, expect, test } from "vitest";
import { isBroughtBack, isWorthKeeping, readDraft } from "../src/drafts/keep";

describe("readDraft", () => {
  test.each([null, "", "{", "{}", "[1]", '[["a"]]'])("finds nothing in %s", (stored) => {
    expect(readDraft(stored)).toEqual([]);
  });

  test("finds what was kept", () => {
    expect(readDraft('[["minutes","Said"],["seen","1f"]]')).toEqual([["minutes", "Said"], ["seen", "1f"]]);
  });
});

describe("isBroughtBack", () => {
  test.each([
    ["textarea", false, true],
    ["text", false, true],
    ["hidden", false, false],
    ["hidden", true, true],
    ["submit", false, false],
  ] as const)("a field of the kind %s, marked %s: %s", (type, isKept, expected) => {
    expect(isBroughtBack(type, isKept)).toBe(expected);
  });
});

describe("isWorthKeeping", () => {
  const states = new Set(["once"]);

  test("says nothing of a form in which nothing was typed, under whatever state it stands", () => {
    expect(isWorthKeeping([["words", ""], ["once", "r1"]], [["words", ""], ["once", "r2"]], states)).toBe(false);
  });

  test("brings back what was typed", () => {
    expect(isWorthKeeping([["words", "Light"], ["once", "r1"]], [["words", ""], ["once", "r2"]], states)).toBe(true);
  });
});
