// A reader that types: heard on every screen, wherever the focus is, and kept out of the fields in which it lands.
import { Wedge } from "./wedge";

export interface Heard {
  read(text: string): void;
  escape(): void;
  isOn(): boolean; // behind the PIN alone
}

interface Held {
  input: HTMLInputElement | HTMLTextAreaElement;
  value: string;
}

// A pause after which keys belong to another text.
const PAUSE_MS = 80;

export class Keys {
  private readonly wedge = new Wedge();
  private held: Held | null = null;
  private lastAt = -Infinity;

  constructor(
    document: Document,
    private readonly heard: Heard,
  ) {
    document.addEventListener("keydown", (event) => this.pressed(event), { capture: true });
  }

  private pressed(event: KeyboardEvent): void {
    if (!this.heard.isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
    // Of a keyboard on the screen no key has a place, and a key that is held down repeats as fast as a reader types.
    if (!event.code || event.repeat || event.isComposing) return;
    if (event.code === "Escape") return this.heard.escape();
    const field = fieldOf(event.target);
    if (event.timeStamp - this.lastAt > PAUSE_MS) this.held = field && { input: field, value: field.value };
    this.lastAt = event.timeStamp;
    const wasReading = this.wedge.isReading;
    const text = this.wedge.push(event.code, event.shiftKey, event.timeStamp);
    const isEnd = event.key === "Enter" || event.key === "Tab";
    // In a field a quick person may write: only the end of a text is taken away from it.
    if (text !== null || (wasReading && (!field || isEnd))) event.preventDefault();
    if (text !== null) this.handed(text);
  }

  private handed(text: string): void {
    if (this.held) {
      this.held.input.value = this.held.value;
      this.held.input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.held = null;
    this.heard.read(text);
  }
}

function fieldOf(target: EventTarget | null): Held["input"] | null {
  const isField = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !["checkbox", "button"].includes(target.type));
  return isField ? target : null;
}
