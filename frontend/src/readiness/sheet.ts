// The parts of the chart that stand still: its head with months and days, what is shaded, and the lines of some days.
import { digits, type Plan } from "./data";
import { bar, dayOfMonth, monthBoxes, stretches, type Stretch } from "./geometry";

// A day is named by its number where it is so wide; else each week by its first day, where that has room.
const NUMBERED = 18;
const WEEK_NUMBERED = 4;

export function made(root: Document, name: string, ...inside: (Node | string)[]): HTMLElement {
  const found = root.createElement("div");
  found.className = name;
  found.append(...inside);
  return found;
}

export function along(element: HTMLElement | SVGElement, { start, length }: Stretch): void {
  element.style.insetInlineStart = `${start}px`;
  element.style.inlineSize = `${length}px`;
}

export function head(root: Document, plan: Plan, width: number): DocumentFragment {
  const found = root.createDocumentFragment();
  for (const months of plan.calendars) {
    const line = made(root, "gantt-months");
    for (const box of monthBoxes(months, plan.days, width)) {
      const name = root.createElement("span");
      name.textContent = box.name;
      const month = made(root, "gantt-month", name);
      along(month, box);
      line.append(month);
    }
    found.append(line);
  }
  found.append(days(root, plan, width));
  return found;
}

function days(root: Document, plan: Plan, width: number): HTMLElement {
  const line = made(root, "gantt-days");
  const months = plan.calendars[0] ?? [];
  const named = width >= NUMBERED ? plan.dates.map((_, day) => day) : width >= WEEK_NUMBERED ? plan.weeks : [];
  for (const day of named) {
    const number = made(root, "gantt-day", digits(dayOfMonth(day, months), plan.digits));
    along(number, { start: day * width, length: width >= NUMBERED ? width : width * 7 });
    line.append(number);
  }
  return line;
}

export function back(root: Document, plan: Plan, width: number): DocumentFragment {
  const found = root.createDocumentFragment();
  for (const [first, last] of stretches(plan.off)) {
    const shade = made(root, "gantt-off");
    along(shade, bar(first, last, width));
    found.append(shade);
  }
  const lines: readonly (readonly [string, number])[] = [["target", plan.target + 1], ["opening", plan.opening], ["today", plan.today]];
  for (const [name, day] of lines) {
    const line = made(root, `gantt-line is-${name}`);
    line.style.insetInlineStart = `${day * width}px`;
    found.append(line);
  }
  return found;
}

// The names of the lines stand in the head, where they do not hide bars; one that would cover the other is left out.
const APART = 130;

export function flags(root: Document, plan: Plan, width: number): DocumentFragment {
  const found = root.createDocumentFragment();
  const isTight = Math.abs(plan.target - plan.today) * width < APART;
  for (const [name, day] of [["today", plan.today], ["target", plan.target + 1]] as const) {
    if (isTight && name === "target") continue;
    const flag = made(root, `gantt-flag is-${name}`, plan.words[name] ?? "");
    // Near the end the name stands before its line: it must not reach beyond the chart.
    if (day > plan.days * 0.7) flag.style.insetInlineEnd = `${(plan.days - day) * width}px`;
    else flag.style.insetInlineStart = `${day * width}px`;
    found.append(flag);
  }
  return found;
}
