// What a device keeps for one edition, in IndexedDB: itself, the sealed list, the queue, what it knows of who is inside.
import type { ClockState } from "./clock";
import { asked, Database, StoreFull, StoreGone } from "../storage/database";
import type { Marker } from "./marker";
import type { Vault, Wrapped } from "./pin";
import type { Sealed } from "./seal";

export const VERSION = 1;
const KEYED: Record<string, IDBObjectStoreParameters | undefined> = {
  settings: undefined,
  lists: { autoIncrement: true },
  queue: { keyPath: "place", autoIncrement: true },
  aside: { keyPath: "place", autoIncrement: true },
  photos: undefined,
  moves: { keyPath: ["zone", "n"] },
  requests: { keyPath: "id" },
};
const ALL = Object.keys(KEYED);

export interface Device {
  device: string;
  name: string;
  gate: string;
  toldGate?: string; // the gate at which the server has it, when it was last told
  publicKey: string;
  wrapped: Wrapped;
  enrolledAt: string;
}

export interface Meta {
  run: string;
  nextSeq: number;
  confirmedAt: string | null; // when the server last said that the list is right
  clock: ClockState;
  inside: Record<string, number>; // the server's counts at the last pulse
}

export interface Part extends Sealed {
  since: number | null; // null: a whole list
  revision: number;
}

// enrolled: all there. fresh: never enrolled. dropped: enrolled once, and the browser has thrown it away.
// torn: enrolled, and a part is missing; what can be fetched again is, and the rest is told.
export type Health = { state: "fresh" | "enrolled" | "dropped" | "torn"; lost: number };

export function newRun(): Pick<Meta, "run" | "nextSeq"> {
  return { run: crypto.randomUUID(), nextSeq: 1 };
}

export class Store implements Vault {
  private constructor(
    readonly edition: string,
    readonly base: Database,
    readonly marker: Marker,
  ) {}

  // Raises StoreGone where the browser gives no storage at all.
  static async open(edition: string, marker: Marker, factory: IDBFactory = indexedDB): Promise<Store> {
    const base = await Database.open(factory, `ejlas-gate-${edition}`, VERSION, (held) => {
      for (const [name, keyed] of Object.entries(KEYED)) if (!held.objectStoreNames.contains(name)) held.createObjectStore(name, keyed);
    });
    return new Store(edition, base, marker);
  }

  close(): void {
    this.base.close();
  }

  // Asks the browser not to drop the storage when it needs room; tells whether it promised.
  async persist(): Promise<boolean> {
    try {
      return (await navigator.storage?.persist?.()) ?? false;
    } catch {
      return false;
    }
  }

  async health(): Promise<Health> {
    const mark = this.marker.read();
    if (ALL.some((name) => !this.base.names().includes(name))) return { state: "dropped", lost: mark?.waiting ?? 0 };
    const [device, meta, waiting] = await Promise.all([this.device(), this.meta(), this.unsent()]);
    if (!device) return mark ? { state: "dropped", lost: mark.waiting } : { state: "fresh", lost: 0 };
    const isSame = mark !== null && meta !== null && mark.run === meta.run;
    const lost = isSame ? Math.max(0, mark.waiting - waiting, mark.next - meta.nextSeq) : 0;
    return { state: meta && lost === 0 ? "enrolled" : "torn", lost: meta ? lost : Math.max(0, (mark?.waiting ?? 0) - waiting) };
  }

  // ── The device itself ──

  // A device that was enrolled before keeps its scans, for the new one to deliver.
  async enrol(device: Device, meta: Meta): Promise<void> {
    const waiting = await this.unsent();
    await this.base.change(ALL, async (transaction) => {
      for (const name of ["settings", "lists", "photos", "requests"]) transaction.objectStore(name).clear();
      const settings = transaction.objectStore("settings");
      settings.put(device, "device");
      settings.put(0, "tries");
      await asked(settings.put(meta, "meta"));
    });
    this.marker.write({ device: device.device, run: meta.run, next: meta.nextSeq, waiting });
  }

  device(): Promise<Device | null> {
    return this.setting<Device>("device");
  }

  async keepDevice(change: Partial<Device>): Promise<void> {
    await this.base.change(["settings"], (transaction) => patched(transaction, "device", change));
  }

  async wrapped(): Promise<Wrapped | null> {
    return (await this.device())?.wrapped ?? null;
  }

  countTry(): Promise<number> {
    return this.base.change(["settings"], async (transaction) => {
      const settings = transaction.objectStore("settings");
      const tries = ((await asked(settings.get("tries"))) ?? 0) + 1;
      await asked(settings.put(tries, "tries"));
      return tries;
    });
  }

  async forgetTries(): Promise<void> {
    await this.base.change(["settings"], (transaction) => asked(transaction.objectStore("settings").put(0, "tries")));
  }

  meta(): Promise<Meta | null> {
    return this.setting<Meta>("meta");
  }

  // What was kept beside the device is gone: its queue begins anew, and the list will come again.
  async restart(clock: ClockState): Promise<void> {
    const meta: Meta = { ...newRun(), confirmedAt: null, clock, inside: {} };
    await this.base.change(["settings", "lists"], async (transaction) => {
      transaction.objectStore("lists").clear();
      await asked(transaction.objectStore("settings").put(meta, "meta"));
    });
  }

  // Where there is no room for it, the device goes on: it is only what makes the next start better.
  async keepMeta(change: Partial<Meta>): Promise<void> {
    try {
      await this.base.changeLightly(["settings"], (transaction) => patched(transaction, "meta", change));
    } catch (fault) {
      if (!(fault instanceof StoreFull)) throw fault;
    }
  }

  // ── The sealed list, as it came: one whole, then the changes in order ──

  parts(): Promise<Part[]> {
    return this.base.look(["lists"], (transaction) => asked<Part[]>(transaction.objectStore("lists").getAll()));
  }

  async keepPart(part: Part, confirmedAt: string): Promise<void> {
    await this.base.change(["lists", "settings"], async (transaction) => {
      const lists = transaction.objectStore("lists");
      if (part.since === null) lists.clear();
      lists.add(part);
      await patched(transaction, "meta", { confirmedAt });
    });
  }

  // ── The end ──

  // Erases all. What could no longer be delivered is told as a number.
  async erase(): Promise<number> {
    let waiting = this.marker.read()?.waiting ?? 0;
    try {
      waiting = await this.unsent();
      await this.base.change(ALL, async (transaction) => {
        await Promise.all(ALL.map((name) => asked(transaction.objectStore(name).clear())));
      });
    } catch (fault) {
      if (!(fault instanceof StoreGone)) throw fault;
    }
    this.marker.clear();
    return waiting;
  }

  async unsent(): Promise<number> {
    return (await this.count("queue")) + (await this.count("aside"));
  }

  count(name: string): Promise<number> {
    return this.base.look([name], (transaction) => asked(transaction.objectStore(name).count()));
  }

  private setting<T>(name: string): Promise<T | null> {
    return this.base.look(["settings"], async (transaction) => (await asked<T | undefined>(transaction.objectStore("settings").get(name))) ?? null);
  }
}

// Changes a part of a record that stands in the settings; where none stands, nothing is made up.
export async function patched(transaction: IDBTransaction, name: string, change: object): Promise<void> {
  const settings = transaction.objectStore("settings");
  const held = await asked(settings.get(name));
  if (held) await asked(settings.put({ ...held, ...change }, name));
}
