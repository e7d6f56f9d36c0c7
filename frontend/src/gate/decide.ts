// What a gate answers to a pass: the same decision as rules/passes/gate.py, held to it by tests/data/gate_cases.json.
import { isSignedBy, keyIdOf, type Kind, type Payload, read } from "./payload";
import type { Category, Entry, Gate, Rules, Way, WholeList, Words, Zone } from "./wire";

export type Verdict = "admit" | "refuse" | "ask";
export const REASONS = [
  "ok", "not-a-pass", "forged", "other-edition", "unknown-key", "old-print", "not-issued", "suspended", "revoked", "lost",
  "returned", "expired", "not-yet", "no-zone", "not-now", "inside", "outside", "full", "not-on-list", "list-old", "clock",
  "group",
] as const;
export type Reason = (typeof REASONS)[number];

export interface Stretch {
  startsAt: number; // milliseconds since 1970
  endsAt: number; // outside
}

interface Opening {
  valid: Stretch;
  spans: Map<string, Stretch[]>; // by zone: stretches that neither touch nor overlap
}

/** A list made ready once, so that each decision is fast. */
export interface GateList {
  rules: Rules;
  madeAt: number;
  zones: Map<string, Zone>;
  gates: Map<string, Gate>;
  openings: Map<number, Opening>; // by the code of the category
  categories: Map<number, Category>;
  entries: Map<number, Entry>;
}

/** What stands before the gate: a code that was read, or an entry that was found by its name. */
export interface Seen {
  entry: Entry | null;
  payload: Payload | null;
  fault: Reason | null;
  other: { edition: string; name: Words } | null; // whose pass it is
}

export interface Moment {
  now: number;
  confirmedAt: number; // when the server last said that the list still stands
  inside: boolean | null; // whether this pass is inside the zone; null = not known
  nInside: number;
  clockIsSure: boolean;
}

export interface Decision {
  verdict: Verdict;
  reason: Reason;
  also: Reason[]; // what else to weigh, the weightiest first
  number: number | null; // null where nothing is proven
  until: number | null; // when the permission to enter ends, or when the pass expired
  nextAt: number | null; // when the pass may next enter here
}

interface Finding {
  verdict: Verdict;
  reason: Reason;
  until?: number;
  nextAt?: number | undefined;
}

interface Claim {
  valid: Stretch;
  enters: boolean;
  spans: Stretch[];
}

const CLOCK_SLACK = 2 * 60_000;
const HOUR = 3_600_000;
const ALWAYS: Opening = { valid: { startsAt: -Infinity, endsAt: Infinity }, spans: new Map() };
const TIMED: readonly Reason[] = ["expired", "not-yet", "not-now"];

export function indexed(list: WholeList): GateList {
  const { rules } = list;
  const windows = new Map(rules.windows.map((each) => [each.slug, { startsAt: Date.parse(each.from), endsAt: Date.parse(each.until) }]));
  return {
    rules,
    madeAt: Date.parse(rules.made_at),
    zones: new Map(rules.zones.map((each) => [each.slug, each])),
    gates: new Map(rules.gates.map((each) => [each.slug, each])),
    openings: new Map(rules.categories.map((each) => [each.code, openingOf(each, windows)])),
    categories: new Map(rules.categories.map((each) => [each.code, each])),
    entries: new Map(list.entries.map((each) => [each.n, each])),
  };
}

/** Read a text, prove its signature, and find its entry. */
export async function see(text: string, list: GateList): Promise<Seen> {
  const payload = read(text);
  if (!payload) return { entry: null, payload, fault: "not-a-pass", other: null };
  let isNamed = false;
  // Three bytes name a key: two keys may share them, so each that does is tried.
  for (const { key, other } of [{ key: list.rules.key, other: null }, ...list.rules.others.map((each) => ({ key: each.key, other: each }))]) {
    if (!key || (await keyIdOf(key)) !== payload.keyId) continue;
    isNamed = true;
    if (!(await isSignedBy(payload, key))) continue;
    if (other) return { entry: null, payload, fault: "other-edition", other };
    return { entry: list.entries.get(payload.number) ?? null, payload, fault: null, other };
  }
  return { entry: null, payload, fault: isNamed ? "forged" : "unknown-key", other: null };
}

/** An entry that was found by its name: nobody has seen the card. */
export function found(entry: Entry): Seen {
  return { entry, payload: null, fault: null, other: null };
}

/**
 * The first refusal in the order of the checks is the answer; without one, the first doubt is asked about. Whoever goes
 * out is let out: validity, zone, window and capacity say nothing then, and a void card is asked about.
 */
export function decide(seen: Seen, list: GateList, gate: string, way: Way, moment: Moment): Decision {
  const zone = list.zones.get(list.gates.get(gate)?.zone ?? "");
  if (!zone) throw new Error(`The list knows no gate ${gate}.`);
  if (seen.fault) return { verdict: "refuse", reason: seen.fault, also: [], number: null, until: null, nextAt: null };
  const number = seen.entry?.n ?? seen.payload?.number ?? null;
  const claim = claimOf(seen, list, zone);
  const doubts = doubtsOf(list, moment);
  const findings = findingsOf(seen, list, zone, claim, way, moment);
  const no = findings.find((each) => each.verdict === "refuse");
  if (no) {
    const also = TIMED.includes(no.reason) ? doubts : [];
    return { verdict: "refuse", reason: no.reason, also, number, until: no.until ?? null, nextAt: no.nextAt ?? null };
  }
  const [reason, ...also] = [...findings.map((each) => each.reason), ...doubts];
  const until = way === "in" ? untilOf(claim, moment.now) : null;
  return { verdict: reason ? "ask" : "admit", reason: reason ?? "ok", also, number, until, nextAt: null };
}

// --- The checks, in their order ---

function findingsOf(seen: Seen, list: GateList, zone: Zone, claim: Claim, way: Way, moment: Moment): Finding[] {
  const isIn = way === "in";
  const findings: Finding[] = [];
  const add = (verdict: Verdict, reason: Reason): void => void findings.push({ verdict, reason });
  if (!seen.entry || (seen.payload?.print ?? 0) > printOf(seen.entry)) add("ask", "not-on-list");
  const reason = voidOf(seen, list);
  if (reason) add(isIn ? "refuse" : "ask", reason);
  if (isIn) findings.push(...timesOf(claim, moment.now));
  if (moment.inside === isIn && zone.passback !== "off") add(zone.passback, isIn ? "inside" : "outside");
  if (isIn && !moment.inside && zone.capacity !== null && moment.nInside >= zone.capacity) add(zone.when_full, "full");
  if (kindOf(seen) === "pin") add("ask", "group");
  return findings;
}

function voidOf({ entry, payload }: Seen, list: GateList): Reason | null {
  if (!entry) return null;
  if (payload && payload.print < printOf(entry)) return "old-print";
  switch (entry.s) {
    case "issued":
      return null;
    case "printed":
      return list.rules.printed_is_valid ? null : "not-issued";
    case "suspended":
    case "revoked":
    case "lost":
    case "returned":
      return entry.s;
    default:
      return "not-issued";
  }
}

function timesOf({ valid, enters, spans }: Claim, now: number): Finding[] {
  const nextAt = spans.find((each) => each.startsAt > now)?.startsAt;
  if (now < valid.startsAt) return [{ verdict: "refuse", reason: "not-yet", nextAt: nextAt ?? valid.startsAt }];
  if (now >= valid.endsAt) return [{ verdict: "refuse", reason: "expired", until: valid.endsAt }];
  if (!enters) return [{ verdict: "refuse", reason: "no-zone" }];
  return spans.some((each) => holds(each, now)) ? [] : [{ verdict: "refuse", reason: "not-now", nextAt }];
}

function doubtsOf(list: GateList, { now, confirmedAt, clockIsSure }: Moment): Reason[] {
  const doubts: Reason[] = [];
  if (!clockIsSure || now < list.madeAt - CLOCK_SLACK) doubts.push("clock");
  if (now - confirmedAt > list.rules.hours * HOUR) doubts.push("list-old");
  return doubts;
}

function printOf(entry: Entry): number {
  return entry.p ?? 1;
}

function kindOf(seen: Seen): Kind | string {
  return seen.entry ? (seen.entry.k ?? "badge") : (seen.payload?.kind ?? "badge");
}

// --- When a pass may enter ---

function claimOf({ entry, payload }: Seen, list: GateList, zone: Zone): Claim {
  if (!entry) return carried(payload, zone);
  const opening = list.openings.get(entry.c ?? 0) ?? ALWAYS;
  const valid = {
    startsAt: entry.f ? Date.parse(entry.f) : opening.valid.startsAt,
    endsAt: entry.u ? Date.parse(entry.u) : opening.valid.endsAt,
  };
  const spans = entry.z?.includes(zone.slug) ? [valid] : (opening.spans.get(zone.slug) ?? []);
  return { valid, enters: spans.length > 0, spans: within(spans, valid) };
}

function carried(payload: Payload | null, zone: Zone): Claim {
  const valid = payload ?? ALWAYS.valid;
  const enters = payload !== null && ((payload.zones >> zone.bit) & 1) === 1;
  return { valid, enters, spans: enters ? [valid] : [] };
}

function untilOf(claim: Claim, now: number): number | null {
  const ends = claim.spans.find((each) => holds(each, now))?.endsAt;
  return ends === undefined || ends === Infinity ? null : ends;
}

function holds(span: Stretch, now: number): boolean {
  return span.startsAt <= now && now < span.endsAt;
}

function within(spans: Stretch[], outer: Stretch): Stretch[] {
  return spans
    .map((each) => ({ startsAt: Math.max(each.startsAt, outer.startsAt), endsAt: Math.min(each.endsAt, outer.endsAt) }))
    .filter((each) => each.startsAt < each.endsAt);
}

// --- The list, made ready ---

function openingOf(category: Category, windows: Map<string, Stretch>): Opening {
  const spans = new Map(
    Object.entries(category.access).map(([zone, slugs]) => [zone, merged(slugs.flatMap((slug) => windows.get(slug) ?? []))]),
  );
  const every = [...spans.values()].flat();
  if (!every.length) return { valid: ALWAYS.valid, spans };
  const startsAt = Math.min(...every.map((each) => each.startsAt));
  return { valid: { startsAt, endsAt: Math.max(...every.map((each) => each.endsAt)) }, spans };
}

function merged(spans: Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const span of [...spans].sort((a, b) => a.startsAt - b.startsAt)) {
    const last = all.at(-1);
    if (last && span.startsAt <= last.endsAt) last.endsAt = Math.max(last.endsAt, span.endsAt);
    else all.push({ ...span });
  }
  return all;
}
