// Finds people by their names among tens of thousands: all names stand in one text, which the browser searches itself.
import { digits, folded } from "./folding";
import type { Entry, Named } from "./wire";

const SLICE = 200;

export class Names {
  // By number: the words of a person, each with a space before it; after a tab those of the delegation.
  private readonly lines = new Map<number, string>();
  private readonly of: string[];
  private waiting: Entry[];
  private text = "";
  private numbers: number[] = [];
  private starts: number[] = [];
  private isJoined = false;

  constructor(entries: Iterable<Entry>, delegations: Named[]) {
    this.of = delegations.map(({ name }) => ` ${folded(Object.values(name).join(" "))}`);
    this.waiting = [...entries].reverse();
  }

  // Makes more of them ready, for so many milliseconds; tells whether all are.
  grow(ms: number): boolean {
    const until = performance.now() + ms;
    while (this.waiting.length && performance.now() < until)
      for (const entry of this.waiting.splice(-SLICE).reverse()) this.lines.set(entry.n, this.lineOf(entry));
    return !this.waiting.length;
  }

  put(entry: Entry): void {
    this.grow(Infinity);
    this.lines.set(entry.n, this.lineOf(entry));
    this.isJoined = false;
  }

  drop(n: number): void {
    this.grow(Infinity);
    this.lines.delete(n);
    this.isJoined = false;
  }

  // The numbers of those who are meant: whose own names begin with the first word, who are also called so, and whose
  // delegation is.
  find(typed: string, most: number): number[] {
    this.join();
    const number = /^\s*\d{1,8}\s*$/.test(digits(typed)) ? Number(digits(typed)) : -1;
    if (this.lines.has(number)) return [number];
    const words = folded(typed).split(" ").filter(Boolean).map((word) => ` ${word}`);
    if (!words.length) return [];
    const found = this.ranked(words, most);
    // Two words that the other side writes as one.
    const whole = ` ${words.map((word) => word.slice(1)).join("")}`;
    return words.length > 1 && found.length < most ? [...new Set([...found, ...this.ranked([whole], most)])].slice(0, most) : found;
  }

  private ranked(words: string[], most: number): number[] {
    const probe = words.reduce((longest, word) => (word.length > longest.length ? word : longest));
    const places: [number[], number[], number[]] = [[], [], []];
    for (let at = this.text.indexOf(probe); at >= 0 && places[0].length < most; ) {
      const place = this.lineAt(at);
      const end = this.starts[place + 1] ?? this.text.length;
      const rank = rankOf(this.text.slice(this.starts[place], end), words);
      if (rank >= 0 && places[rank]!.length < most) places[rank]!.push(this.numbers[place]!);
      at = this.text.indexOf(probe, end);
    }
    return places.flat().slice(0, most);
  }

  private lineAt(at: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private join(): void {
    this.grow(Infinity);
    if (this.isJoined) return;
    [this.numbers, this.starts] = [[...this.lines.keys()], []];
    let at = 0;
    for (const line of this.lines.values()) {
      this.starts.push(at);
      at += line.length;
    }
    this.text = [...this.lines.values()].join("");
    this.isJoined = true;
  }

  private lineOf({ name, names, d }: Entry): string {
    const said = [name ?? "", ...Object.values(names ?? {})].filter(Boolean).flatMap(spellings);
    return ` ${folded(said.join(" "))}\t${(typeof d === "number" && this.of[d]) || ""}\n`;
  }
}

// 0: called so, first of all; 1: called so; 2: some words are the delegation's; -1: not meant.
function rankOf(line: string, words: string[]): number {
  if (!words.every((word) => line.includes(word))) return -1;
  const own = line.slice(0, line.indexOf("\t"));
  if (!words.every((word) => own.includes(word))) return 2;
  return own.startsWith(words[0]!) ? 0 : 1;
}

// Where a joiner stands between two parts of a name, people write them as one word or as two.
function spellings(name: string): string[] {
  return name.includes("\u200c") ? [name, name.replaceAll("\u200c", " ")] : [name];
}
