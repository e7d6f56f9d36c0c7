// What the tests of a gate's device stand on: a browser's storage, the sealed vectors, a device that is enrolled.
import { IDBFactory } from "fake-indexeddb";

import vectors from "../../../tests/data/gate_sealed.json";
import { toBytes } from "../../src/gate/bytes";
import { Marker, type Shelf } from "../../src/gate/marker";
import { wrap } from "../../src/gate/pin";
import { type Draft, Queue } from "../../src/gate/queue";
import type { Sealed } from "../../src/gate/seal";
import { newRun, Store } from "../../src/gate/store";
import type { Bytes } from "../../src/gate/wire";

export { vectors };
export const EDITION = vectors.edition;
export const TOKEN = toBytes(vectors.token);
export const PIN = "493817";
export const ROUNDS = 10; // the real number takes a second, which one test spends

export function sealedOf(vector: { body: string; signature: string }): Sealed {
  return { body: toBytes(vector.body), signature: vector.signature };
}

export function flipped(bytes: Bytes, bit: number): Bytes {
  const changed = bytes.slice();
  changed[bit >> 3]! ^= 1 << (bit & 7);
  return changed;
}

// localStorage as a map that the test holds.
export function shelfOf(held = new Map<string, string>()): Shelf {
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

export interface Browser {
  factory: IDBFactory;
  shelf: Shelf;
}

export function browser(): Browser {
  return { factory: new IDBFactory(), shelf: shelfOf() };
}

export function opened({ factory, shelf }: Browser): Promise<Store> {
  return Store.open(EDITION, new Marker(EDITION, shelf), factory);
}

export async function enrolled(here: Browser = browser()): Promise<Store> {
  const store = await opened(here);
  const record = { device: "gate-1", name: "Tablet 1", gate: "north", publicKey: vectors.public, wrapped: await wrap(TOKEN, PIN, ROUNDS), enrolledAt: "2027-08-10T08:00:00Z" };
  await store.enrol(record, { ...newRun(), confirmedAt: null, clock: { offsetMs: 0, lastSeen: 0 }, inside: {} });
  return store;
}

export function draft(changes: Partial<Draft> = {}): Draft {
  return {
    gate: "north", zone: "hall", way: "in", n: 101, p: 1, text: "", verdict: "admit", reason: "ok", answer: "admitted", by: "camera",
    at: "2027-08-10T09:00:00Z", skew_ms: 0, offline: true, group: null, guests: 0, note: "", ...changes,
  };
}

export async function queued(store: Store, n: number): Promise<Queue> {
  const queue = new Queue(store);
  for (let place = 0; place < n; place++) await queue.add(draft({ n: place + 1 }));
  return queue;
}
