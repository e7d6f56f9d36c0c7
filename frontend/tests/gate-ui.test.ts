// The screens of the gate without a page: which follows from what, and what an officer is shown of a decision.
import { describe, expect, test } from "vitest";

import shared from "../../tests/data/gate_cases.json";
import { guestsOf, peopleOf } from "../src/gate/at-group";
import { middle } from "../src/gate/camera";
import { type Decision, found, type Reason, type Seen } from "../src/gate/decide";
import { Roll } from "../src/gate/list";
import { Memory, MOST_RECENT } from "../src/gate/memory";
import { Repeats } from "../src/gate/repeats";
import { type Happened, mayJudge, next, START, type State } from "../src/gate/screens";
import { type Matter, shownOf } from "../src/gate/shown";
import { SHAKES, TUNES } from "../src/gate/sounds";
import type { Entry, Scan, WholeList } from "../src/gate/wire";
import { filled, type Said, Speech } from "../src/gate/words";

const { rules, entries } = shared as unknown as Pick<WholeList, "rules" | "entries">;
const PART = new Proxy({}, { get: (_, key) => (typeof key === "string" ? `${key}:%(n)s%(name)s%(until)s%(next)s` : undefined) }) as Record<string, string>;
const PAIRS = new Proxy({}, { get: (_, key) => [`title ${String(key)}`, `sentence ${String(key)} %(n)s`] }) as Record<string, [string, string]>;
const SAID = { ready: { "age-now": "new", "age-minutes": "%(n)s min", "age-hours": "%(n)s h" }, verdict: PART, verdicts: PART, times: PART, hints: PART, kinds: { badge: "Badge", pin: "Pin", floater: "Floater" }, marks: { security: "Security" }, reasons: PAIRS, troubles: PAIRS } as unknown as Said;
const ENGLISH = new Speech(SAID, "en", "Europe/Lisbon");
const PERSIAN = new Speech(SAID, "fa", "Asia/Tehran");
const NOW = Date.parse("2027-10-30T12:00:00+01:00");

const WHO: Entry = { n: 1204, p: 2, k: "badge", s: "issued", c: 2, d: 0, role: 0, name: "RAD Nilufar", names: { fa: "نیلوفر راد", ru: "Нилуфар Рад" } };
const roll = new Roll({ rules, entries: [...entries.filter(({ n }) => n !== 1204), WHO], delegations: [{ slug: "gilan", name: { en: "Gilan", fa: "گیلان" } }], capacities: [{ slug: "head", name: { en: "Head" } }] });

function decision(reason: Reason, change: Partial<Decision> = {}): Decision {
  return { verdict: "admit", reason, also: [], number: 1204, until: null, nextAt: null, ...change };
}

function matter(made: Decision, seen: Seen = found(WHO), text?: string): Matter {
  return { decision: made, seen, roll, gate: "hall-door", now: NOW, ...(text === undefined ? {} : { text }) };
}

function after(...happened: Happened[]): State {
  return happened.reduce(next, START);
}

const OPEN: Happened[] = [{ kind: "opened", health: { state: "enrolled", lost: 0 } }, { kind: "unlocked" }];

describe("which screen follows", () => {
  test.each([
    ["fresh", "setup", false],
    ["dropped", "setup", true],
    ["enrolled", "pin", false],
    ["torn", "pin", false],
  ] as const)("a device that is %s opens with %s", (state, screen, isDropped) => {
    expect(after({ kind: "opened", health: { state, lost: 3 } })).toMatchObject({ screen, isDropped, isOpen: false });
  });

  test("what is torn stays told behind the PIN", () => {
    expect(after({ kind: "opened", health: { state: "torn", lost: 3 } }, { kind: "unlocked" })).toMatchObject({ screen: "ready", lost: 3, troubles: ["torn"] });
  });

  test("nothing leads past the PIN", () => {
    const locked = after(...OPEN, { kind: "judged" }, { kind: "locked" });
    for (const happened of [{ kind: "judged" }, { kind: "grouped" }, { kind: "went", to: "find" }] as Happened[]) expect(next(locked, happened)).toEqual(locked);
    expect(locked.screen).toBe("pin");
  });

  test("a group follows from an answer alone", () => {
    expect(after(...OPEN, { kind: "grouped" }).screen).toBe("ready");
    expect(after(...OPEN, { kind: "judged" }, { kind: "grouped" }).screen).toBe("group");
  });

  test.each(["shut-out", "erased", "unknown", "gone"] as const)("a device that is %s shows the end, and is set up anew", (end) => {
    const ended = after(...OPEN, { kind: "ended", end, lost: 7 });
    expect(ended).toMatchObject({ screen: "ended", end, lost: 7, isOpen: false });
    expect(next(ended, { kind: "anew" }).screen).toBe("setup");
  });

  test("without storage there is nothing to set up", () => {
    expect(after({ kind: "ended", end: "no-storage", lost: 0 }, { kind: "anew" }).screen).toBe("ended");
  });

  test("a trouble is told once, and goes", () => {
    const troubled = after(...OPEN, { kind: "trouble", code: "clock", isOn: true });
    expect(next(troubled, { kind: "trouble", code: "clock", isOn: true })).toBe(troubled);
    expect(next(troubled, { kind: "trouble", code: "clock", isOn: false }).troubles).toEqual([]);
  });

  test("a camera waits for the officer, a reader only for an answer", () => {
    const [ready, answered, group, settings] = [after(...OPEN), after(...OPEN, { kind: "judged" }), after(...OPEN, { kind: "judged" }, { kind: "grouped" }), after(...OPEN, { kind: "went", to: "settings" })];
    expect([mayJudge(ready, "no", "camera"), mayJudge(answered, "rests", "camera"), mayJudge(answered, "no", "camera"), mayJudge(settings, "no", "camera")]).toEqual([true, false, true, false]);
    expect([mayJudge(answered, "rests", "reader"), mayJudge(answered, "asks", "reader"), mayJudge(group, "no", "reader"), mayJudge(settings, "no", "reader")]).toEqual([true, false, false, true]);
    expect(mayJudge(after(OPEN[0]!), "no", "reader")).toBe(false);
  });
});

describe("what a verdict shows", () => {
  test("a name in the officer's script, and that of the document", () => {
    const shown = shownOf(matter(decision("ok", { until: NOW + 3_600_000 })), PERSIAN);
    expect(shown).toMatchObject({ name: "نیلوفر راد", of: "گیلان", tone: "admit", asks: "", letter: "B" });
    expect(shown.document).toContain("RAD Nilufar");
    expect(shown.number).toContain("۱۲۰۴");
    expect(shown.when).toContain("۱۵:۳۰");
  });

  test("the document's spelling alone where there is no other", () => {
    expect(shownOf(matter(decision("ok")), ENGLISH)).toMatchObject({ name: "RAD Nilufar", document: "", office: "Head" });
  });

  test("the zones it opens, this one marked", () => {
    const { zones } = shownOf(matter(decision("ok")), ENGLISH);
    expect(zones.map(({ letter, isHere }) => [letter, isHere])).toEqual([["S", false], ["H", true]]);
  });

  test("only a question has buttons, and a pin those of a group", () => {
    const asks = (reason: Reason, also: Reason[] = []): string => shownOf(matter(decision(reason, { verdict: "ask", also })), ENGLISH).asks;
    expect([asks("inside"), asks("group"), asks("full", ["group"])]).toEqual(["choice", "group", "group"]);
    expect(shownOf(matter(decision("revoked", { verdict: "refuse" })), ENGLISH).asks).toBe("");
  });

  test("of a forged code nothing that it says", () => {
    const payload = { kind: "badge", category: 2 } as Seen["payload"];
    const shown = shownOf(matter(decision("forged", { verdict: "refuse", number: null }), { entry: null, payload, fault: "forged", other: null }), ENGLISH);
    expect(shown).toMatchObject({ name: "", category: "", number: "", zones: [], tone: "refuse" });
  });

  test("whose pass it is where it is another summit's", () => {
    const other = { edition: "b", name: { en: "Other summit" } };
    expect(shownOf(matter(decision("other-edition", { verdict: "refuse", number: null }), { entry: null, payload: null, fault: "other-edition", other }), ENGLISH).name).toBe("");
  });

  test("when it may come back, and when it ended", () => {
    expect(shownOf(matter(decision("not-now", { verdict: "refuse", nextAt: NOW + 86_400_000 })), ENGLISH).when).toContain("31 October, 11:00");
    expect(shownOf(matter(decision("expired", { verdict: "refuse", until: NOW - 3_600_000 })), ENGLISH).when).toMatch(/^ended/);
    expect(shownOf(matter(decision("revoked", { verdict: "refuse" })), ENGLISH).when).toBe("");
  });

  test("a reader that lost the capitals is told so", () => {
    expect(shownOf(matter(decision("not-a-pass", { verdict: "refuse", number: null }), { entry: null, payload: null, fault: "not-a-pass", other: null }, "A".repeat(110)), ENGLISH).sentence).toMatch(/^capitals/);
  });

  test("a token names its kind and its mark, and a void badge only what it is", () => {
    expect(shownOf(matter(decision("ok"), found({ n: 31, k: "floater", s: "issued", m: "security" })), ENGLISH)).toMatchObject({ name: "Floater" });
    expect(shownOf(matter(decision("revoked", { verdict: "refuse" }), found({ n: 9, s: "revoked" })), ENGLISH)).toMatchObject({ name: "Badge", document: "" });
  });

  test("three answers differ for the ear and for the hand", () => {
    expect(new Set(Object.values(TUNES).map((tune) => JSON.stringify(tune))).size).toBe(3);
    expect(new Set(Object.values(SHAKES).map(String)).size).toBe(3);
  });
});

describe("what else the page counts", () => {
  test("a place in a sentence that has no value stays to be seen", () => {
    expect(filled("%(n)s of %(most)s", { n: 3 })).toBe("3 of %(most)s");
  });

  test.each([[0, "new"], [59_000, "new"], [60_000, "1 min"], [7_140_000, "119 min"], [7_200_000, "2 h"]])("a list of %d ms is %s old", (ms, words) => {
    expect(ENGLISH.age(ms)).toBe(words);
  });

  test("a language that the browser does not know keeps plain digits", () => {
    expect(new Speech(SAID, "xx", "UTC").time(0)).toBe("00:00");
  });

  test("guests are counted in any digits, and within reason", () => {
    expect(["۱۲", " 3 ", "-4", "x", "", "9999"].map(guestsOf)).toEqual([12, 3, 4, 0, 0, 200]);
  });

  test("a group is made of the delegation's badges that were handed out", () => {
    const some: Entry[] = [{ n: 9, d: 0, s: "issued" }, { n: 2, d: 0, s: "issued", k: "badge" }, { n: 3, d: 0, s: "revoked" }, { n: 4, d: 0, s: "issued", k: "pin" }, { n: 5, d: 1, s: "issued" }, { n: 6, s: "issued" }];
    expect(peopleOf(some, 0).map(({ n }) => n)).toEqual([2, 9]);
    expect(peopleOf(some, undefined)).toEqual([]);
  });

  test("the same code counts again once it was out of sight for three seconds", () => {
    const repeats = new Repeats();
    expect([repeats.isNew("a", 0), repeats.isNew("a", 2_000), repeats.isNew("a", 4_900), repeats.isNew("b", 5_000), repeats.isNew("b", 8_100)]).toEqual([true, false, false, true, true]);
    repeats.forget();
    expect(repeats.isNew("b", 8_200)).toBe(true);
  });

  test("the middle of a picture is a square that lies within it", () => {
    expect(middle(1280, 720)).toEqual({ x: 334, y: 54, side: 612, size: 600 });
    expect(middle(480, 640)).toEqual({ x: 36, y: 116, side: 408, size: 408 });
  });

  test("the last scans are remembered by number, and forgotten with the device", () => {
    const held = new Map<string, string>();
    const storage = { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value) } as unknown as Storage;
    const memory = new Memory("x", storage, storage);
    for (let n = 0; n <= MOST_RECENT; n++) memory.note({ id: String(n), n, way: "in", verdict: "admit", reason: "ok", answer: "admitted", by: "reader", at: "", guests: 0 } as Scan);
    memory.change("50", { isUndone: true });
    expect([memory.recent.length, new Memory("x", storage, storage).recent[0]?.isUndone]).toEqual([MOST_RECENT, true]);
    memory.forget();
    expect(new Memory("x", storage, storage).recent).toEqual([]);
  });

  test("a browser without storage remembers while the page is open", () => {
    const memory = new Memory("x", null, null);
    memory.keep({ way: "out" });
    expect(memory.habits).toEqual({ way: "out", gate: "", hasSound: true });
  });
});
