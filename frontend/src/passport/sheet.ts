// The pictures that go to the reader of letters: signs of one kind without their fillers, evenly spaced, as PGM files.
import { type Cell, STRIP, type Strip } from "./cells";
import { type Layout, layoutOf, mixedSpans, placesIn, type Span } from "./layout";
import type { Grey } from "./pixels";

const MARGIN = 20;
const STEP = 46; // from one sign to the next

export type Kind = "letters" | "digits" | "either";

// A row of signs on a sheet; each place says where in the lines its sign stands, or that a gap is left.
type Row = (number | null)[];

export interface Sheet {
  kind: Kind;
  grey: Grey;
  rows: Row[];
}

// What the reader of letters saw, and where on the sheet.
export interface Seen {
  text: string;
  x: number;
  y: number;
}

// One sheet for each kind of place; none where the lines have no form that there is.
export function sheetsOf(strips: Strip[]): Sheet[] {
  const layout = layoutOf(strips.map((strip) => "?".repeat(strip.cells.length)));
  if (!layout) return [];
  const isFiller = (place: number): boolean => cellAt(strips, layout, place)?.isFiller ?? true;
  const wanted: [Kind, Row[]][] = [
    ["letters", [packed(layout.letters, isFiller), spaced(layout.names, isFiller)]],
    ["digits", [packed(layout.digits, isFiller)]],
    ["either", mixedSpans(layout).map((span) => packed([span], isFiller))],
  ];
  return wanted.map(([kind, rows]) => drawn(kind, rows.filter((row) => row.length > 0), strips, layout)).filter((sheet) => sheet.rows.length > 0);
}

function cellAt(strips: Strip[], layout: Layout, place: number): Cell | undefined {
  return strips[Math.floor(place / layout.length)]?.cells[place % layout.length];
}

function packed(spans: Span[], isFiller: (place: number) => boolean): Row {
  return placesIn(spans).filter((place) => !isFiller(place));
}

function spaced([start, end]: Span, isFiller: (place: number) => boolean): Row {
  const row: Row = [];
  for (let place = start; place < end; place += 1) {
    if (!isFiller(place)) row.push(place);
    else if (row.at(-1) !== null && row.length) row.push(null);
  }
  while (row.at(-1) === null) row.pop();
  return row;
}

function drawn(kind: Kind, rows: Row[], strips: Strip[], layout: Layout): Sheet {
  const width = Math.max(1, ...rows.map((row) => row.length)) * STEP + MARGIN * 2;
  const height = rows.length * (STRIP + MARGIN) + MARGIN;
  const data = new Uint8Array(width * height).fill(255);
  rows.forEach((row, number) => {
    row.forEach((place, at) => {
      const strip = place === null ? undefined : strips[Math.floor(place / layout.length)];
      const cell = place === null ? undefined : cellAt(strips, layout, place);
      if (strip && cell) copy(strip, cell, data, width, centreOf(at), topOf(number));
    });
  });
  return { kind, rows, grey: { width, height, data } };
}

function topOf(row: number): number {
  return MARGIN + row * (STRIP + MARGIN);
}

function centreOf(at: number): number {
  return MARGIN + Math.round((at + 0.5) * STEP);
}

function copy(strip: Strip, cell: Cell, data: Uint8Array, width: number, centre: number, top: number): void {
  const from = Math.max(0, Math.floor(cell.left) - 2);
  const to = Math.min(strip.grey.width, Math.ceil(cell.right) + 2, from + STEP);
  const left = centre - ((to - from) >> 1);
  for (let y = 0; y < STRIP; y += 1) {
    data.set(strip.grey.data.subarray(y * strip.grey.width + from, y * strip.grey.width + to), (top + y) * width + left);
  }
}

export function pgm(grey: Grey): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`P5\n${grey.width} ${grey.height}\n255\n`);
  const file = new Uint8Array(head.length + grey.data.length);
  file.set(head);
  file.set(grey.data, head.length);
  return file;
}

// The lines in letters: fillers as their shape told, and in every other place what was seen there, or “?”.
export function linesOf(strips: Strip[], read: [Sheet, Seen[]][]): string[] {
  const lines = strips.map((strip) => strip.cells.map((cell): string => (cell.isFiller ? "<" : "?")));
  const length = lines[0]?.length ?? 0;
  for (const [sheet, seen] of read) {
    sheet.rows.forEach((row, number) => {
      const mine = seen.filter((sign) => sign.y >= topOf(number) - MARGIN / 2 && sign.y < topOf(number) + STRIP + MARGIN / 2);
      for (const [place, text] of told(row, mine)) lines[Math.floor(place / length)]![place % length] = text;
    });
  }
  return lines.map((line) => line.join(""));
}

// A word with as many signs as places is taken in order: what reads letters knows their order better than their places.
function told(row: Row, seen: Seen[]): [place: number, text: string][] {
  const found: [number, string][] = [];
  for (const word of wordsOf(row)) {
    const [first, last] = [centreOf(word[0]![0]), centreOf(word.at(-1)![0])];
    const inside = seen.filter(({ x }) => x > first - STEP * 0.8 && x < last + STEP * 0.8);
    word.forEach(([at, place], order) => {
      const text = inside.length === word.length ? inside[order]!.text : nearest(centreOf(at), inside);
      if (text) found.push([place, text]);
    });
  }
  return found;
}

function wordsOf(row: Row): [at: number, place: number][][] {
  const words: [number, number][][] = [[]];
  row.forEach((place, at) => {
    if (place === null) words.push([]);
    else words.at(-1)!.push([at, place]);
  });
  return words.filter((word) => word.length > 0);
}

function nearest(centre: number, seen: Seen[]): string | undefined {
  const near = seen.filter(({ x }) => Math.abs(x - centre) < STEP * 0.5);
  near.sort((one, other) => Math.abs(one.x - centre) - Math.abs(other.x - centre));
  return near[0]?.text;
}
