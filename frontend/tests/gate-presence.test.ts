import { expect, test } from "vitest";

import { changeOf, Presence } from "../src/gate/presence";
import { Queue } from "../src/gate/queue";
import { browser, draft, enrolled, opened } from "./gate/keeping";

test("who came in is inside, who went out is not, and of others nothing is known", async () => {
  const store = await enrolled();
  const queue = new Queue(store);
  const presence = await Presence.load(store, []);
  for (const change of [{ n: 101 }, { n: 102 }, { n: 102, way: "out" as const }, { n: 103, answer: "refused" as const }]) presence.note(await queue.add(draft(change)));

  expect([101, 102, 103, 104].map((n) => presence.inside("hall", n))).toEqual([true, false, null, null]);
  expect(presence.inside("press-centre", 101)).toBeNull();
});

test("it is known after a reload, delivered or not", async () => {
  const here = browser();
  const store = await enrolled(here);
  const queue = new Queue(store);
  await queue.add(draft({ n: 101 }));
  const waits = await queue.add(draft({ n: 102, guests: 2 }));
  await queue.taken((await queue.batch(1)).scans.map(({ id }) => id), 2);
  await store.keepMeta({ inside: { hall: 7 } });
  store.close();

  const presence = await Presence.load(await opened(here), [waits]);

  expect([presence.inside("hall", 101), presence.inside("hall", 102), presence.count("hall")]).toEqual([true, true, 10]);
});

test("own scans count until a pulse asked after their delivery counts them", async () => {
  const store = await enrolled();
  const queue = new Queue(store);
  const presence = await Presence.load(store, []);
  presence.heard({ hall: 5 }, 0);
  const one = await queue.add(draft({ n: 101, guests: 3 }));
  const other = await queue.add(draft({ n: 102, way: "out" }));
  for (const scan of [one, other]) presence.note(scan);
  expect(presence.count("hall")).toBe(8);

  presence.taken([one.id, other.id], 1000);
  expect(presence.count("hall")).toBe(8);
  presence.heard({ hall: 5 }, 900);
  expect(presence.count("hall")).toBe(8);
  presence.heard({ hall: 8 }, 1001);

  expect(presence.all(["hall", "press-centre"])).toEqual({ hall: 8, "press-centre": 0 });
});

test("a zone never holds fewer than nobody", async () => {
  const presence = await Presence.load(await enrolled(), []);
  presence.note({ ...draft({ way: "out", guests: 4 }), id: "a", seq: 1 });

  expect(presence.count("hall")).toBe(0);
});

test.each([
  [{ answer: "admitted", way: "in", guests: 0 }, 1],
  [{ answer: "admitted", way: "in", guests: 4 }, 5],
  [{ answer: "admitted", way: "out", guests: 1 }, -2],
  [{ answer: "refused", way: "in", guests: 9 }, 0],
] as const)("%j changes the count by %d", (scan, change) => {
  expect(changeOf(scan)).toBe(change);
});

test("what other gates let in is known, and a later move of this device stands", async () => {
  const store = await enrolled();
  const queue = new Queue(store);
  const presence = await Presence.load(store, []);
  const own = await queue.add(draft({ n: 101, way: "out" }));
  presence.note(own);

  presence.learned([
    [101, own.zone, true, new Date(Date.parse(own.at) - 60_000).toISOString()],
    [102, own.zone, true, own.at],
  ]);
  presence.learned([[102, own.zone, false, new Date(Date.parse(own.at) + 1_000).toISOString()]]);

  expect([101, 102, 103].map((n) => presence.inside(own.zone, n))).toEqual([false, false, null]);
});
