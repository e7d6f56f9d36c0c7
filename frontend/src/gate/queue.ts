// The scans that the server has not taken yet: each is written here before the officer sees that it counts.
import { asked, StoreFull, StoreGone } from "../storage/database";
import { type Meta, newRun, patched, type Store } from "./store";
import type { Scan } from "./wire";

export const BATCH = 50;
const WRITTEN = ["settings", "queue", "aside", "moves"];

export type Draft = Omit<Scan, "id" | "seq">;

export interface Queued {
  place: number;
  scan: Scan;
}

// One that the server will not take; `fault` names the field that it finds wrong.
export interface Aside extends Queued {
  fault: string;
}

export interface Move {
  zone: string;
  n: number;
  isInside: boolean;
  at: string;
}

export interface Counts {
  waiting: number;
  aside: number;
}

export interface Batch {
  run: string;
  scans: Scan[];
}

export class Queue {
  private listeners = new Set<(counts: Counts) => void>();

  private madeRoom: () => void = () => undefined;

  constructor(private readonly store: Store) {}

  // Photos were thrown away to write a scan.
  onRoom(told: () => void): void {
    this.madeRoom = told;
  }

  onChange(told: (counts: Counts) => void): void {
    this.listeners.add(told);
  }

  // Writes a scan, and what it says of who is inside, at once. Raises StoreFull: then it is not written.
  async add(draft: Draft): Promise<Scan> {
    try {
      return await this.written(draft);
    } catch (fault) {
      if (!(fault instanceof StoreFull)) throw fault;
      // Photos come again; a scan does not.
      await this.store.base.change(["photos"], (transaction) => asked(transaction.objectStore("photos").clear()));
      this.madeRoom();
      return this.written(draft);
    }
  }

  private written(draft: Draft): Promise<Scan> {
    const id = crypto.randomUUID();
    return this.changed("change", async (transaction) => {
      const settings = transaction.objectStore("settings");
      const meta = await asked<Meta | undefined>(settings.get("meta"));
      if (!meta) throw new StoreGone("meta");
      const scan: Scan = { ...draft, id, seq: meta.nextSeq };
      settings.put({ ...meta, nextSeq: meta.nextSeq + 1 }, "meta");
      const move = moveOf(scan);
      if (move) transaction.objectStore("moves").put(move);
      await asked(transaction.objectStore("queue").add({ scan }));
      return scan;
    });
  }

  // The first that wait, in order, and the run that they belong to.
  async batch(most = BATCH): Promise<Batch> {
    return this.store.base.look(["settings", "queue"], async (transaction) => {
      const meta = await asked<Meta | undefined>(transaction.objectStore("settings").get("meta"));
      const found = await waiting(transaction, most);
      return { run: meta?.run ?? "", scans: found.map(({ scan }) => scan) };
    });
  }

  // The server has these; they leave, and those that are left begin with the number it expects. Tells how many left.
  async taken(ids: string[], next: number): Promise<number> {
    const gone = new Set(ids);
    return this.changed("changeLightly", async (transaction) => {
      const leave = (await waiting(transaction, BATCH)).filter(({ scan }) => gone.has(scan.id));
      for (const { place } of leave) transaction.objectStore("queue").delete(place);
      const [first] = await waiting(transaction, 1);
      if (first?.scan.seq !== next) await renumbered(transaction, next);
      return leave.length;
    });
  }

  // The server expects another number: those that wait take theirs from there.
  async renumber(next: number): Promise<void> {
    await this.changed("changeLightly", (transaction) => renumbered(transaction, next));
  }

  // The run is not this device's any more: what waits begins a new one.
  async beginRun(): Promise<void> {
    await this.changed("change", async (transaction) => {
      await patched(transaction, "meta", newRun());
      await renumbered(transaction, 1);
    });
  }

  // One goes to the end of the queue.
  async postpone(id: string): Promise<void> {
    await this.changed("change", async (transaction) => {
      const found = await waiting(transaction, BATCH);
      const late = found.find(({ scan }) => scan.id === id);
      if (!late) return;
      transaction.objectStore("queue").delete(late.place);
      transaction.objectStore("queue").add({ scan: late.scan });
      await renumbered(transaction, found[0]!.scan.seq);
    });
  }

  // One that the server will never take stands aside for a person to see; the others close up.
  async setAside(id: string, fault: string): Promise<void> {
    await this.changed("change", async (transaction) => {
      const found = await waiting(transaction, BATCH);
      const bad = found.find(({ scan }) => scan.id === id);
      if (!bad) return;
      transaction.objectStore("aside").add({ scan: bad.scan, fault });
      transaction.objectStore("queue").delete(bad.place);
      await renumbered(transaction, found[0]!.scan.seq);
    });
  }

  aside(): Promise<Aside[]> {
    return this.store.base.look(["aside"], (transaction) => asked<Aside[]>(transaction.objectStore("aside").getAll()));
  }

  // Those set aside go to the end of the queue again.
  async retryAside(): Promise<void> {
    await this.changed("change", async (transaction) => {
      const [aside, settings] = [transaction.objectStore("aside"), transaction.objectStore("settings")];
      const meta = await asked<Meta>(settings.get("meta"));
      let seq = meta.nextSeq;
      for (const { scan } of await asked<Aside[]>(aside.getAll())) transaction.objectStore("queue").add({ scan: { ...scan, seq: seq++ } });
      aside.clear();
      await asked(settings.put({ ...meta, nextSeq: seq }, "meta"));
    });
  }

  waiting(): Promise<Queued[]> {
    return this.store.base.look(["queue"], (transaction) => waiting(transaction));
  }

  async counts(): Promise<Counts> {
    const [waits, aside] = await Promise.all([this.store.count("queue"), this.store.count("aside")]);
    return { waiting: waits, aside };
  }

  private async changed<T>(how: "change" | "changeLightly", work: (transaction: IDBTransaction) => Promise<T>): Promise<T> {
    const [made, meta, counts] = await this.store.base[how](WRITTEN, async (transaction) => {
      const result = await work(transaction);
      return [result, await asked<Meta>(transaction.objectStore("settings").get("meta")), await counted(transaction)] as const;
    });
    this.told(meta, counts);
    return made;
  }

  private told(meta: Meta, counts: Counts): void {
    const device = this.store.marker.read()?.device ?? "";
    this.store.marker.write({ device, run: meta.run, next: meta.nextSeq, waiting: counts.waiting + counts.aside });
    for (const told of this.listeners) told(counts);
  }
}

export function moveOf(scan: Scan): Move | null {
  if (scan.n === null || scan.answer !== "admitted") return null;
  return { zone: scan.zone, n: scan.n, isInside: scan.way === "in", at: scan.at };
}

async function counted(transaction: IDBTransaction): Promise<Counts> {
  const [waits, aside] = [asked(transaction.objectStore("queue").count()), asked(transaction.objectStore("aside").count())];
  return { waiting: await waits, aside: await aside };
}

function waiting(transaction: IDBTransaction, most?: number): Promise<Queued[]> {
  return asked<Queued[]>(transaction.objectStore("queue").getAll(null, most));
}

// Gives those that wait their numbers from `next` on, and the next scan the one after.
async function renumbered(transaction: IDBTransaction, next: number): Promise<void> {
  let seq = next;
  for (const { place, scan } of await waiting(transaction)) transaction.objectStore("queue").put({ place, scan: { ...scan, seq: seq++ } });
  const settings = transaction.objectStore("settings");
  await asked(settings.put({ ...(await asked<Meta>(settings.get("meta"))), nextSeq: seq }, "meta"));
}
