// Where things of the chart stand, along the way of reading: what is at the start is at the right where one reads so.
import type { Month } from "./data";

export const ROW = 34;
export type Zoom = "week" | "month" | "all";
export const ZOOMS: readonly Zoom[] = ["week", "month", "all"];
const PER_DAY = { week: 26, month: 9 };
const LEAST_PER_DAY = 1;

export interface Stretch {
  readonly start: number;
  readonly length: number;
}

export function perDay(zoom: Zoom, days: number, width: number): number {
  if (zoom !== "all") return PER_DAY[zoom];
  return Math.max(LEAST_PER_DAY, Math.min(PER_DAY.week, width / Math.max(days, 1)));
}

// A bar reaches from the beginning of its first day to the end of its last.
export function bar(first: number, last: number, width: number): Stretch {
  return { start: first * width, length: (Math.max(first, last) + 1 - first) * width };
}

export function visible(scrolled: number, height: number, count: number, over = 6): readonly [first: number, end: number] {
  const first = Math.max(0, Math.floor(scrolled / ROW) - over);
  return [Math.min(first, count), Math.min(count, Math.ceil((scrolled + height) / ROW) + over)];
}

// How far to scroll so that a row is seen whole, as little as that takes.
export function intoView(scrolled: number, height: number, place: number): number {
  const [top, end] = [place * ROW, (place + 1) * ROW];
  if (top < scrolled) return top;
  return end > scrolled + height ? end - height : scrolled;
}

// How far to scroll along the days so that one stays where it was seen when their width changes.
export function keptAt(scrolled: number, seen: number, before: number, after: number): number {
  return Math.max(0, ((scrolled + seen) / before) * after - seen);
}

export function stretches(days: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const found: [number, number][] = [];
  for (const day of days) {
    const last = found.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else found.push([day, day]);
  }
  return found;
}

export interface MonthBox extends Stretch {
  readonly name: string;
}

export function monthBoxes(months: readonly Month[], days: number, width: number): readonly MonthBox[] {
  return months.map(([start, name], place) => {
    const end = months[place + 1]?.[0] ?? days;
    return { start: start * width, length: (end - start) * width, name };
  });
}

export function dayOfMonth(day: number, months: readonly Month[]): number {
  let found = 0;
  for (const [start, , first] of months) {
    if (start > day) break;
    found = first + day - start;
  }
  return found;
}

// From the end of one bar to the beginning of another: out, down or up between the rows, and in.
export function arrow(from: Stretch & { readonly place: number }, to: Stretch & { readonly place: number }): string {
  const [x1, y1] = [from.start + from.length, middle(from.place)];
  const [x2, y2] = [to.start, middle(to.place)];
  const out = x1 + 8;
  if (x2 - 8 >= out) return `M${x1} ${y1}H${out}V${y2}H${x2}`;
  const between = y1 + Math.sign(y2 - y1) * (ROW / 2);
  return `M${x1} ${y1}H${out}V${between}H${x2 - 8}V${y2}H${x2}`;
}

function middle(place: number): number {
  return place * ROW + ROW / 2;
}
