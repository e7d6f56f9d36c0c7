import { describe, expect, test } from "vitest";
import { lineAt, put } from "../src/naming/suggest";

describe("lineAt", () => {
  test.each([
    ["gilan", 3, "gilan"],
    ["gilan\nastra\nbaku", 0, "gilan"],
    ["gilan\nastra\nbaku", 5, "gilan"],
    ["gilan\nastra\nbaku", 6, "astra"],
    ["gilan\nastra\nbaku", 16, "baku"],
    ["gilan\n", 6, ""],
    ["\ngilan", 0, ""],
  ])("in %j at %i it is %j", (text, caret, expected) => {
    const { start, end } = lineAt(text, caret);
    expect(text.slice(start, end)).toBe(expected);
  });
});

test("a suggestion takes the place of its line only", () => {
  expect(put("gilan\nastra\nbaku", lineAt("gilan\nastra\nbaku", 8), "astrakhan")).toBe("gilan\nastrakhan\nbaku");
});
