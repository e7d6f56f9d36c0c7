// The designer of a card. Without this module each button sends the form; with it, the card is drawn as one works.
import type { Box } from "./geometry";
import { attach as handles, type Acts } from "./handles";
import { History } from "./history";
import { draw, field, isSame, put, restore, stateOf, swap, type State } from "./work";

const TYPING_MS = 350;
const KEYS_MS = 250;
// Fields that say nothing of the card itself.
const APART = new Set(["new", "new-side"]);

class Designer implements Acts {
  private readonly history: History<State>;
  private wait = 0;
  private asked = 0;

  constructor(private readonly form: HTMLFormElement) {
    this.history = new History(stateOf(form), isSame);
    form.classList.add("movable");
    form.addEventListener("submit", (event) => this.submit(event));
    form.addEventListener("input", (event) => this.typed(event.target as HTMLInputElement));
    form.addEventListener("keydown", (event) => this.pressed(event));
    this.part("[data-undo]")?.addEventListener("click", () => this.back(this.history.undo()));
    this.part("[data-redo]")?.addEventListener("click", () => this.back(this.history.redo()));
    this.dress();
  }

  private part<Kind extends Element = HTMLElement>(selector: string): Kind | null {
    return this.form.querySelector<Kind>(selector);
  }

  private get place(): string {
    return field(this.form, "e-place")?.value ?? "";
  }

  // Whatever came from the server is made usable again.
  private dress(): void {
    for (const each of this.form.querySelectorAll<HTMLElement>("[data-with-script]")) each.hidden = false;
    for (const each of this.form.querySelectorAll<HTMLElement>("[data-without-script]")) each.hidden = true;
    for (const face of this.form.querySelectorAll<SVGSVGElement>(".handles")) {
      handles(face, this.form.dataset.handle ?? "", this);
    }
    this.count();
  }

  private count(): void {
    const undo = this.part<HTMLButtonElement>("[data-undo]");
    const redo = this.part<HTMLButtonElement>("[data-redo]");
    if (undo) undo.disabled = !this.history.canUndo;
    if (redo) redo.disabled = !this.history.canRedo;
  }

  private async send(act: string, isRestored = false): Promise<void> {
    clearTimeout(this.wait);
    const number = ++this.asked;
    const sides = this.part("[data-part=sides]");
    sides?.setAttribute("aria-busy", "true");
    const page = await draw(this.form, act);
    if (number !== this.asked) return;
    sides?.removeAttribute("aria-busy");
    if (!page) {
      this.tell(this.form.dataset.failed ?? "");
      return;
    }
    const focused = this.form.contains(document.activeElement) ? document.activeElement : null;
    const handle = focused?.getAttribute("data-element");
    swap(this.form, page, act !== "look");
    if (!isRestored) this.history.note(stateOf(this.form));
    this.dress();
    if (handle !== null && handle !== undefined) {
      const place = act.startsWith("open:") ? act.slice(5) : handle;
      this.part<SVGGElement>(`.handle[data-element="${place}"]`)?.focus();
    } else if (act === "add" || (act !== "look" && !isRestored && !focused?.isConnected)) {
      this.part("#element")?.focus();
    }
  }

  private later(act: string, ms: number): void {
    this.hold();
    this.wait = window.setTimeout(() => void this.send(act), ms);
  }

  private submit(event: SubmitEvent): void {
    const button = event.submitter as HTMLButtonElement | null;
    if (!button || button.formTarget || button.value.startsWith("save")) return;
    event.preventDefault();
    void this.send(button.value);
  }

  private typed(target: HTMLInputElement): void {
    if (APART.has(target.name)) return;
    if (target.name === "e-kind") void this.send(`open:${this.place}`);
    else this.later("look", target.type === "text" || target.tagName === "TEXTAREA" ? TYPING_MS : 0);
  }

  private pressed(event: KeyboardEvent): void {
    const isTyping = (event.target as Element).matches("input, textarea, select");
    if (isTyping || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    this.back(event.shiftKey ? this.history.redo() : this.history.undo());
  }

  private back(state: State | null): void {
    if (!state) return;
    restore(this.form, state);
    void this.send(`open:${state.place}`, true);
  }

  private tell(words: string): void {
    const told = this.part("[data-told]");
    if (told) told.textContent = words;
  }

  // --- What is done with the handles ---

  // An answer to what stood there before would put newer work back: it is not waited for any more.
  hold(): void {
    clearTimeout(this.wait);
    this.asked += 1;
    this.part("[data-part=sides]")?.removeAttribute("aria-busy");
  }

  put(place: string, box: Box, isDone: boolean): void {
    const data = this.form.dataset;
    const name = this.part<SVGGElement>(`.handle[data-element="${place}"]`)?.dataset.label ?? "";
    const words = isDone ? `${data.moved ?? ""}. ${data.sized ?? ""}` : "";
    if (isDone) {
      put(this.form, place, box);
      this.history.note(stateOf(this.form));
      this.count();
      this.tell(words.replace(/\{(name|x|y|w|h)\}/g, (_, key: string) => String({ name, ...box }[key as keyof Box] ?? "")));
      this.later(place === this.place ? "look" : `open:${place}`, KEYS_MS);
    }
  }

  open(place: string): void {
    if (place !== this.place) void this.send(`open:${place}`);
    else this.part("#element")?.focus();
  }

  remove(place: string): void {
    if (place === this.place) void this.send("remove");
  }

  step(place: string, by: number): void {
    const face = this.part<SVGGElement>(`.handle[data-element="${place}"]`)?.closest(".handles");
    const all = [...(face?.querySelectorAll<SVGGElement>(".handle") ?? [])];
    const next = all[all.findIndex((each) => each.dataset.element === place) + by];
    if (!next) return;
    next.setAttribute("tabindex", "0");
    next.focus();
    void this.send(`open:${next.dataset.element ?? ""}`);
  }
}

export function attach(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form[data-designer]");
  if (form) new Designer(form);
}
