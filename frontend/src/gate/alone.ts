// Lets one tab of a device do a thing at a time: by the browser's locks, or by a lease that runs out in the database.
import { asked } from "../storage/database";
import type { Store } from "./store";

const LEASE_MS = 15_000;

interface Lease {
  holder: string;
  until: number;
}

export interface Turn {
  // Says that the work goes on; false where another tab has taken over meanwhile.
  goesOn(): Promise<boolean>;
}

// Does the work if no other tab does it now; null where one does.
export function alone<T>(name: string, store: Store, work: (turn: Turn) => Promise<T>, locks: LockManager | undefined = globalThis.navigator?.locks): Promise<T | null> {
  const whole = `ejlas-gate-${store.edition}-${name}`;
  if (!locks) return leased(whole, store, work);
  return locks.request(whole, { ifAvailable: true }, (lock) => (lock ? work({ goesOn: async () => true }) : null));
}

async function leased<T>(name: string, store: Store, work: (turn: Turn) => Promise<T>): Promise<T | null> {
  const holder = crypto.randomUUID();
  if (!(await taken(store, name, holder))) return null;
  try {
    return await work({ goesOn: () => taken(store, name, holder) });
  } finally {
    await released(store, name, holder);
  }
}

function taken(store: Store, name: string, holder: string): Promise<boolean> {
  return store.base.change(["settings"], async (transaction) => {
    const settings = transaction.objectStore("settings");
    const lease = await asked<Lease | undefined>(settings.get(name));
    const isFree = !lease || lease.holder === holder || lease.until < Date.now() || lease.until > Date.now() + LEASE_MS;
    if (isFree) await asked(settings.put({ holder, until: Date.now() + LEASE_MS }, name));
    return isFree;
  });
}

function released(store: Store, name: string, holder: string): Promise<void> {
  return store.base.change(["settings"], async (transaction) => {
    const settings = transaction.objectStore("settings");
    const lease = await asked<Lease | undefined>(settings.get(name));
    if (lease?.holder === holder) await asked(settings.delete(name));
  });
}
