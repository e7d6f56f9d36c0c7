// Reads a sign again by the other signs of the same document: its surely read letters and digits are an alphabet.
import { STRIP, type Strip } from "./cells";
import { agrees, type Layout, layoutOf, mixedSpans, part, placesIn, type Span } from "./layout";
import type { Grey } from "./pixels";
import { stateIsKnown } from "./states";

const ACROSS = 16;
const DOWN = 24;
const CLEAR = 0.9;
const MARGIN = 0.02;
const UNLIKE = 0.8;
const TWINS: Record<string, string> = { O: "0", I: "1", Z: "2", S: "5", G: "6", B: "8", "0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B" };

// The picture of a sign, of one size, its mean zero and its length one; compared by the product of two.
export type Shape = Float32Array;

export interface Sample {
  text: string;
  shape: Shape;
}

export function shapeOf(strip: Strip, index: number): Shape {
  const { left, right } = strip.cells[index]!;
  const [top, bottom] = tallness(strip, left, right);
  return shape(strip.grey, [left, right], [top, bottom]);
}

function tallness(strip: Strip, left: number, right: number): [number, number] {
  let [top, bottom] = [STRIP, 0];
  for (let y = 0; y < STRIP; y += 1) {
    let count = 0;
    for (let x = Math.floor(left); x < right; x += 1) count += strip.ink[y * strip.grey.width + x]!;
    if (count > 1) [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  }
  return top < bottom ? [top, bottom] : [0, STRIP];
}

function shape(grey: Grey, [left, right]: [number, number], [top, bottom]: [number, number]): Shape {
  const made = new Float32Array(ACROSS * DOWN);
  // Narrow signs stay narrow: what reaches across is as wide as the sign is tall, by the measure of a letter.
  const wide = Math.max(right - left, ((bottom - top) * ACROSS) / DOWN);
  const from = (left + right - wide) / 2;
  for (let v = 0; v < DOWN; v += 1) {
    const y = Math.floor(top + ((v + 0.5) * (bottom - top)) / DOWN);
    for (let u = 0; u < ACROSS; u += 1) {
      const x = Math.floor(from + ((u + 0.5) * wide) / ACROSS);
      made[v * ACROSS + u] = x >= 0 && x < grey.width ? 255 - grey.data[y * grey.width + x]! : 20;
    }
  }
  const mean = made.reduce((sum, value) => sum + value, 0) / made.length;
  const length = Math.sqrt(made.reduce((sum, value) => sum + (value - mean) ** 2, 0)) || 1;
  return made.map((value) => (value - mean) / length);
}

export function likeness(one: Shape, other: Shape): number {
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0);
}

// What a sign is by its likeness to the samples; what was read stays where nothing is clearly liker.
export function reread(text: string, shape: Shape, samples: Sample[]): string {
  const best = new Map<string, number>();
  for (const sample of samples) best.set(sample.text, Math.max(best.get(sample.text) ?? -1, likeness(shape, sample.shape)));
  const [first] = [...best].sort((one, other) => other[1] - one[1]);
  const own = best.get(text) ?? -1;
  if (first && first[1] >= CLEAR) return first[1] - own > MARGIN ? first[0] : text;
  // It stands beside samples of what it was read as, and is like none of them.
  const isOther = best.has(text) && own < UNLIKE && !best.has(TWINS[text] ?? text);
  return isOther ? TWINS[text]! : text;
}

// The lines with every sign read again that stands where letters and digits both may, or in a short code.
export function rereadLines(lines: string[], strips: Strip[]): string[] {
  const layout = layoutOf(lines);
  if (!layout) return lines;
  const signs = [...lines.join("")];
  const shapes = new Map<number, Shape>();
  strips.forEach((strip, line) => strip.cells.forEach((_, at) => shapes.set(line * layout.length + at, shapeOf(strip, at))));
  const samplesAt = (spans: Span[]): Sample[] =>
    placesIn(spans).filter((place) => !/[<?]/.test(signs[place]!)).map((place) => ({ text: signs[place]!, shape: shapes.get(place)! }));
  const again = (spans: Span[], by: Sample[]): void => {
    for (const place of placesIn(spans)) if (signs[place] !== "<") signs[place] = reread(signs[place]!, shapes.get(place)!, by);
  };
  again(layout.letters, samplesAt([layout.names]));
  oneCode(signs, shapes, layout);
  const sure = samplesAt([...layout.letters, layout.names, ...layout.digits]);
  const [[number, check]] = layout.checks as [[Span, number]];
  again([number], sure);
  const isRight = agrees(part(signs.join(""), number), signs[check]!);
  again(mixedSpans(layout).filter((span) => span[0] !== number[0]), isRight ? [...sure, ...samplesAt([number])] : sure);
  return lines.map((_, at) => signs.slice(at * layout.length, (at + 1) * layout.length).join(""));
}

// Most people hold the document of their own state: where both codes look the same, the one that exists is meant.
function oneCode(signs: string[], shapes: Map<number, Shape>, layout: Layout): void {
  const [issuing, nationality] = layout.states;
  const code = (span: Span): string => part(signs.join(""), span);
  const isSame = placesIn([issuing]).every((place, at) => likeness(shapes.get(place)!, shapes.get(nationality[0] + at)!) > CLEAR);
  if (!isSame || code(issuing) === code(nationality)) return;
  const known = [code(issuing), code(nationality)].filter(stateIsKnown);
  if (known.length !== 1) return;
  for (const span of layout.states) signs.splice(span[0], 3, ...known[0]!);
}
