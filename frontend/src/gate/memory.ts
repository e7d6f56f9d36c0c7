// What the page itself remembers of a device: the way, the gate and the sound; and the last scans, by number, never by name.
import type { Scan, Way } from "./wire";

export interface Habits {
  way: Way;
  gate: string;
  hasSound: boolean;
}

export interface Recent {
  id: string;
  n: number | null;
  way: Way;
  verdict: string;
  reason: string;
  answer: Scan["answer"];
  by: Scan["by"];
  at: string;
  guests: number;
  isUndone: boolean;
  flag: string;
}

export const MOST_RECENT = 50;
const USUAL: Habits = { way: "in", gate: "", hasSound: true };

export class Memory {
  habits: Habits;
  recent: Recent[];

  constructor(
    private readonly edition: string,
    private readonly lasting: Storage | null = reach(() => localStorage),
    private readonly passing: Storage | null = reach(() => sessionStorage),
  ) {
    this.habits = { ...USUAL, ...read<Partial<Habits>>(this.lasting, this.key("habits"), {}) };
    this.recent = read<Recent[]>(this.passing, this.key("recent"), []);
  }

  keep(change: Partial<Habits>): void {
    this.habits = { ...this.habits, ...change };
    write(this.lasting, this.key("habits"), this.habits);
  }

  note(scan: Scan): void {
    const { id, n, way, verdict, reason, answer, by, at, guests } = scan;
    this.put([{ id, n, way, verdict, reason, answer, by, at, guests, isUndone: false, flag: "" }, ...this.recent].slice(0, MOST_RECENT));
  }

  change(id: string, change: Partial<Recent>): void {
    this.put(this.recent.map((each) => (each.id === id ? { ...each, ...change } : each)));
  }

  // The device was erased, or set up anew.
  forget(): void {
    this.put([]);
    this.habits = { ...USUAL, hasSound: this.habits.hasSound };
    write(this.lasting, this.key("habits"), this.habits);
  }

  private put(recent: Recent[]): void {
    this.recent = recent;
    write(this.passing, this.key("recent"), recent);
  }

  private key(what: string): string {
    return `ejlas-gate-${this.edition}-${what}`;
  }
}

function reach(storage: () => Storage): Storage | null {
  try {
    return storage();
  } catch {
    return null;
  }
}

function read<T>(storage: Storage | null, key: string, otherwise: T): T {
  try {
    return (JSON.parse(storage?.getItem(key) ?? "null") as T | null) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(storage: Storage | null, key: string, value: unknown): void {
  try {
    storage?.setItem(key, JSON.stringify(value));
  } catch {
    // No room: the page goes on, and remembers until it is closed.
  }
}
