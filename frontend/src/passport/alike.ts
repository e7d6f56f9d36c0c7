// Reads a sign again by the other signs of the same document: its surely read letters and digits are an alphabet.
import type { Strip } from "./cells";
import { agrees, type Layout, layoutOf, mixedSpans, part, placesIn, type Span } from "./layout";
import { likeness, type Shape, shapeOf } from "./shape";
import { stateIsKnown } from "./states";

const CLEAR = 0.9;
const MARGIN = 0.02;
const UNLIKE = 0.8;
const TWINS: Record<string, string> = { O: "0", I: "1", Z: "2", S: "5", G: "6", B: "8", "0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B" };

export interface Sample {
  text: string;
  shape: Shape;
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
  strips.forEach((strip, line) => strip.cells.forEach(({ left, right }, at) => shapes.set(line * layout.length + at, shapeOf(strip, left, right))));
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
