import { describe, expect, test } from "vitest";
import { shownSize } from "../src/photo/draw";
import { firstBox, gripAt, keyed, leastWidth, mostWidth, moved, points, sized, spelled } from "../src/photo/frame";
import { filled, kindOf, megabytes, troubleOf } from "../src/photo/kind";

const WIDE = { width: 4000, height: 3000 };
const TALL = { width: 900, height: 1600 };
const LEAST = { width: 300, height: 400 };

const bytes = (words: string): Uint8Array => Uint8Array.from(words, (letter) => letter.charCodeAt(0));

describe("kindOf", () => {
  test.each([
    ["\xff\xd8\xff\xe0", "jpeg"],
    ["\x89PNG\r\n\x1a\n", "png"],
    ["RIFF1234WEBPVP8 ", "webp"],
    ["\0\0\0\x18ftypheic", "heic"],
    ["\0\0\0\x18ftypmif1", "heic"],
    ["\0\0\0\x18ftypmp42", ""],
    ["RIFF1234WAVE", ""],
    ["%PDF-1.7", ""],
    ["", ""],
  ] as const)("%j is %j", (start, kind) => {
    expect(kindOf(bytes(start))).toBe(kind);
  });
});

describe("troubleOf", () => {
  test.each([
    ["jpeg", 1, 5, ""],
    ["jpeg", 6, 5, "large"],
    ["jpeg", 6, 0, ""],
    ["", 0, 5, "empty"],
    ["heic", 4, 5, "heic"],
    ["", 4, 5, "none"],
  ] as const)("a file %j of %i bytes, of %i: %j", (kind, size, most, trouble) => {
    expect(troubleOf(kind, size, most)).toBe(trouble);
  });
});

test("sizes are told in megabytes", () => {
  expect([0, 12_345, 999_999, 1_000_000, 8_460_000, 10_000_001].map(megabytes)).toEqual(["0", "0.02", "1", "1", "8.5", "10.1"]);
});

test("sentences of the page are filled, and what is not known stays", () => {
  expect(filled("%(size)s of %(most)d, %(other)s", { size: "9", most: 8 })).toBe("9 of 8, %(other)s");
});

describe("the frame", () => {
  test.each([WIDE, TALL, LEAST])("begins whole within the picture, in the shape of a pass (%j)", (picture) => {
    const box = firstBox(picture);
    const { width, height } = points(box, picture);
    expect(width / height).toBeCloseTo(0.75, 2);
    expect([box.x, box.y, 1 - box.x - box.width, 1 - box.y - box.height].every((space) => space >= 0)).toBe(true);
  });

  test("moves, and stops at the edges", () => {
    const box = { x: 0.2, y: 0.1, width: 0.5, height: 0.5 };
    expect(moved(box, 0.1, 0.2)).toEqual({ ...box, x: expect.closeTo(0.3), y: expect.closeTo(0.3) });
    expect(moved(box, -1, -1)).toEqual({ ...box, x: 0, y: 0 });
    expect(moved(box, 1, 1)).toEqual({ ...box, x: 0.5, y: 0.5 });
  });

  test("grows about its middle until it meets the picture, and shrinks until the points are too few", () => {
    const box = sized(firstBox(WIDE), 0.2, WIDE, LEAST);
    expect([box.x + box.width / 2, points(box, WIDE).width]).toEqual([expect.closeTo(0.5), 800]);
    expect(points(sized(box, 9, WIDE, LEAST), WIDE)).toEqual({ width: 2250, height: 3000 });
    expect(points(sized(box, 0, WIDE, { width: 600, height: 800 }), WIDE)).toEqual({ width: 600, height: 800 });
    expect(points(sized(firstBox(TALL), 9, TALL, LEAST), TALL)).toEqual({ width: 900, height: 1200 });
  });

  test("in a picture with just enough points fills it", () => {
    expect([leastWidth(LEAST, LEAST), mostWidth(LEAST)]).toEqual([1, 1]);
    expect(sized(firstBox(LEAST), 0, LEAST, LEAST)).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  });

  test("is moved and sized by keys, in small steps with Shift", () => {
    const box = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 * (4000 / 0.75 / 3000) };
    const by = (key: string, isFine = false) => keyed(key, isFine, box, WIDE, LEAST);
    expect([by("ArrowLeft")?.x, by("ArrowRight", true)?.x]).toEqual([expect.closeTo(0.37), expect.closeTo(0.405)]);
    expect([by("ArrowUp")?.y, by("ArrowDown")?.y]).toEqual([expect.closeTo(0.37), expect.closeTo(0.43)]);
    expect([by("+")?.width, by("=")?.width, by("-")?.width].map((width) => (width ?? 0) > 0.2)).toEqual([true, true, false]);
    expect([by("Tab"), by("Enter"), by("a")]).toEqual([null, null, null]);
  });

  test("is spelled as the server reads it", () => {
    expect(spelled({ x: 0, y: 1 / 3, width: 0.5, height: 0.25 })).toBe("0.0000,0.3333,0.5000,0.2500");
  });

  test.each([
    [100, 100, "size"],
    [310, 395, "size"],
    [200, 200, "move"],
    [150, 399, "move"],
    [50, 200, ""],
  ] as const)("at %i, %i a pointer takes hold of it to %j", (x, y, grip) => {
    expect(gripAt(x, y, { x: 100, y: 100, width: 200, height: 300 }, 20)).toBe(grip);
  });
});

test("a picture is shown no larger than it is and than there is room for", () => {
  expect(shownSize(WIDE, { width: 640, height: 640 })).toEqual({ width: 640, height: 480 });
  expect(shownSize(TALL, { width: 640, height: 640 })).toEqual({ width: 360, height: 640 });
  expect(shownSize({ width: 30, height: 40 }, { width: 640, height: 640 })).toEqual({ width: 30, height: 40 });
});
