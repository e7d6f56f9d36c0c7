import { expect, test } from "vitest";

import codes from "../../tests/data/passes.json";
import { read } from "../src/gate/payload";
import { Wedge } from "../src/gate/wedge";

const TEXT = codes.passes["delegate-1204"].text;

// What a reader set to the American layout presses, whatever the layout of the tablet makes of it.
function keysOf(text: string): [string, boolean][] {
  return [...text].flatMap((sign): [string, boolean][] => {
    if (/\d/.test(sign)) return [[`Digit${sign}`, false]];
    if (sign === "-") return [["Minus", false]];
    if (sign === "_") return [["ShiftLeft", true], ["Minus", true]];
    if (sign === ":" || sign === "/") return [[sign === ":" ? "Semicolon" : "Slash", sign === ":"]];
    const key = `Key${sign.toUpperCase()}`;
    return /[A-Z]/.test(sign) ? [["ShiftLeft", true], [key, true]] : [[key, false]];
  });
}

function typed(wedge: Wedge, keys: [string, boolean][], { from = 0, gap = 8 } = {}): (string | null)[] {
  return keys.map(([code, shift], place) => wedge.push(code, shift, from + place * gap));
}

test("a pass is handed out with its last key, and the key that ends it says nothing more", () => {
  const wedge = new Wedge();

  const said = typed(wedge, [...keysOf(TEXT), ["Enter", false]]).filter((each) => each !== null);

  expect(said).toEqual([TEXT]);
  expect(read(said[0]!)?.number).toBe(1204);
  expect(wedge.isReading).toBe(false);
});

test("a reader without a last key, and one pass after another", () => {
  const wedge = new Wedge();
  const [first, second] = [keysOf(TEXT), keysOf(codes.passes["pin-17"].text)];

  const said = [...typed(wedge, first), ...typed(wedge, second, { from: 60_000 })].filter((each) => each !== null);

  expect(said).toEqual([TEXT, codes.passes["pin-17"].text]);
});

test.each(["Enter", "NumpadEnter", "Tab"])("a shorter code ends with %s", (end) => {
  const said = typed(new Wedge(), [...keysOf("https://example"), [end, false]]);

  expect(said.at(-1)).toBe("https???example");
});

test("a longer code is handed out once", () => {
  const said = typed(new Wedge(), [...keysOf("x".repeat(300)), ["Enter", false]]).filter((each) => each !== null);

  expect(said).toEqual(["x".repeat(110)]);
});

test("what a person types is left alone", () => {
  const wedge = new Wedge();

  expect(typed(wedge, [...keysOf("Berdymukhammedova"), ["Enter", false]], { gap: 120 })).not.toContainEqual(expect.any(String));
  expect(wedge.isReading).toBe(false);
});

test("Enter alone, a few keys, or a reader that broke off say nothing", () => {
  const wedge = new Wedge();

  expect(wedge.push("Enter", false, 0)).toBeNull();
  expect(typed(wedge, [...keysOf("1204"), ["Enter", false]], { from: 1000 })).not.toContainEqual(expect.any(String));
  typed(wedge, keysOf(TEXT.slice(0, 60)), { from: 2000 });
  expect(wedge.isReading).toBe(true);
  expect(typed(wedge, [...keysOf(TEXT), ["Enter", false]], { from: 9000 }).filter((each) => each !== null)).toEqual([TEXT]);
});

test("the number pad and Caps Lock are read alike", () => {
  const said = typed(new Wedge(), [["CapsLock", false], ...[..."12345678"].map((digit): [string, boolean] => [`Numpad${digit}`, true]), ["NumpadSubtract", false], ["Enter", false]]);

  expect(said.at(-1)).toBe("12345678-");
});

test("signs above the digits are no digits", () => {
  const said = typed(new Wedge(), [...[..."12345678"].map((digit): [string, boolean] => [`Digit${digit}`, true]), ["Enter", false]]);

  expect(said.at(-1)).toBe("????????");
});
