// A bilateral is taken in hand by Enter or by the pointer, goes over the board, and is put down where nothing is in the way.
import { type Spot, free, key, moved, under } from "./places";
import { type Verdict, address, ask } from "./server";

const PAUSE_MS = 140;
const FAR_PX = 6;

class Board {
  private readonly rows: HTMLTableRowElement[];
  private readonly rooms: string[];
  private readonly isRightToLeft: boolean;
  private readonly box: HTMLElement;
  private hand: HTMLElement | undefined;
  private spot: Spot = { slot: 0, room: 0 };
  // Where it was taken from; put down there again, it was only looked at.
  private from = "";
  private open = new Set<string>();
  private verdict: Verdict | undefined;
  private asked = new AbortController();
  private waiting = 0;
  // A press of Enter before the answer is there puts it down as soon as the answer says that it may.
  private wantsDown = false;
  // Under the pointer the board stands still.
  private drags = false;

  constructor(
    private readonly root: Document,
    private readonly wrap: HTMLElement,
    private readonly table: HTMLTableElement,
  ) {
    this.rows = [...table.querySelectorAll<HTMLTableRowElement>("tbody tr[data-slot]")];
    this.rooms = [...table.querySelectorAll<HTMLElement>("thead [data-room]")].map((head) => head.dataset.room ?? "");
    this.isRightToLeft = getComputedStyle(table).direction === "rtl";
    this.box = root.createElement("div");
    this.box.className = "inhand";
    this.box.hidden = true;
    (table.parentElement ?? wrap).append(this.box);
    this.listen();
    const named = wrap.dataset.hand;
    const card = named ? this.card(named) : undefined;
    if (card) this.take(card);
  }

  private word(name: string): string {
    return this.wrap.dataset[name] ?? "";
  }

  private say(words: string): void {
    const said = this.wrap.querySelector("[data-said]");
    if (said) said.textContent = words;
  }

  private card(slug: string): HTMLElement | undefined {
    return [...this.wrap.querySelectorAll<HTMLElement>("[data-card]")].find((card) => card.dataset.card === slug);
  }

  private get slots(): string[] {
    return this.rows.map((row) => row.dataset.slot ?? "");
  }

  private listen(): void {
    this.wrap.addEventListener("keydown", (event) => this.pressed(event));
    this.wrap.addEventListener("click", (event) => {
      // A click opens the form, as without scripts; the end of a drag does not.
      if (this.hand && (event.target as Element).closest("[data-card]")) event.preventDefault();
    });
    this.wrap.addEventListener("pointerdown", (event) => this.grabbed(event));
  }

  private pressed(event: KeyboardEvent): void {
    const card = (event.target as Element).closest<HTMLElement>("[data-card]");
    if (!this.hand) {
      if (card && (event.key === "Enter" || event.key === " ") && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.take(card);
      }
      return;
    }
    const size = { slots: this.rows.length, rooms: this.rooms.length };
    const next = moved(this.spot, event.key, size, this.isRightToLeft);
    if (next) this.go(next);
    else if (event.key === "Enter") this.down();
    else if (event.key === "Escape") this.letGo();
    else if (event.key === "PageDown" || event.key === "PageUp") this.otherDay(event.key === "PageDown" ? 1 : -1);
    else return;
    event.preventDefault();
  }

  private take(card: HTMLElement): void {
    this.hand = card;
    card.classList.add("is-taken");
    card.focus({ preventScroll: true });
    const cell = card.closest("td");
    const row = cell?.closest<HTMLTableRowElement>("tr[data-slot]");
    this.spot = { slot: row ? this.rows.indexOf(row) : 0, room: cell ? Math.max(0, this.column(cell)) : 0 };
    this.from = row ? key(this.spot) : "";
    this.wrap.classList.add("has-hand");
    this.say(this.word("taken").replace("{name}", card.dataset.name ?? ""));
    void this.mark();
    this.show();
  }

  private column(cell: HTMLElement): number {
    const middle = cell.getBoundingClientRect();
    return under(middle.left + middle.width / 2, this.spansOfRooms());
  }

  private spansOfRooms(): (readonly [number, number])[] {
    return [...this.table.querySelectorAll<HTMLElement>("thead [data-room]")].map((head) => {
      const box = head.getBoundingClientRect();
      return [box.left, box.right] as const;
    });
  }

  private spansOfSlots(): (readonly [number, number])[] {
    return this.rows.map((row) => {
      const box = row.getBoundingClientRect();
      return [box.top, box.bottom] as const;
    });
  }

  private async mark(): Promise<void> {
    const slug = this.hand?.dataset.card ?? "";
    try {
      const answer = await ask<{ free: [string, string[]][] }>(address(this.word("places"), slug), new AbortController().signal);
      if (!answer || this.hand?.dataset.card !== slug) return;
      this.open = free(answer.free, this.slots, this.rooms);
      this.show();
    } catch {
      // Without the map each place is still weighed by itself.
    }
  }

  private go(spot: Spot): void {
    if (key(spot) === key(this.spot) && this.verdict) return;
    this.spot = spot;
    this.verdict = undefined;
    this.wantsDown = false;
    this.box.classList.remove("has-conflicts");
    this.show();
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.weigh(), PAUSE_MS);
  }

  private async weigh(): Promise<void> {
    this.asked.abort();
    this.asked = new AbortController();
    const query = { starts_at: this.slots[this.spot.slot] ?? "", room: this.rooms[this.spot.room] ?? "" };
    const at = key(this.spot);
    try {
      const verdict = await ask<Verdict>(address(this.word("weigh"), this.hand?.dataset.card ?? "", query), this.asked.signal);
      if (!this.hand || key(this.spot) !== at) return;
      this.verdict = verdict;
      this.tell();
      if (this.wantsDown) this.down();
    } catch (fault) {
      if (!(fault instanceof DOMException && fault.name === "AbortError")) this.say(this.word("gone"));
    }
  }

  private tell(): void {
    if (!this.verdict) return;
    const { place, conflicts, may_be_set_aside: may } = this.verdict;
    const end = conflicts.length === 0 ? [] : [this.word(may ? "may" : "mayNot")];
    const lines = conflicts.length === 0 ? [this.word("free").replace("{place}", place)] : [place, ...conflicts, ...end];
    this.say(lines.join(" "));
    this.box.replaceChildren(
      ...lines.map((line) => {
        const words = this.root.createElement("p");
        words.textContent = line;
        return words;
      }),
    );
    this.box.classList.toggle("has-conflicts", conflicts.length > 0);
    this.show();
  }

  // The box stands over the place itself; only logical properties of the table's own corner are set.
  private show(): void {
    const row = this.rows[this.spot.slot];
    const head = this.table.querySelectorAll<HTMLElement>("thead [data-room]")[this.spot.room];
    if (!row || !head || !this.hand) return;
    const scroller = this.table.parentElement ?? this.wrap;
    const outer = scroller.getBoundingClientRect();
    const [line, column] = [row.getBoundingClientRect(), head.getBoundingClientRect()];
    const start = this.isRightToLeft
      ? outer.right - column.right - scroller.scrollLeft
      : column.left - outer.left + scroller.scrollLeft;
    this.box.hidden = false;
    this.box.style.insetBlockStart = `${line.top - outer.top + scroller.scrollTop}px`;
    this.box.style.insetInlineStart = `${start}px`;
    this.box.style.inlineSize = `${column.width}px`;
    this.box.classList.toggle("is-free", this.open.has(key(this.spot)));
    if (!this.verdict) this.box.replaceChildren(this.hand.dataset.name ?? "");
    if (!this.drags) this.box.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private down(): void {
    const form = this.wrap.querySelector<HTMLFormElement>("form[data-drop]");
    if (!this.hand || !form) return;
    if (key(this.spot) === this.from) return this.letGo();
    if (!this.verdict) {
      this.wantsDown = true;
      clearTimeout(this.waiting);
      void this.weigh();
      return;
    }
    this.wantsDown = false;
    const slug = this.hand.dataset.card ?? "";
    const place = { starts_at: this.slots[this.spot.slot] ?? "", room: this.rooms[this.spot.room] ?? "" };
    if (this.verdict.conflicts.length > 0) {
      // What may be set aside is set aside on its page, where the reason is asked for.
      if (this.verdict.may_be_set_aside) location.assign(address(this.word("move"), slug, place));
      else this.say(this.word("mayNot"));
      return;
    }
    form.action = address(this.word("move"), slug);
    const values: Record<string, string> = { ...place, revision: this.hand.dataset.revision ?? "" };
    for (const [name, value] of Object.entries(values)) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    form.submit();
  }

  private letGo(): void {
    clearTimeout(this.waiting);
    this.asked.abort();
    const card = this.hand;
    card?.classList.remove("is-taken");
    this.hand = this.verdict = undefined;
    this.wantsDown = false;
    this.open = new Set();
    this.box.hidden = true;
    this.box.replaceChildren();
    this.wrap.classList.remove("has-hand");
    this.say(this.word("letGo"));
    card?.focus();
  }

  private otherDay(step: 1 | -1): void {
    const days = [...this.root.querySelectorAll<HTMLAnchorElement>(".daytabs a")];
    const day = days[days.findIndex((link) => link.ariaCurrent === "page") + step];
    if (!day || !this.hand) return;
    const there = new URL(day.href);
    there.searchParams.set("hand", this.hand.dataset.card ?? "");
    location.assign(there);
  }

  private grabbed(event: PointerEvent): void {
    const card = (event.target as Element).closest<HTMLElement>("[data-card]");
    if (!card || event.button !== 0 || event.pointerType === "touch") return;
    const from = { x: event.clientX, y: event.clientY };
    this.drags = false;
    const over = (move: PointerEvent): void => {
      if (!this.drags && Math.hypot(move.clientX - from.x, move.clientY - from.y) < FAR_PX) return;
      if (!this.drags) {
        this.drags = true;
        this.take(card);
      }
      move.preventDefault();
      const slot = under(move.clientY, this.spansOfSlots());
      const room = under(move.clientX, this.spansOfRooms());
      if (slot >= 0 && room >= 0) this.go({ slot, room });
    };
    const end = (up: PointerEvent): void => {
      this.root.removeEventListener("pointermove", over);
      this.root.removeEventListener("pointerup", end);
      this.root.removeEventListener("pointercancel", end);
      const dragged = this.drags;
      this.drags = false;
      if (!dragged) return;
      const slot = under(up.clientY, this.spansOfSlots());
      const room = under(up.clientX, this.spansOfRooms());
      if (up.type === "pointercancel" || slot < 0 || room < 0) return this.letGo();
      // The click that follows would open the form.
      this.root.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
      this.down();
    };
    this.root.addEventListener("pointermove", over);
    this.root.addEventListener("pointerup", end);
    this.root.addEventListener("pointercancel", end);
  }
}

export function attach(root: Document): void {
  const wrap = root.querySelector<HTMLElement>("[data-board]");
  const table = wrap?.querySelector<HTMLTableElement>("table.plan");
  if (!wrap || !table || !wrap.querySelector("form[data-drop]")) return;
  new Board(root, wrap, table);
  const landed = location.hash.startsWith("#card-") ? root.getElementById(location.hash.slice(1)) : null;
  landed?.focus();
  root.addEventListener("keydown", (event) => {
    const undo = root.querySelector<HTMLFormElement>("form[data-undo]");
    const writes = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (!undo || writes || !(event.ctrlKey || event.metaKey) || event.code !== "KeyZ") return;
    event.preventDefault();
    undo.submit();
  });
}
