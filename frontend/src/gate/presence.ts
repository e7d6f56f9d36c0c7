// Who is inside which zone, as far as this device knows: its own scans, what other gates let in, and the server's counts.
import { asked } from "../storage/database";
import { type Move, moveOf } from "./queue";
import type { Store } from "./store";
import type { Scan } from "./wire";

interface Pending {
  zone: string;
  change: number;
  takenAt: number | null;
}

export class Presence {
  private readonly moves = new Map<string, Map<number, Move>>();
  private readonly pending = new Map<string, Pending>();
  private counts: Record<string, number> = {};

  // What was known when the page was last open.
  static async load(store: Store, waiting: Scan[]): Promise<Presence> {
    const presence = new Presence();
    const moves = await store.base.look(["moves"], (transaction) => asked<Move[]>(transaction.objectStore("moves").getAll()));
    for (const move of moves) presence.moved(move);
    presence.counts = (await store.meta())?.inside ?? {};
    for (const scan of waiting) presence.note(scan);
    return presence;
  }

  // A scan of this device was written.
  note(scan: Scan): void {
    const change = changeOf(scan);
    if (change) this.pending.set(scan.id, { zone: scan.zone, change, takenAt: null });
    const move = moveOf(scan);
    if (move) this.moved(move);
  }

  // The server has taken these, at a time of `performance.now()`.
  taken(ids: string[], at: number): void {
    for (const id of ids) {
      const pending = this.pending.get(id);
      if (pending) pending.takenAt = at;
    }
  }

  // The server's counts, asked for at `askedAt`: what it had taken before is in them.
  heard(inside: Record<string, number>, askedAt: number): void {
    this.counts = inside; // a zone that is not named is empty
    for (const [id, { takenAt }] of this.pending) if (takenAt !== null && takenAt <= askedAt) this.pending.delete(id);
  }

  // Other gates, and this one, let these in or out; what this device knows later of them stands.
  learned(moves: [number, string, boolean, string][]): void {
    for (const [n, zone, isInside, at] of moves) {
      const known = this.moves.get(zone)?.get(n);
      if (!known || Date.parse(known.at) < Date.parse(at)) this.moved({ n, zone, isInside, at });
    }
  }

  // Whether a badge is inside a zone; null where no gate is known to have seen it there.
  inside(zone: string, n: number): boolean | null {
    return this.moves.get(zone)?.get(n)?.isInside ?? null;
  }

  count(zone: string): number {
    let own = 0;
    for (const pending of this.pending.values()) if (pending.zone === zone) own += pending.change;
    return Math.max(0, (this.counts[zone] ?? 0) + own);
  }

  all(zones: string[]): Record<string, number> {
    return Object.fromEntries(zones.map((zone) => [zone, this.count(zone)]));
  }

  private moved(move: Move): void {
    let zone = this.moves.get(move.zone);
    if (!zone) this.moves.set(move.zone, (zone = new Map()));
    zone.set(move.n, move);
  }
}

// How many people a scan brings in, or takes out: the guests beside the one who holds the badge.
export function changeOf(scan: Pick<Scan, "answer" | "way" | "guests">): number {
  if (scan.answer !== "admitted") return 0;
  return (scan.way === "in" ? 1 : -1) * (1 + Math.max(0, scan.guests));
}
