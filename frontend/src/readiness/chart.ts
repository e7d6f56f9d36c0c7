// The chart of the plan: thousands of rows of which only those that are seen stand in the page, and the keyboard on it.
import { draw, layer, paths } from "./arrows";
import { digits, filled, read, type Plan } from "./data";
import { Drawn } from "./drawn";
import { intoView, keptAt, perDay, ROW, visible, ZOOMS, type Zoom } from "./geometry";
import { moved, zoomed } from "./keys";
import { items, type Item, type Sieve } from "./rows";
import { back, flags, head, made } from "./sheet";

// A day this wide can be told from the next.
const SEEN = 5;

export function attach(root: Document): void {
  const box = root.querySelector<HTMLElement>("[data-gantt]");
  if (box?.dataset.gantt) void begin(root, box, box.dataset.gantt);
}

async function begin(root: Document, box: HTMLElement, address: string): Promise<void> {
  try {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) return;
    const plan = read(await answer.json());
    box.hidden = false;
    for (const table of root.querySelectorAll<HTMLElement>("[data-gantt-table], [data-gantt-submit]")) table.hidden = true;
    new Chart(root, box, plan).begin();
  } catch {
    // Without the data the table below says the same.
  }
}

class Chart {
  private readonly view: HTMLElement;
  private readonly sheet: HTMLElement;
  private readonly headLine: HTMLElement;
  private readonly scale: HTMLElement;
  private readonly corner: HTMLElement;
  private readonly shade: HTMLElement;
  private readonly lanes: HTMLElement;
  private readonly arrows: SVGSVGElement;
  private readonly form: HTMLFormElement | null;
  private readonly rows = new Map<number, Drawn>();
  private items: Item[] = [];
  private at = new Map<number, number>();
  private zoom: Zoom = "month";
  private width = 1;
  private active = -1;
  private isAsked = false;

  constructor(
    private readonly root: Document,
    private readonly box: HTMLElement,
    private readonly plan: Plan,
  ) {
    this.view = box.querySelector<HTMLElement>("[data-gantt-view]") ?? box;
    this.form = root.querySelector<HTMLFormElement>("[data-gantt-sieve]");
    this.corner = made(root, "gantt-corner", this.label("sort"));
    this.corner.setAttribute("role", "columnheader");
    this.scale = made(root, "gantt-scale");
    this.scale.setAttribute("role", "columnheader");
    this.headLine = made(root, "gantt-head", this.corner, this.scale);
    this.headLine.setAttribute("role", "row");
    this.shade = made(root, "gantt-back");
    this.shade.setAttribute("aria-hidden", "true");
    this.arrows = layer(root);
    this.lanes = made(root, "gantt-rows");
    this.lanes.setAttribute("role", "rowgroup");
    this.sheet = made(root, "gantt-sheet", this.headLine, this.shade, this.arrows, this.lanes);
    this.sheet.setAttribute("role", "presentation");
  }

  begin(): void {
    this.view.replaceChildren(this.sheet);
    const asked = this.control("zoom");
    asked?.closest("p")?.removeAttribute("hidden");
    this.zoom = this.firstZoom(asked?.value);
    if (asked) asked.value = this.zoom;
    this.form?.addEventListener("submit", (event) => event.preventDefault());
    this.form?.addEventListener("change", () => this.changed());
    this.view.addEventListener("scroll", () => this.ask(), { passive: true });
    this.view.addEventListener("keydown", (event) => this.pressed(event));
    this.view.addEventListener("click", (event) => this.clicked(event));
    this.root.defaultView?.addEventListener("resize", () => this.resize());
    this.sift();
    this.lay();
    this.scrollAlong(Math.max(0, (this.plan.today - 7) * this.width));
    this.paint();
  }

  // What the address asks for; else everything, where a day is then still wide enough to be seen.
  private firstZoom(asked: string | undefined): Zoom {
    const named = new URLSearchParams(this.root.location.search).has("zoom");
    if (named && ZOOMS.includes(asked as Zoom)) return asked as Zoom;
    return this.view.clientWidth / this.plan.days > SEEN ? "all" : "month";
  }

  private control(name: string): HTMLSelectElement | null {
    return this.form?.querySelector<HTMLSelectElement>(`select[name="${name}"]`) ?? null;
  }

  private label(name: string): string {
    const select = this.control(name);
    return select?.selectedOptions[0]?.textContent ?? "";
  }

  private sieve(): Sieve {
    const value = (name: string): string => this.control(name)?.value ?? "";
    return { sort: value("sort"), workstream: value("workstream"), body: value("body"), only: value("only") };
  }

  // --- What is shown ---

  private changed(): void {
    const asked = this.control("zoom")?.value as Zoom | undefined;
    if (asked && asked !== this.zoom) this.rezoom(asked);
    const chosen = this.chosen();
    this.sift();
    this.active = chosen === undefined ? -1 : (this.at.get(chosen) ?? -1);
    if (this.active < 0) this.view.scrollTop = 0;
    this.forget();
    this.paint();
    this.point();
    this.remember();
  }

  private sift(): void {
    this.items = items(this.plan, this.sieve());
    this.at = new Map(this.items.flatMap((item, place) => ("place" in item ? [[item.place, place] as const] : [])));
    this.corner.textContent = this.label("sort");
    this.view.setAttribute("aria-rowcount", String(this.items.length + 1));
    this.sheet.style.setProperty("--gantt-rows", `${this.items.length * ROW}px`);
    this.box.classList.toggle("is-empty", this.items.length === 0);
    this.say();
  }

  private say(): void {
    const own = (number: number): string => digits(number, this.plan.digits);
    const { nothing, shown } = this.plan.words;
    const words = this.at.size ? filled(shown ?? "", { number: own(this.at.size), all: own(this.plan.rows.length) }) : (nothing ?? "");
    const said = this.box.querySelector<HTMLElement>("[data-gantt-said]");
    const count = this.root.querySelector<HTMLElement>("[data-gantt-count]");
    if (said) said.textContent = words;
    if (count) count.textContent = own(this.at.size);
  }

  // Keeps what is asked for in the address, so that it can be sent, and in the link for paper.
  private remember(): void {
    if (!this.form) return;
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (value) asked.set(name, String(value));
    this.root.defaultView?.history.replaceState(null, "", `?${asked}`);
    asked.delete("zoom");
    asked.set("paper", "1");
    this.root.querySelector<HTMLAnchorElement>("[data-gantt-paper]")?.setAttribute("href", `?${asked}`);
  }

  // --- Along the days ---

  private lay(): void {
    const names = this.corner.getBoundingClientRect().width;
    this.width = perDay(this.zoom, this.plan.days, this.view.clientWidth - names - 1);
    this.sheet.style.setProperty("--gantt-days", `${this.plan.days * this.width}px`);
    this.scale.replaceChildren(head(this.root, this.plan, this.width), flags(this.root, this.plan, this.width));
    this.shade.replaceChildren(back(this.root, this.plan, this.width));
    this.arrows.style.insetBlockStart = `${this.headLine.offsetHeight}px`;
    this.forget();
  }

  private rezoom(zoom: Zoom): void {
    const [before, seen] = [this.width, this.view.clientWidth / 3];
    const scrolled = Math.abs(this.view.scrollLeft);
    this.zoom = zoom;
    const select = this.control("zoom");
    if (select) select.value = zoom;
    this.lay();
    this.scrollAlong(keptAt(scrolled, seen, before, this.width));
  }

  // Where one reads from right to left, browsers count what was scrolled below zero.
  private scrollAlong(to: number): void {
    const isBackwards = getComputedStyle(this.view).direction === "rtl";
    this.view.scrollLeft = isBackwards ? -to : to;
  }

  private resize(): void {
    if (this.zoom === "all") this.lay();
    this.paint();
  }

  // --- Rows ---

  private ask(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    requestAnimationFrame(() => {
      this.isAsked = false;
      this.paint();
    });
  }

  private forget(): void {
    for (const drawn of this.rows.values()) drawn.element.remove();
    this.rows.clear();
  }

  private height(): number {
    return this.view.clientHeight - this.headLine.offsetHeight;
  }

  private paint(): void {
    const [first, end] = visible(this.view.scrollTop, this.height(), this.items.length);
    const free = [...this.rows].filter(([place]) => place < first || place >= end);
    for (const [place] of free) this.rows.delete(place);
    const shown = { plan: this.plan, width: this.width };
    for (let place = first; place < end; place += 1) {
      const item = this.items[place];
      if (this.rows.has(place) || !item) continue;
      const drawn = free.pop()?.[1] ?? this.added();
      drawn.fill(place, item, shown);
      this.rows.set(place, drawn);
    }
    for (const [, drawn] of free) drawn.element.remove();
    this.mark();
  }

  private added(): Drawn {
    const drawn = new Drawn(this.root);
    this.lanes.append(drawn.element);
    return drawn;
  }

  // --- The chosen row ---

  private chosen(): number | undefined {
    const item = this.items[this.active];
    return item && "place" in item ? item.place : undefined;
  }

  private mark(): void {
    for (const [place, { element }] of this.rows) {
      if ((place === this.active) !== element.classList.contains("is-active")) element.classList.toggle("is-active");
      if (place === this.active) element.setAttribute("aria-selected", "true");
      else element.removeAttribute("aria-selected");
    }
    if (this.rows.has(this.active)) this.view.setAttribute("aria-activedescendant", `gantt-${this.active}`);
    else this.view.removeAttribute("aria-activedescendant");
  }

  private choose(place: number): void {
    this.active = place;
    this.view.scrollTop = intoView(this.view.scrollTop, this.height(), place);
    this.paint();
    this.point();
  }

  private point(): void {
    const chosen = this.chosen();
    draw(this.arrows, chosen === undefined ? [] : paths(this.plan, chosen, this.at, this.width));
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const zoom = zoomed(event.key, this.zoom);
    if (zoom) {
      event.preventDefault();
      this.rezoom(zoom);
      this.paint();
      this.point();
      this.remember();
      return;
    }
    if (event.key === "Enter") {
      this.rows.get(this.active)?.element.querySelector<HTMLAnchorElement>("a[href]")?.click();
      return;
    }
    const page = Math.max(1, Math.floor(this.height() / ROW) - 1);
    const place = moved(event.key, this.active, page, this.items.map((item) => "place" in item));
    if (place === undefined) return;
    event.preventDefault();
    this.choose(place);
  }

  private clicked(event: MouseEvent): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>(".gantt-row") : null;
    const place = Number(row?.dataset.place ?? -1);
    const item = this.items[place];
    if (item && "place" in item) this.choose(place);
  }
}
