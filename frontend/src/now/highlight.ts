// Marks what is on at this moment, by the moments that the page carries.
export interface Span {
  readonly startsAt: number;
  readonly endsAt: number;
}

export function isOn(span: Span, now: number): boolean {
  return span.startsAt <= now && now < span.endsAt;
}

export function spanOf(element: Element): Span | null {
  const times = [...element.querySelectorAll("time")].map((time) => Date.parse(time.dateTime));
  const [startsAt, endsAt] = times;
  return startsAt === undefined || endsAt === undefined || Number.isNaN(startsAt + endsAt) ? null : { startsAt, endsAt };
}

const MINUTE = 60_000;

export function attach(root: Document): void {
  const list = root.querySelector<HTMLElement>("[data-now]");
  if (!list) return;
  const words = list.dataset.now ?? "";
  const rows = [...list.querySelectorAll<HTMLElement>("[data-row]")]
    .map((row) => ({ row, span: spanOf(row) }))
    .filter((item): item is { row: HTMLElement; span: Span } => item.span !== null);
  const mark = (): void => {
    for (const { row, span } of rows) {
      const on = isOn(span, Date.now());
      const badge = row.querySelector(".now");
      row.toggleAttribute("data-on", on);
      if (!on) badge?.remove();
      else if (!badge) row.querySelector("h3")?.append(nowBadge(root, words));
    }
  };
  mark();
  setInterval(mark, MINUTE);
}

function nowBadge(root: Document, words: string): HTMLElement {
  const badge = root.createElement("strong");
  badge.className = "now";
  badge.textContent = words;
  return badge;
}
