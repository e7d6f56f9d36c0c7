// Brings the queue to the server in order, each scan once, whatever breaks on the way.
import { Refused, type Server } from "./api";
import { StoreFull } from "../storage/database";
import { BATCH, type Queue } from "./queue";
import type { Flag, Scan } from "./wire";

export const FIRST_PAUSE_MS = 1_000;
export const LONGEST_PAUSE_MS = 30_000;
const PATIENT = 3;

// empty: nothing waits. paused: later, after `waitMs`. stopped: the device may not deliver; busy: another tab does.
export type Delivery =
  | { kind: "empty" }
  | { kind: "paused"; waitMs: number; fault: string }
  | { kind: "stopped"; fault: "unknown" | "shut-out" }
  | { kind: "busy" };

export interface Told {
  taken(scans: Scan[], flags: Flag[]): void;
  aside(scan: Scan, fault: string): void;
}

// Doubles with each failure in a row, and leaves the half of it to chance: devices that went silent together do not
// come back together.
export function pauseMs(failures: number, chance: number = Math.random()): number {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(most / 2 + (most / 2) * chance);
}

// Which scan of a batch the server finds wrong: "scans[3].way" is the fourth; -1 where it is not said.
export function placeOf(at: string): number {
  const found = /^scans\[(\d+)\]/.exec(at);
  return found ? Number(found[1]) : -1;
}

export class Deliverer {
  private failures = 0;
  private alone = 0; // so many are sent one by one, until what stands in the way is found
  private isOrdered = false;
  private hasNewRun = false;

  constructor(
    private readonly queue: Queue,
    private readonly server: Server,
    private readonly told: Told,
    private readonly chance: () => number = Math.random,
  ) {}

  // Delivers until nothing waits or something stands in the way.
  async run(goesOn: () => Promise<boolean> = async () => true): Promise<Delivery> {
    while (await goesOn()) {
      const { run, scans } = await this.queue.batch(this.alone ? 1 : BATCH);
      if (!scans.length) return { kind: "empty" };
      try {
        const answer = await this.server.scans(run, scans);
        const left = await this.queue.taken(answer.taken, answer.next);
        const gone = new Set(answer.taken);
        this.told.taken(scans.filter(({ id }) => gone.has(id)), answer.flags);
        if (!left) return this.paused("strange");
        this.succeeded();
      } catch (fault) {
        const ended = await this.met(fault, scans);
        if (ended) return ended;
      }
    }
    return { kind: "busy" };
  }

  // The network is back: the next failure counts as the first.
  forgive(): void {
    this.failures = 0;
  }

  private succeeded(): void {
    [this.failures, this.isOrdered, this.hasNewRun] = [0, false, false];
    this.alone = Math.max(0, this.alone - 1);
  }

  private async met(fault: unknown, scans: Scan[]): Promise<Delivery | null> {
    // The server has them; that they are still here does no harm, for it knows them again.
    if (fault instanceof StoreFull) return this.paused("full");
    if (!(fault instanceof Refused)) throw fault;
    if (fault.fault === "unknown" || fault.fault === "shut-out") return { kind: "stopped", fault: fault.fault };
    if (fault.fault === "order") return this.ordered(fault.detail.next ?? 1);
    if (fault.fault === "shape") return this.misshapen(fault.detail.at ?? "", scans);
    if (fault.detail.status === 500) return this.broken(scans);
    return this.paused(fault.fault, fault.detail.waitMs);
  }

  // The first goes alone with the number that the server asks for: it then says whether it has it already.
  private async ordered(next: number): Promise<Delivery | null> {
    const again = this.isOrdered;
    this.isOrdered = true;
    this.alone = Math.max(1, this.alone);
    await this.queue.renumber(next);
    return again ? this.paused("order") : null;
  }

  private async misshapen(at: string, scans: Scan[]): Promise<Delivery | null> {
    if (at === "run" && !this.hasNewRun) {
      this.hasNewRun = true;
      await this.queue.beginRun();
      return null;
    }
    const bad = scans[placeOf(at)] ?? (scans.length === 1 ? scans[0] : undefined);
    if (bad) {
      await this.queue.setAside(bad.id, at);
      this.told.aside(bad, at);
    } else this.alone = BATCH;
    return null;
  }

  // The server fails over something in the batch, again and again: one that it fails over goes behind the others.
  private async broken(scans: Scan[]): Promise<Delivery> {
    if (this.failures >= PATIENT && scans.length === 1) await this.queue.postpone(scans[0]!.id);
    if (this.failures + 1 >= PATIENT) this.alone = BATCH;
    return this.paused("busy");
  }

  private paused(fault: string, waitMs = 0): Delivery {
    this.failures += 1;
    return { kind: "paused", fault, waitMs: Math.max(waitMs, pauseMs(this.failures, this.chance())) };
  }
}
