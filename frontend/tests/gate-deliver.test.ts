import { expect, test, vi } from "vitest";

import { alone } from "../src/gate/alone";
import { StoreFull } from "../src/storage/database";
import { Refused } from "../src/gate/api";
import { Deliverer, type Delivery, pauseMs, placeOf } from "../src/gate/deliver";
import { Queue } from "../src/gate/queue";
import type { Scan } from "../src/gate/wire";
import { browser, draft, enrolled, opened, queued } from "./gate/keeping";
import { FakeServer } from "./gate/server";

function delivererOf(queue: Queue, server: FakeServer): { deliverer: Deliverer; aside: string[] } {
  const aside: string[] = [];
  return { deliverer: new Deliverer(queue, server, { taken: () => undefined, aside: (_, fault) => aside.push(fault) }, () => 1), aside };
}

// Delivers as the page does: again after each pause.
async function untilDone(deliverer: Deliverer, most = 20): Promise<Delivery[]> {
  const met: Delivery[] = [];
  for (let n = 0; n < most; n++) {
    const ended = await deliverer.run();
    met.push(ended);
    if (ended.kind !== "paused") return met;
  }
  return met;
}

function orderOf(scans: Scan[]): (number | null)[] {
  return scans.map(({ n }) => n);
}

function firstNumbers(n: number): number[] {
  return [...Array(n).keys()].map((place) => place + 1);
}

test("scans are delivered in order, fifty at a time, and leave the queue", async () => {
  const queue = await queued(await enrolled(), 120);
  const server = new FakeServer();

  expect(await untilDone(delivererOf(queue, server).deliverer)).toEqual([{ kind: "empty" }]);

  expect(orderOf(server.taken)).toEqual(firstNumbers(120));
  expect(server.taken.map(({ seq }) => seq)).toEqual(firstNumbers(120));
  expect(server.asked).toEqual(["scans 50", "scans 50", "scans 20"]);
  expect(await queue.counts()).toEqual({ waiting: 0, aside: 0 });
});

test("an answer that is lost after the server wrote leads to the same batch again, and nothing twice", async () => {
  const queue = await queued(await enrolled(), 7);
  const server = new FakeServer();
  server.troubles = ["lost", "offline", "lost"];

  const met = await untilDone(delivererOf(queue, server).deliverer);

  expect(met.map(({ kind }) => kind)).toEqual(["paused", "paused", "paused", "empty"]);
  expect(orderOf(server.taken)).toEqual(firstNumbers(7));
});

test("a page killed while it delivers goes on after a reload, with scans that came meanwhile", async () => {
  const here = browser();
  const store = await enrolled(here);
  const queue = await queued(store, 60);
  const server = new FakeServer();
  server.troubles = ["lost"];
  await delivererOf(queue, server).deliverer.run();
  store.close();

  const again = new Queue(await opened(here));
  await again.add(draft({ n: 61 }));
  await untilDone(delivererOf(again, server).deliverer);

  expect(orderOf(server.taken)).toEqual(firstNumbers(61));
});

test("scans added while a batch is on its way keep their place", async () => {
  const queue = await queued(await enrolled(), 3);
  const server = new FakeServer();
  const scans = server.scans.bind(server);
  vi.spyOn(server, "scans").mockImplementationOnce(async (run, batch) => {
    await queue.add(draft({ n: 4 }));
    return scans(run, batch);
  });

  await untilDone(delivererOf(queue, server).deliverer);

  expect(server.taken.map(({ n, seq }) => [n, seq])).toEqual([[1, 1], [2, 2], [3, 3], [4, 4]]);
});

test("a gap is closed from the number that the server expects", async () => {
  const queue = await queued(await enrolled(), 6);
  const server = new FakeServer();
  await queue.renumber(4);

  await untilDone(delivererOf(queue, server).deliverer);

  expect(server.taken.map(({ n, seq }) => [n, seq])).toEqual(firstNumbers(6).map((n) => [n, n]));
});

test("a device whose storage went back in time loses nothing and doubles nothing", async () => {
  const store = await enrolled();
  const queue = await queued(store, 4);
  const server = new FakeServer();
  const meta = (await store.meta())!;
  const old = (await queue.waiting()).slice(0, 2);
  await untilDone(delivererOf(queue, server).deliverer);
  // The battery died: two that were delivered are back, and a new scan takes a number that was used.
  await store.keepMeta({ ...meta, nextSeq: 3 });
  await store.base.change(["queue"], async (transaction) => old.forEach((each) => transaction.objectStore("queue").put(each)));
  await queue.add(draft({ n: 99 }));

  await untilDone(delivererOf(queue, server).deliverer);

  expect(orderOf(server.taken)).toEqual([1, 2, 3, 4, 99]);
  expect(server.taken.at(-1)?.seq).toBe(5);
  expect((await queue.add(draft())).seq).toBe(6);
});

test("a scan that the server will never take stands aside, and the others go on", async () => {
  const queue = await queued(await enrolled(), 60);
  const server = new FakeServer();
  server.bad = ({ n }) => (n === 3 || n === 55 ? "way" : "");
  const { deliverer, aside } = delivererOf(queue, server);

  await untilDone(deliverer);

  expect(orderOf(server.taken)).toEqual(firstNumbers(60).filter((n) => n !== 3 && n !== 55));
  expect(aside).toEqual(["scans[2].way", "scans[3].way"]);
  expect((await queue.aside()).map(({ scan, fault }) => [scan.n, fault])).toEqual([[3, "scans[2].way"], [55, "scans[3].way"]]);
  expect(await queue.counts()).toEqual({ waiting: 0, aside: 2 });
});

test("what stood aside is sent again at the end, once the server takes it", async () => {
  const queue = await queued(await enrolled(), 4);
  const server = new FakeServer();
  server.bad = ({ n }) => (n === 2 ? "way" : "");
  await untilDone(delivererOf(queue, server).deliverer);

  server.bad = () => "";
  await queue.retryAside();
  await untilDone(delivererOf(queue, server).deliverer);

  expect(orderOf(server.taken)).toEqual([1, 3, 4, 2]);
  expect(await queue.counts()).toEqual({ waiting: 0, aside: 0 });
});

test.each(["unknown", "shut-out"] as const)("a device that is %s stops, and keeps what waits", async (fault) => {
  const queue = await queued(await enrolled(), 2);
  const server = new FakeServer();
  server.troubles = [fault];

  expect(await untilDone(delivererOf(queue, server).deliverer)).toEqual([{ kind: "stopped", fault }]);
  expect(await queue.counts()).toEqual({ waiting: 2, aside: 0 });
});

test("a disk that is full when the answer comes delivers nothing twice", async () => {
  const queue = await queued(await enrolled(), 2);
  const server = new FakeServer();
  vi.spyOn(queue, "taken").mockRejectedValueOnce(new StoreFull());

  const met = await untilDone(delivererOf(queue, server).deliverer);

  expect(met.map(({ kind }) => kind)).toEqual(["paused", "empty"]);
  expect(orderOf(server.taken)).toEqual([1, 2]);
});

test("a run that is another device's begins anew", async () => {
  const queue = await queued(await enrolled(), 3);
  const server = new FakeServer();
  const { run } = await queue.batch();
  vi.spyOn(server, "scans").mockRejectedValueOnce(new Refused("shape", { at: "run" }));

  await untilDone(delivererOf(queue, server).deliverer);

  expect(orderOf(server.taken)).toEqual([1, 2, 3]);
  expect([...server.runs.keys()]).not.toContain(run);
});

test("a scan over which the server breaks goes behind the others, and is not lost", async () => {
  const queue = await queued(await enrolled(), 5);
  const server = new FakeServer();
  const scans = server.scans.bind(server);
  vi.spyOn(server, "scans").mockImplementation(async (run, batch) => {
    if (batch.some(({ n }) => n === 2)) throw new Refused("busy", { status: 500 });
    return scans(run, batch);
  });

  await untilDone(delivererOf(queue, server).deliverer, 12);

  expect(orderOf(server.taken)).toEqual([1, 3, 4, 5]);
  expect((await queue.waiting()).map(({ scan }) => [scan.n, scan.seq])).toEqual([[2, 5]]);
});

test("a server that takes nothing is not asked without end", async () => {
  const queue = await queued(await enrolled(), 2);
  const server = new FakeServer();
  server.troubles = Array(5).fill("silent");
  server.scans = vi.fn(async () => ({ taken: [], next: 1, flags: [], now: server.now }));

  expect(await delivererOf(queue, server).deliverer.run()).toMatchObject({ kind: "paused", fault: "strange" });
  expect(server.scans).toHaveBeenCalledTimes(1);
});

test("a server that never agrees on the order is asked later again", async () => {
  const queue = await queued(await enrolled(), 3);
  const server = new FakeServer();
  server.troubles = Array(2).fill("order");

  const ended = await delivererOf(queue, server).deliverer.run();

  expect(ended).toMatchObject({ kind: "paused", fault: "order" });
  expect(await queue.counts()).toEqual({ waiting: 3, aside: 0 });
});

test("pauses double from one second to thirty, and are never the same for two devices", () => {
  expect([1, 2, 3, 5, 6, 20].map((failures) => pauseMs(failures, 1))).toEqual([1000, 2000, 4000, 16_000, 30_000, 30_000]);
  expect(pauseMs(3, 0)).toBe(2000);
});

test.each([["scans[3].way", 3], ["scans[12]", 12], ["run", -1], ["", -1]])("%j names the scan %d", (at, place) => {
  expect(placeOf(at)).toBe(place);
});

test("5,000 scans of a day are delivered in order, each once", async () => {
  const store = await enrolled();
  const queue = new Queue(store);
  // Written at once: that a device writes them one by one over a day is not what is measured.
  await store.base.change(["queue", "settings"], async (transaction) => {
    for (const n of firstNumbers(5000)) transaction.objectStore("queue").add({ scan: { ...draft({ n }), id: `id-${n}`, seq: n } });
  });
  await store.keepMeta({ nextSeq: 5001 });
  const server = new FakeServer();

  await untilDone(delivererOf(queue, server).deliverer);

  expect(orderOf(server.taken)).toEqual(firstNumbers(5000));
});

test.each(["locks", "lease"] as const)("of two tabs one delivers, by %s", async (means) => {
  const here = browser();
  const [one, other] = [await enrolled(here), await opened(here)];
  await queued(one, 30);
  const server = new FakeServer();
  const locks = means === "locks" ? locksOf() : undefined;
  const deliver = (store: typeof one) => alone("deliver", store, (turn) => delivererOf(new Queue(store), server).deliverer.run(turn.goesOn), locks);

  const ended = await Promise.all([deliver(one), deliver(other)]);

  expect(ended.filter(Boolean)).toEqual([{ kind: "empty" }]);
  expect(server.asked).toEqual(["scans 30"]);
  expect(await deliver(other)).toEqual({ kind: "empty" });
});

test("the lease of a tab that died runs out", async () => {
  const store = await enrolled();
  await store.base.change(["settings"], async (transaction) => void transaction.objectStore("settings").put({ holder: "dead", until: Date.now() - 1 }, `ejlas-gate-${store.edition}-deliver`));

  expect(await alone("deliver", store, async () => "done", undefined)).toBe("done");
});

// navigator.locks as far as it is used here.
function locksOf(): LockManager {
  const held = new Set<string>();
  const request = async (name: string, _: unknown, work: (lock: unknown) => unknown): Promise<unknown> => {
    if (held.has(name)) return work(null);
    held.add(name);
    try {
      return await work({ name });
    } finally {
      held.delete(name);
    }
  };
  return { request } as unknown as LockManager;
}
