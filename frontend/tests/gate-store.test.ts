import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";

import { Database, StoreFull, StoreGone } from "../src/storage/database";
import { type Jar, Marker } from "../src/gate/marker";
import { Queue } from "../src/gate/queue";
import { Store } from "../src/gate/store";
import { browser, draft, EDITION, enrolled, opened, queued, sealedOf, vectors } from "./gate/keeping";

const WHOLE = { ...sealedOf(vectors.whole), since: null, revision: 5 };
const SIX = { ...sealedOf(vectors.delta6), since: 5, revision: 6 };

test("a browser that was never a device is fresh", async () => {
  expect(await (await opened(browser())).health()).toEqual({ state: "fresh", lost: 0 });
});

test("a device is whole after a reload", async () => {
  const here = browser();
  const store = await enrolled(here);
  await queued(store, 2);
  store.close();

  const again = await opened(here);

  expect(await again.health()).toEqual({ state: "enrolled", lost: 0 });
  expect((await again.device())?.gate).toBe("north");
});

test("a browser that dropped its database is told from a new one, with what was lost", async () => {
  const here = browser();
  await queued(await enrolled(here), 4);

  const after = await opened({ ...here, factory: new IDBFactory() });

  expect(await after.health()).toEqual({ state: "dropped", lost: 4 });
});

test("the cookie tells it where localStorage went as well", async () => {
  const jar = jarOf();
  const here = browser();
  const store = await Store.open(EDITION, new Marker(EDITION, null, jar), here.factory);
  await store.enrol({ device: "d", name: "", gate: "north", publicKey: "", wrapped: {} as never, enrolledAt: "" }, { run: "r", nextSeq: 1, confirmedAt: null, clock: { offsetMs: 0, lastSeen: 0 }, inside: {} });
  await queued(store, 1);

  const after = await Store.open(EDITION, new Marker(EDITION, null, jar), new IDBFactory());

  expect(await after.health()).toEqual({ state: "dropped", lost: 1 });
});

test.each(["queue", "meta"] as const)("a database that lost its %s is torn", async (part) => {
  const here = browser();
  const store = await enrolled(here);
  await queued(store, 3);
  await store.base.change(["queue", "settings"], async (transaction) => {
    if (part === "queue") transaction.objectStore("queue").clear();
    else transaction.objectStore("settings").delete("meta");
  });

  expect(await store.health()).toEqual({ state: "torn", lost: part === "queue" ? 3 : 0 });
});

test("what stands in the marker may be anything", async () => {
  const here = browser();
  here.shelf.setItem(`ejlas-gate-${EDITION}`, "{broken");

  expect(await (await opened(here)).health()).toEqual({ state: "dropped", lost: 0 });
});

test("a browser without storage says so", async () => {
  const factory = { open: () => { throw new DOMException("no", "SecurityError"); } } as unknown as IDBFactory;

  await expect(Store.open(EDITION, new Marker(EDITION, null), factory)).rejects.toBeInstanceOf(StoreGone);
});

test("a database that is closed behind the page is gone", async () => {
  const store = await enrolled();
  store.close();

  await expect(store.meta()).rejects.toBeInstanceOf(StoreGone);
});

test("a whole list puts away what stood before it, and a change joins it", async () => {
  const store = await enrolled();
  await store.keepPart(WHOLE, "2027-08-10T09:00:00Z");
  await store.keepPart(SIX, "2027-08-10T09:01:00Z");
  expect((await store.parts()).map(({ revision }) => revision)).toEqual([5, 6]);

  await store.keepPart(WHOLE, "2027-08-10T09:02:00Z");

  expect((await store.parts()).map(({ revision }) => revision)).toEqual([5]);
  expect((await store.meta())?.confirmedAt).toBe("2027-08-10T09:02:00Z");
});

test("a change that fails half-way leaves nothing", async () => {
  const store = await enrolled();

  const failed = store.base.change(["queue"], async (transaction) => {
    transaction.objectStore("queue").add({ scan: {} });
    throw new Error("half-way");
  });

  await expect(failed).rejects.toThrow("half-way");
  expect(await store.count("queue")).toBe(0);
});

// A database that is full while photos lie in it: what is written then is refused.
function fullWhile(store: Store, isFull: () => Promise<boolean>): void {
  const change = store.base.change.bind(store.base);
  store.base.change = (async (stores: string[], work: never) => {
    if (stores.includes("queue") && (await isFull())) throw new StoreFull();
    return change(stores, work);
  }) as Database["change"];
}

test("photos make room for a scan", async () => {
  const store = await enrolled();
  await store.base.change(["photos"], async (transaction) => void transaction.objectStore("photos").put(new Uint8Array(9), "p101"));
  fullWhile(store, async () => (await store.count("photos")) > 0);

  const scan = await new Queue(store).add(draft());

  expect([scan.seq, await store.count("queue"), await store.count("photos")]).toEqual([1, 1, 0]);
});

test("a scan that finds no room is said not to be written", async () => {
  const store = await enrolled();
  fullWhile(store, async () => true);

  await expect(new Queue(store).add(draft())).rejects.toBeInstanceOf(StoreFull);

  expect([await store.count("queue"), (await store.meta())?.nextSeq]).toEqual([0, 1]);
});

test("the browser's word for a full disk is understood", async () => {
  const store = await enrolled();

  const full = store.base.change(["queue"], async () => {
    throw new DOMException("no room", "QuotaExceededError");
  });

  await expect(full).rejects.toBeInstanceOf(StoreFull);
});

// document.cookie: each setting changes one, and what has no age left goes.
function jarOf(): Jar {
  const held = new Map<string, string>();
  return {
    get cookie() {
      return [...held].map(([name, value]) => `${name}=${value}`).join("; ");
    },
    set cookie(text: string) {
      const [pair = "", ...rest] = text.split("; ");
      const [name = "", value = ""] = pair.split("=");
      if (rest.includes("max-age=0")) held.delete(name);
      else held.set(name, value);
    },
  };
}
