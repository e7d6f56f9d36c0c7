import { expect, test } from "vitest";

import shared from "../../tests/data/gate_cases.json";
import codes from "../../tests/data/passes.json";
import { decide, type Decision, found, type GateList, indexed, type Moment, REASONS, see, type Seen } from "../src/gate/decide";
import type { Entry, Rules, Way, WholeList } from "../src/gate/wire";

interface Case {
  name: string;
  pass?: string;
  entry?: number;
  text?: string;
  gate: string;
  way: Way;
  now: string;
  confirmed_at?: string;
  inside?: boolean | null;
  n_inside?: number;
  clock?: boolean;
  rules?: Partial<Rules>;
  zone?: object;
  list_entry?: Partial<Entry>;
  expect: { verdict: string; reason: string; also?: string[]; number?: number; until?: string; next_at?: string };
}

const CASES = shared.cases as Case[];
const TEXTS = codes.passes as Record<string, { text: string }>;

function listOf(each: Partial<Case>): GateList {
  const rules = { ...(shared.rules as unknown as Rules), ...each.rules };
  const here = rules.gates.find((gate) => gate.slug === each.gate)?.zone;
  const zones = rules.zones.map((zone) => (zone.slug === here ? { ...zone, ...each.zone } : zone));
  const entries = (shared.entries as Entry[]).map((entry) => ({ ...entry, ...each.list_entry }));
  return indexed({ rules: { ...rules, zones }, delegations: [], capacities: [], entries } satisfies WholeList);
}

async function seenIn(each: Case, list: GateList): Promise<Seen> {
  if (each.entry) return found(list.entries.get(each.entry)!);
  return see(each.pass ? TEXTS[each.pass]!.text : (each.text ?? ""), list);
}

function momentOf(each: Case): Moment {
  const confirmedAt = Date.parse(each.confirmed_at ?? each.now);
  return { now: Date.parse(each.now), confirmedAt, inside: each.inside ?? null, nInside: each.n_inside ?? 0, clockIsSure: each.clock ?? true };
}

test.each(CASES.map((each) => [each.name, each] as const))("%s", async (_, each) => {
  const list = listOf(each);

  const decision = decide(await seenIn(each, list), list, each.gate, each.way, momentOf(each));

  const said = each.expect;
  expect(decision).toEqual({
    verdict: said.verdict,
    reason: said.reason,
    also: said.also ?? [],
    number: said.number ?? null,
    until: said.until ? Date.parse(said.until) : null,
    nextAt: said.next_at ? Date.parse(said.next_at) : null,
  } as Decision);
});

test("each reason has a shared case", () => {
  expect(new Set(CASES.map((each) => each.expect.reason))).toEqual(new Set(REASONS));
});

test("a gate that the list does not know is a fault of the caller", () => {
  expect(() => decide(found({ n: 1 }), listOf({}), "back-door", "in", momentOf(CASES[0]!))).toThrow("back-door");
});

test("whose pass it is stays known", async () => {
  const seen = await see(TEXTS["other-edition"]!.text, listOf({}));

  expect(seen.other?.edition).toBe("atlantic2025");
});
