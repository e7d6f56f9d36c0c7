// Which rows of the chart are shown, and in which order; what belongs together stands under its name.
import { CRITICAL, LATE, UNANSWERED, WORKED, type Plan, type Row } from "./data";

export interface Sieve {
  readonly sort: string;
  readonly workstream: string;
  readonly body: string;
  readonly only: string;
}

export type Item = { readonly group: string; readonly language: string } | { readonly place: number };

const KEPT: Readonly<Record<string, (row: Row) => boolean>> = {
  critical: (row) => (row.flags & CRITICAL) !== 0,
  late: (row) => (row.flags & LATE) !== 0,
  open: (row) => (row.flags & WORKED) === 0,
  unanswered: (row) => (row.flags & UNANSWERED) !== 0,
};
// What has none of a number stands last.
const last = (value: number): number => (value < 0 ? Number.MAX_SAFE_INTEGER : value);
const ORDERS: Readonly<Record<string, (row: Row) => readonly number[]>> = {
  workstream: (row) => [last(row.stream), row.begin, row.end],
  body: (row) => [last(row.body), row.begin, row.end],
  begin: (row) => [row.begin, row.end],
  due: (row) => [last(row.due), row.begin],
  risk: (row) => [-row.share, row.onTime],
};

export function places(plan: Plan, sieve: Sieve): number[] {
  const body = plan.bodies.findIndex(([slug]) => slug === sieve.body);
  const stream = plan.streams.findIndex(([slug]) => slug === sieve.workstream);
  const kept = KEPT[sieve.only] ?? (() => true);
  const found: number[] = [];
  plan.rows.forEach((row, place) => {
    const fits = (!sieve.body || row.body === body) && (!sieve.workstream || row.stream === stream);
    if (fits && kept(row)) found.push(place);
  });
  const key = ORDERS[sieve.sort] ?? ORDERS.workstream;
  const keys = new Map(found.map((place) => [place, key?.(plan.rows[place] as Row) ?? []]));
  return found.sort((one, other) => compared(keys.get(one) ?? [], keys.get(other) ?? []) || one - other);
}

export function items(plan: Plan, sieve: Sieve): Item[] {
  const found: Item[] = [];
  const sort = sieve.sort in ORDERS ? sieve.sort : "workstream";
  const names = sort === "body" ? plan.bodies : sort === "workstream" ? plan.streams : undefined;
  let before: number | undefined;
  for (const place of places(plan, sieve)) {
    const row = plan.rows[place] as Row;
    const key = sort === "body" ? row.body : row.stream;
    if (names && key !== before) {
      const nobody = sort === "body" ? plan.words.no_body : plan.words.no_stream;
      found.push({ group: names[key]?.[1] ?? nobody ?? "", language: names[key]?.[2] ?? "" });
      before = key;
    }
    found.push({ place });
  }
  return found;
}

function compared(one: readonly number[], other: readonly number[]): number {
  for (const [place, value] of one.entries()) {
    const difference = value - (other[place] ?? 0);
    if (difference) return difference;
  }
  return 0;
}
