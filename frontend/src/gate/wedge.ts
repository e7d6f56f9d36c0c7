// What a reader types that passes itself off as a keyboard: read by the place of each key, so that a Persian or Russian
// layout of the tablet changes nothing. The reader itself is set to the American layout, as it comes.
import { N_TEXT } from "./payload";

// A reader leaves a few milliseconds between two keys, a slow one over the air forty; no person keeps up with that for long.
const MOST_GAP_MS = 80;
const SHORTEST = 8;
const KEY = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/;
const IGNORED = /^(?:Shift|Control|Alt|Meta)(?:Left|Right)$|^CapsLock$/;

export class Wedge {
  private typed = "";
  private lastAt = -Infinity;
  // Set once a text is handed out whose end has not come: what follows at once belongs to it.
  private isOver = false;

  /** Take a key (`KeyboardEvent.code`); a text is returned with the key that ends it. */
  push(code: string, shift: boolean, atMs: number): string | null {
    const isSlow = atMs - this.lastAt > MOST_GAP_MS;
    this.lastAt = atMs;
    if (isSlow) this.reset();
    if (IGNORED.test(code)) return null;
    if (code === "Enter" || code === "NumpadEnter" || code === "Tab") return this.ended();
    if (this.isOver) return null;
    this.typed += signOf(code, shift);
    return this.typed.length >= N_TEXT ? this.handed() : null;
  }

  /** Whether keys come as from a reader: such keys should do nothing else on the page. */
  get isReading(): boolean {
    return this.isOver || this.typed.length > 3;
  }

  reset(): void {
    this.typed = "";
    this.isOver = false;
  }

  private ended(): string | null {
    const text = this.typed;
    this.reset();
    return text.length >= SHORTEST ? text : null;
  }

  private handed(): string {
    const text = this.typed;
    this.typed = "";
    this.isOver = true;
    return text;
  }
}

// A sign that no pass has stands for all others, so that a foreign code is still told to be one.
function signOf(code: string, shift: boolean): string {
  const [, letter, digit] = KEY.exec(code) ?? [];
  if (letter) return shift ? letter : letter.toLowerCase();
  if (digit && !(shift && code.startsWith("Digit"))) return digit;
  if (code === "Minus") return shift ? "_" : "-";
  return code === "NumpadSubtract" ? "-" : "?";
}
