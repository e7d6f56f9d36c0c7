// One row of the chart in the page: made once, and filled again with whatever is seen in its place.
import { BEGUN, CRITICAL, digits, filled, LATE, WORKED, type Plan, type Row } from "./data";
import { bar, ROW } from "./geometry";
import type { Item } from "./rows";
import { along, made } from "./sheet";

export interface Shown {
  readonly plan: Plan;
  readonly width: number;
}

export class Drawn {
  readonly element: HTMLElement;
  private readonly link: HTMLAnchorElement;
  private readonly name: HTMLElement;
  private readonly marks: HTMLElement;
  private readonly lane: HTMLElement;
  private readonly parts: Readonly<Record<"tail95" | "tail80" | "bar" | "due", HTMLElement>>;

  constructor(root: Document) {
    this.link = root.createElement("a");
    this.link.tabIndex = -1;
    this.marks = made(root, "gantt-marks");
    this.name = made(root, "gantt-name", this.link, this.marks);
    this.name.setAttribute("role", "rowheader");
    this.parts = { tail95: made(root, "gantt-tail"), tail80: made(root, "gantt-tail is-likely"), bar: made(root, "gantt-bar"), due: made(root, "gantt-due") };
    this.lane = made(root, "gantt-lane", ...Object.values(this.parts));
    this.lane.setAttribute("role", "gridcell");
    this.element = made(root, "gantt-row", this.name, this.lane);
    this.element.setAttribute("role", "row");
  }

  fill(place: number, item: Item, shown: Shown): void {
    this.element.style.transform = `translateY(${place * ROW}px)`;
    this.element.id = `gantt-${place}`;
    this.element.dataset.place = String(place);
    this.element.setAttribute("aria-rowindex", String(place + 2));
    if ("group" in item) this.fillGroup(item.group, item.language);
    else this.fillRow(shown.plan.rows[item.place] as Row, shown);
  }

  private fillGroup(name: string, language: string): void {
    this.element.className = "gantt-row is-group";
    this.link.removeAttribute("href");
    this.write(name, language);
    this.marks.textContent = "";
    this.lane.setAttribute("aria-label", name);
  }

  private fillRow(row: Row, shown: Shown): void {
    const { plan, width } = shown;
    const marks = [row.flags & CRITICAL ? plan.words.critical : "", row.flags & LATE ? plan.words.late : ""].filter(Boolean);
    this.element.className = `gantt-row${row.flags & LATE ? " is-late" : ""}`;
    this.link.href = plan.address.replace("/slug/", `/${row.slug}/`);
    this.write(row.name, row.language);
    this.marks.textContent = marks.join(" · ");
    this.lane.setAttribute("aria-label", [words(row, plan), ...marks].join(", "));
    this.parts.bar.className = `gantt-bar${row.flags & WORKED ? " is-worked" : row.flags & CRITICAL ? " is-critical" : ""}${row.flags & BEGUN ? " is-begun" : ""}`;
    along(this.parts.bar, bar(row.begin, row.end, width));
    along(this.parts.tail80, bar(row.begin, row.end80, width));
    along(this.parts.tail95, bar(row.begin, row.end95, width));
    this.parts.due.hidden = row.due < 0;
    this.parts.due.style.insetInlineStart = `${(row.due + 1) * width}px`;
  }

  private write(name: string, language: string): void {
    this.link.textContent = name;
    this.link.title = name;
    this.link.dir = "auto";
    this.link.lang = language;
    if (!language) this.link.removeAttribute("lang");
  }
}

// A row as it is read out.
export function words(row: Row, plan: Plan): string {
  const sentence = (row.due < 0 ? plan.words.row_undated : plan.words.row) ?? "{name}";
  return filled(sentence, {
    name: row.name,
    state: plan.states[row.state] ?? "",
    begin: plan.dates[row.begin] ?? "",
    end: plan.dates[row.end] ?? "",
    due: plan.dates[row.due] ?? "",
    share: filled(plan.words.percent ?? "{number}", { number: digits(row.onTime, plan.digits) }),
  });
}
