import { expect, test } from "vitest";

import { reread, type Sample } from "../src/passport/alike";
import { STRIP, stripOf } from "../src/passport/cells";
import { findLines, grouped } from "../src/passport/find";
import { checkDigit } from "../src/passport/layout";
import { greyOf, type Grey, shrunk } from "../src/passport/pixels";
import { read } from "../src/passport/read";
import { chevron, likeness, meanOf, type Shape, shapeOf } from "../src/passport/shape";
import { linesOf, pgm, type Seen, sheetsOf } from "../src/passport/sheet";
import { stateIsKnown } from "../src/passport/states";

const TD3 = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
const TD2 = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];
const TD1 = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];
const LONG = ["I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"];
const MRV_A = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"];
const MRV_B = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"];

function put(text: string, place: number, sign: string): string {
  return text.slice(0, place - 1) + sign + text.slice(place - 1 + sign.length);
}

test.each([TD3, TD2, TD1, LONG, MRV_A, MRV_B].map((lines) => [lines]))("the specimen %j is proven as it stands", (lines) => {
  expect(read(lines)).toEqual({ lines, isProven: true });
});

test.each([
  ["O in the expiry", [TD3[0]!, put(TD3[1]!, 24, "O")]],
  ["letters in the birth", [TD3[0]!, put(TD3[1]!, 17, "BIZ")]],
  ["0 in a state", [put(TD3[0]!, 5, "0"), TD3[1]!]],
  ["digits in a name", [put(TD3[0]!, 6, "ER1K55ON"), TD3[1]!]],
  ["a speck behind the names", [put(TD3[0]!, 41, "K"), TD3[1]!]],
  ["O in the number", [TD3[0]!, put(TD3[1]!, 6, "O")]],
])("%s is put right", (_name, lines) => {
  expect(read(lines)).toEqual({ lines: TD3, isProven: true });
});

test.each([
  ["two ways to put the number right", [TD3[0]!, put(TD3[1]!, 4, "B")]],
  ["a wrong birth", [TD3[0]!, put(TD3[1]!, 14, "73")]],
  ["a wrong last digit", [TD3[0]!, put(TD3[1]!, 44, "4")]],
  ["a sign that nobody could tell", [put(TD3[0]!, 7, "?"), TD3[1]!]],
  ["a state that there is not", [put(TD3[0]!, 3, "QQQ"), TD3[1]!]],
  ["a passport that does not begin with P", [put(TD3[0]!, 1, "K"), TD3[1]!]],
  ["a card without a number", ["I<UTO<<<<<<<<<<<<<<<<<<<<<<<<<<", TD1[1]!, TD1[2]!]],
])("%s is no proof", (_name, lines) => {
  expect(read(lines)?.isProven ?? false).toBe(false);
});

test.each([[[]], [["P<UTO"]], [[TD3[0]!]], [[TD3[0]!, TD2[1]!]], [[TD1[0]!, TD1[1]!]], [[...TD3, TD3[1]!]]])("%j is no document", (lines) => {
  expect(read(lines)).toBeNull();
});

test("check digits are those of the standard", () => {
  expect([checkDigit("520727"), checkDigit("AB2134<<<"), checkDigit("")]).toEqual(["3", "5", "0"]);
});

test("the codes of documents are known with and without fillers", () => {
  expect(["D<<", "UTO", "UNO", "IRN"].every(stateIsKnown)).toBe(true);
  expect(["QQQ", "", "<<<"].some(stateIsKnown)).toBe(false);
});

// A page with lines of “<” and of upright strokes with a bar, as wide as letters, drawn along a slope.
const PITCH = 24;
const TALL = 24;

function page(lines: string[], slope: number): Grey {
  const [width, height] = [PITCH * lines[0]!.length + 160, 460];
  const data = new Uint8Array(width * height).fill(230);
  const dot = (x: number, y: number): void => {
    const down = Math.round(y + slope * (x - width / 2));
    for (const [right, under] of [[0, 0], [1, 0], [2, 0], [0, 1], [1, 1], [2, 1]] as const) data[(down + under) * width + Math.round(x) + right] = 30;
  };
  lines.forEach((line, number) => {
    [...line].forEach((sign, at) => draw(dot, sign, 80 + at * PITCH, 240 + number * 60));
  });
  return { width, height, data };
}

function draw(dot: (x: number, y: number) => void, sign: string, left: number, top: number): void {
  for (let y = 0; y <= TALL; y += 1) {
    const arm = (Math.abs(y - TALL / 2) / (TALL / 2)) * 15;
    if (sign === "<") dot(left + arm, top + y);
    else for (const x of [0, 14]) dot(left + x, top + y);
  }
  if (sign !== "<") for (let x = 0; x < 15; x += 1) dot(left + x, top + (sign === "H" ? TALL / 2 : 0));
}

const PATTERN = ["H<HHH".padEnd(20, "U").padEnd(44, "<"), "HUHUHUHUH<".padEnd(28, "H").padEnd(42, "<") + "UH"];

test.each([0, 0.03, -0.05])("lines along a slope of %f are found and parted into their places", (slope) => {
  const grey = page(PATTERN, slope);

  const boxes = findLines(grey);
  const cells = boxes.map((box) => stripOf(grey, box).cells);

  expect(boxes.length).toBe(2);
  boxes.forEach((box, number) => {
    expect(Math.abs(box.slope - slope)).toBeLessThan(0.004);
    expect(Math.abs(box.y - (240 + number * 60 + TALL / 2))).toBeLessThan(5);
  });
  expect(cells.map((line) => line.map((cell) => (cell.isFiller ? "<" : "x")).join(""))).toEqual(PATTERN.map((line) => line.replace(/[^<]/g, "x")));
});

test("a page without such lines has none", () => {
  expect(findLines({ width: 600, height: 400, data: new Uint8Array(240_000).fill(200) })).toEqual([]);
  expect(findLines(page([PATTERN[0]!], 0))).toEqual([]);
});

test("lines of other lengths and a stray row are no group", () => {
  const box = { x: 500, y: 300, slope: 0, width: 800, height: 20 };
  expect(grouped([box, { ...box, y: 350, width: 300 }])).toEqual([]);
  expect(grouped([{ ...box, y: 90 }, box, { ...box, y: 350 }])).toEqual([box, { ...box, y: 350 }]);
});

test("what is seen on the sheets comes back to its place in the lines", () => {
  const grey = page(TD3, 0);
  const strips = findLines(grey).map((box) => stripOf(grey, box));
  const sheets = sheetsOf(strips);
  // A reader of letters that is always right, and puts every sign a few pixels aside.
  const all = TD3.join("");
  const seen = sheets.map((sheet): Seen[] =>
    sheet.rows.flatMap((row, number) =>
      row.flatMap((place, at) => (place === null ? [] : [{ text: all[place]!, x: 20 + (at + 0.5) * 46 + 5, y: 20 + number * 84 + 30 }])),
    ),
  );

  expect(sheets.map((sheet) => sheet.kind)).toEqual(["letters", "digits", "either"]);
  expect(linesOf(strips, sheets.map((sheet, at) => [sheet, seen[at]!]))).toEqual(TD3);
  const lost = linesOf(strips, sheets.map((sheet, at) => [sheet, seen[at]!.slice(1)]));
  expect(lost[0]).toBe(put(TD3[0]!, 1, "?"));
});

test("a sheet is a file that says its size", () => {
  const file = pgm({ width: 2, height: 1, data: Uint8Array.from([0, 255]) });
  expect([...file]).toEqual([..."P5\n2 1\n255\n"].map((sign) => sign.charCodeAt(0)).concat([0, 255]));
});

test("a sign is read again by those it is like", () => {
  const grey = page(PATTERN, 0);
  const strip = stripOf(grey, findLines(grey)[1]!);
  const shapeAt = (at: number): Shape => shapeOf(strip, strip.cells[at]!.left, strip.cells[at]!.right);
  const [h, u] = [shapeAt(0), shapeAt(1)];
  const samples: Sample[] = [{ text: "H", shape: shapeAt(2) }, { text: "U", shape: shapeAt(3) }];

  expect(likeness(shapeAt(9), chevron())).toBeGreaterThan(0.7);
  expect(likeness(meanOf([h, shapeAt(2)]), shapeAt(4))).toBeGreaterThan(0.9);
  expect(likeness(h, shapeAt(4))).toBeGreaterThan(0.9);
  expect(likeness(h, u)).toBeLessThan(0.8);
  expect([reread("U", h, samples), reread("H", h, samples), reread("?", u, samples)]).toEqual(["H", "H", "U"]);
  expect(reread("6", h, [{ text: "6", shape: u }])).toBe("G");
  expect(reread("X", h, [])).toBe("X");
});

test("colours become grey and pictures small", () => {
  const grey = greyOf({ width: 2, height: 1, data: [255, 255, 255, 255, 0, 0, 255, 255] });
  expect([...grey.data]).toEqual([255, 29]);
  expect([...shrunk({ width: 4, height: 2, data: Uint8Array.from([0, 100, 200, 200, 0, 100, 200, 200]) }, 2).data]).toEqual([50, 200]);
  expect(STRIP).toBeGreaterThan(40);
});
