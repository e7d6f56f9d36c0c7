// The forms of machine-readable lines (ICAO 9303): what stands where, and the arithmetic of check digits.
export type Span = [start: number, end: number];

export interface Layout {
  length: number;
  lines: number;
  // Spans count through all lines as if they were one.
  letters: Span[];
  states: [issuing: Span, nationality: Span];
  names: Span;
  digits: Span[];
  // Each part, and the place of its check digit.
  checks: [part: Span, check: number][];
  composite: { parts: Span[]; check: number; unproven: Span[] } | null;
  // Of cards: where the end of a long number stands.
  overflow: Span | null;
}

const WEIGHTS = [7, 3, 1];
const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function checkDigit(text: string): string {
  const sum = [...text].reduce((total, sign, at) => total + Math.max(0, SIGNS.indexOf(sign)) * WEIGHTS[at % 3]!, 0);
  return String(sum % 10);
}

export function agrees(text: string, digit: string): boolean {
  return digit === checkDigit(text) || (digit === "<" && /^<*$/.test(text));
}

export function part(flat: string, [start, end]: Span): string {
  return flat.slice(start, end);
}

function twoLines(length: number, optional: Span, more: { optionalCheck?: number; compositeCheck?: number }): Layout {
  const second = (start: number, end: number): Span => [length + start, length + end];
  const { optionalCheck, compositeCheck } = more;
  const end = optionalCheck === undefined ? optional[1] : optional[1] + 1;
  const last: Span[] = [optionalCheck, compositeCheck].flatMap((at) => (at === undefined ? [] : [second(at, at + 1)]));
  return {
    length,
    lines: 2,
    letters: [[0, 5], second(10, 13), second(20, 21)],
    states: [[2, 5], second(10, 13)],
    names: [5, length],
    digits: [second(9, 10), second(13, 20), second(21, 28), ...last],
    checks: [
      [second(0, 9), length + 9],
      [second(13, 19), length + 19],
      [second(21, 27), length + 27],
      ...(optionalCheck === undefined ? [] : ([[second(...optional), length + optionalCheck]] as [Span, number][])),
    ],
    composite:
      compositeCheck === undefined
        ? null
        : {
            parts: [second(0, 10), second(13, 20), second(21, end)],
            check: length + compositeCheck,
            unproven: optionalCheck === undefined ? [second(...optional)] : [],
          },
    overflow: compositeCheck !== undefined && optionalCheck === undefined ? second(...optional) : null,
  };
}

const TD3 = twoLines(44, [28, 42], { optionalCheck: 42, compositeCheck: 43 });
const TD2 = twoLines(36, [28, 35], { compositeCheck: 35 });
const MRV_A = twoLines(44, [28, 44], {});
const MRV_B = twoLines(36, [28, 36], {});
const TD1: Layout = {
  length: 30,
  lines: 3,
  letters: [[0, 5], [37, 38], [45, 48]],
  states: [[2, 5], [45, 48]],
  names: [60, 90],
  digits: [[14, 15], [30, 37], [38, 45], [59, 60]],
  checks: [[[5, 14], 14], [[30, 36], 36], [[38, 44], 44]],
  composite: { parts: [[5, 30], [30, 37], [38, 45], [48, 59]], check: 59, unproven: [[15, 30], [48, 59]] },
  overflow: [15, 30],
};

export function layoutOf(lines: string[]): Layout | null {
  const length = lines[0]?.length ?? 0;
  if (lines.some((line) => line.length !== length)) return null;
  if (lines.length === 3) return length === 30 ? TD1 : null;
  if (lines.length !== 2) return null;
  const isVisa = lines[0]?.startsWith("V");
  if (length === 44) return isVisa ? MRV_A : TD3;
  return length === 36 ? (isVisa ? MRV_B : TD2) : null;
}

// What is neither letters nor digits alone: numbers and optional data.
export function mixedSpans(layout: Layout): Span[] {
  const taken = [...layout.letters, layout.names, ...layout.digits].sort((one, other) => one[0] - other[0]);
  const spans: Span[] = [];
  let at = 0;
  for (const [start, end] of [...taken, [layout.length * layout.lines, 0] as Span]) {
    if (start > at) spans.push([at, start]);
    at = end;
  }
  return spans;
}

export function placesIn(spans: Span[]): number[] {
  return spans.flatMap(([start, end]) => Array.from({ length: end - start }, (_, at) => start + at));
}
