// From the text of recognised lines to lines that check digits prove: the same repairs as the server makes.
import { agrees, type Layout, layoutOf, mixedSpans, part, placesIn, type Span } from "./layout";
import { stateIsKnown } from "./states";

export interface Found {
  lines: string[];
  // All check digits agree: only the names, which nothing checks, want a person's eye.
  isProven: boolean;
}

const TO_DIGIT: Record<string, string> = { O: "0", Q: "0", D: "0", I: "1", L: "1", Z: "2", S: "5", G: "6", B: "8" };
const TO_LETTER: Record<string, string> = { "0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B" };
// G and 6 differ by ten: no check digit tells one from the other.
const EITHER: Record<string, string> = { O: "0", Q: "0", I: "1", Z: "2", S: "5", B: "8", "0": "O", "1": "I", "2": "Z", "5": "S", "8": "B" };
const MOST_CHANGES = 2;
const KINDS: Record<number, RegExp> = { 44: /^[PV]/, 36: /^[ACIPV]/, 30: /^[ACI]/ };

export function read(lines: string[]): Found | null {
  const layout = layoutOf(lines);
  if (!layout) return null;
  let flat: string | null = straightened(lines.join(""), layout);
  const given = flat;
  flat = flat && proven(flat, layout);
  const isProven = flat !== null && KINDS[layout.length]!.test(flat) && !flat.includes("?") && statesAreKnown(flat, layout);
  return { lines: cut(flat ?? given, layout), isProven };
}

function statesAreKnown(flat: string, layout: Layout): boolean {
  return layout.states.every((span) => stateIsKnown(part(flat, span)));
}

function cut(flat: string, layout: Layout): string[] {
  return Array.from({ length: layout.lines }, (_, at) => flat.slice(at * layout.length, (at + 1) * layout.length));
}

// Letters where only letters can stand, digits where only digits can, and nothing behind the names.
function straightened(flat: string, layout: Layout): string {
  const signs = [...flat];
  const put = ([start, end]: Span, table: Record<string, string>): void => {
    for (let at = start; at < end; at += 1) signs[at] = table[signs[at]!] ?? signs[at]!;
  };
  for (const span of [...layout.letters, layout.names]) put(span, TO_LETTER);
  for (const span of layout.digits) put(span, TO_DIGIT);
  const [start, end] = layout.names;
  const [family = "", ...rest] = signs.slice(start, end).join("").replace(/<+$/, "").split("<<");
  const names = rest[0] ? `${family}<<${rest[0]}` : family;
  signs.splice(start, end - start, ...names.padEnd(end - start, "<"));
  return signs.join("");
}

function proven(flat: string, layout: Layout): string | null {
  const mixed = new Set(placesIn(mixedSpans(layout)));
  let whole: string | null = flat;
  for (const [span, check] of layout.checks) {
    const long: [Span, number] | null = check === layout.checks[0]![1] ? overflowing(whole, layout) : null;
    const spans = long ? [span, long[0]] : [span];
    whole = repaired(whole, spans, mixed.has(span[0]) ? spans : [], long ? long[1] : check);
    if (whole === null) return null;
  }
  if (/[?]|^<*$/.test(part(whole, layout.checks[0]![0]))) return null;
  const { composite } = layout;
  return composite ? repaired(whole, composite.parts, composite.unproven, composite.check) : whole;
}

// The end of a long number of a card stands in its optional data, and its check digit behind that.
function overflowing(flat: string, layout: Layout): [Span, number] | null {
  const check = layout.checks[0]![1];
  if (!layout.overflow || flat[check] !== "<") return null;
  const [start] = layout.overflow;
  const length = part(flat, layout.overflow).split("<")[0]!.length;
  return length > 1 ? [[start, start + length - 1], start + length - 1] : null;
}

// The text with the fewest signs changed so that the check digit agrees; null where two ways would do, or none.
export function repaired(flat: string, whole: Span[], within: Span[], check: number): string | null {
  const places = placesIn(within).filter((at) => EITHER[flat[at]!]);
  for (let changes = 0; changes <= MOST_CHANGES; changes += 1) {
    const found = choices(places, changes)
      .map((chosen) => changed(flat, chosen))
      .filter((text) => agrees(whole.map((span) => part(text, span)).join(""), text[check]!));
    if (found.length) return found.length === 1 ? found[0]! : null;
  }
  return null;
}

function choices(places: number[], count: number): number[][] {
  if (count === 0) return [[]];
  return places.flatMap((place, at) => choices(places.slice(at + 1), count - 1).map((rest) => [place, ...rest]));
}

function changed(flat: string, places: number[]): string {
  const signs = [...flat];
  for (const at of places) signs[at] = EITHER[signs[at]!]!;
  return signs.join("");
}
