import { expect, test } from "vitest";

import { folded } from "../src/gate/folding";
import { ageMs, Misfit, Roll, usableUntil } from "../src/gate/list";
import type { Delta, Entry, WholeList } from "../src/gate/wire";
import { vectors } from "./gate/keeping";

const WHOLE = vectors.whole.value as unknown as WholeList;
const SIX = vectors.delta6.value as Delta;
const SEVEN = vectors.delta7.value as Delta;

function roll(): Roll {
  return new Roll(structuredClone(WHOLE));
}

function named(entries: Partial<Entry>[]): Roll {
  return new Roll({ ...structuredClone(WHOLE), entries: entries.map((entry, place) => ({ n: place + 1, ...entry })) });
}

function numbers(found: Entry[]): number[] {
  return found.map(({ n }) => n);
}

test("changes in order leave what the server has", () => {
  const held = roll();
  held.apply(SIX, 5);
  held.apply(SEVEN, 6);

  expect([held.revision, held.entry(102)?.s, held.entry(103), held.entry(104)?.name]).toEqual([7, "revoked", undefined, "NIYAZOWA OGULJAN"]);
  expect(held.ready.entries.get(102)?.s).toBe("revoked");
  expect(numbers(held.find("oguljan"))).toEqual([104]);
});

test.each([
  ["a gap", { ...SEVEN }, 6, "revision"],
  ["an older state", { ...SIX, revision: 4 }, 5, "revision"],
  ["a delegation that is not there", { ...SIX, entries: [{ n: 102, d: 7 }] }, 5, "index"],
  ["another edition", { ...SIX, rules: { ...WHOLE.rules, edition: "atlantic-2027" } }, 5, "other-edition"],
  ["no shape", { revision: 6 } as Delta, 5, "shape"],
])("a change with %s does not fit, and changes nothing", (_, delta, since, reason) => {
  const held = roll();

  expect(() => held.apply(delta as Delta, since)).toThrow(reason);

  expect([held.revision, held.entry(102)?.s, held.size]).toEqual([5, "issued", 4]);
});

test("new rules and delegations come with a change", () => {
  const held = roll();
  const delegations = [...WHOLE.delegations, { slug: "arcadia", name: { en: "Arcadia" } }];

  held.apply({ ...SIX, rules: { ...WHOLE.rules, hours: 12 }, delegations, entries: [{ n: 105, name: "NEW", d: 1 }] }, 5);

  expect([held.rules.hours, held.rules.revision, held.delegation(held.entry(105)!)?.slug]).toEqual([12, 6, "arcadia"]);
});

test.each([null, [], {}, { rules: {} }, { ...WHOLE, entries: null }, { ...WHOLE, entries: [{ n: "x" }] }])("%j is no list", (value) => {
  expect(() => new Roll(value as WholeList)).toThrow(Misfit);
});

test.each([
  ["marks", "Bjørn Čapek", "bjorn capek"],
  ["case", "ŞAHİN", "sahin"],
  ["dotless and schwa", "Əliyev Ilqar qızı", "eliyev ilqar qizi"],
  ["Arabic yeh and kaf", "علي كريمي", "علی کریمی"],
  ["joiners", "محمد‌رضا", "محمدرضا"],
  ["hamza and alef", "أحمد آقا", "احمد اقا"],
  ["Cyrillic", "Семёнов Йо́сиф", "семенов иосиф"],
  ["Kazakh letters", "Қасым-Жомарт", "касым жомарт"],
  ["digits", "۱۲۳ ٤٥", "123 45"],
])("names are folded: %s", (_, name, expected) => {
  expect(folded(name)).toBe(expected);
});

test.each([
  ["saidi", [1]],
  ["ali sai", [1]],
  ["علي", [1]],
  ["علی سعیدی", [1]],
  ["محمدرضا", [2]],
  ["محمد رضا", [2]],
  ["رضا", [2]],
  ["мария", [3]],
  ["МАРИЯ ИВАНОВА", [3]],
  ["bjorn", [4]],
  ["utopia", [1, 2, 3, 4]],
  ["آرمان‌شهر علی", [1]],
  ["3", [3]],
  ["۳", [3]],
  ["jorn", []],
  ["", []],
  ["()[", []],
])("%j finds %j", (typed, expected) => {
  const held = named([
    { name: "SAIDI ALI", names: { fa: "علی سعیدی" }, d: 0 },
    { name: "KARIMI MOHAMMADREZA", names: { fa: "محمد‌رضا کریمی" }, d: 0 },
    { name: "IVANOVA MARIA", names: { ru: "Мария Иванова" }, d: 0 },
    { name: "ERIKSEN BJØRN", d: 0 },
  ]);

  expect(numbers(held.find(typed))).toEqual(expected);
});

test("who is called so comes before who is also called so", () => {
  const held = named([{ name: "KARIM ALI" }, { name: "ALI HASAN" }]);

  expect(numbers(held.find("ali"))).toEqual([2, 1]);
});

test("a name is found among 20,000", () => {
  const many = [...Array(20_000).keys()].map((n) => ({ name: `FAMILY${n % 977} GIVEN${n}`, names: { fa: `خانواده${n % 977} نام${n}`, ru: `Семья${n}` }, d: 0 }));
  const held = named(many);

  expect(["given19999", "nobody"].map((typed) => numbers(held.find(typed)))).toEqual([[20_000], []]);
});

test("a gate wants the photos of who may enter its zone", () => {
  const held = roll();
  held.apply({ ...SIX, entries: [{ n: 105, c: 2, z: ["hall"], pic: "p105" }] }, 5);

  expect([held.photosFor("north"), held.photosFor("press-door"), held.photosFor("nowhere")]).toEqual([["p101", "p102", "p105"], ["p103", "p105"], []]);
});

test("a list may be used its hours after the server last confirmed it", () => {
  const now = new Date("2027-08-11T08:00:00Z");

  expect(usableUntil("2027-08-10T09:00:00Z", 24).toISOString()).toBe("2027-08-11T09:00:00.000Z");
  expect([ageMs("2027-08-11T07:00:00Z", now), ageMs(null, now)]).toEqual([3_600_000, Infinity]);
  expect(usableUntil(null, 24).getTime()).toBe(0);
});
