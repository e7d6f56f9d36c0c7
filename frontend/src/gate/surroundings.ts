// What a device stands on in its browser, so that a test can put something else there.
import type { Fetch } from "./api";
import type { Ticks } from "./clock";
import type { Jar, Shelf } from "./marker";
import type { Around } from "./sync";

export interface Surroundings {
  factory?: IDBFactory;
  shelf?: Shelf | null;
  jar?: Jar | null;
  fetched?: Fetch;
  around?: Around;
  ticks?: Ticks;
  channel?: BroadcastChannel | null;
  rounds?: number; // of the PIN's derivation
}

// null where the browser forbids it.
export function ownShelf(): Shelf | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
