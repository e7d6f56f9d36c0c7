// What a phone knows of a round of inspection, and what it holds until the server has it.
export type Result = "open" | "good" | "wanting" | "not-seen";

// What stands at a line, as the server tells it.
export interface Line {
  result: Result;
  found: string;
  by: string;
  at: string; // a moment, or nothing
  at_words: string;
  photo: string; // the answer whose photo it is
}

export interface Told {
  closed: boolean;
  mark: string; // of the checklist: another one means that the page is old
  who: string; // of whom the server takes answers now
  lines: Record<string, Line>;
}

export interface Talk extends Told {
  csrf: string;
  now: string;
}

// Why an answer is not taken: then it stays here until somebody decides.
export type Fault = "closed" | "line-gone" | "shape" | "other-person";

export interface Answer {
  round: string;
  who: string;
  id: string;
  line: string;
  result: Result;
  found: string;
  photo: ArrayBuffer | null;
  seenAt: string;
  fault: Fault | "";
  words: string; // of the line: it may be gone when somebody decides
}

export interface Kept extends Answer {
  place: number;
}

export interface Draft {
  found: string;
  photo: ArrayBuffer | null;
}

// The newest of the answers that wait for each line.
export function byLine(waiting: Kept[]): Map<string, Kept> {
  return new Map(waiting.map((answer) => [answer.line, answer]));
}

// How many lines somebody looked at, with what waits here.
export function nSeen(lines: Record<string, Line>, waiting: Kept[]): number {
  const seen = new Set(waiting.filter(({ line }) => line in lines).map(({ line }) => line));
  return Object.entries(lines).filter(([slug, { result }]) => result !== "open" || seen.has(slug)).length;
}

// A sentence with its values put in; digits as the reader writes them.
export function filled(words: string, values: Record<string, string | number>, digits: string): string {
  return words.replace(/%\((\w+)\)s/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === "number" ? String(value).replace(/\d/g, (digit) => digits[Number(digit)] ?? digit) : (value ?? whole);
  });
}
