// The list of a gate in memory: whole, with the changes laid over it, and the finding of people by name.
import { type GateList, indexed } from "./decide";
import { Names } from "./names";
import type { Category, Delta, Entry, Gate, Named, Rules, WholeList, Zone } from "./wire";

// A change that belongs to another list than the one that is held: the whole must be asked for.
export class Misfit extends Error {
  constructor(readonly reason: "revision" | "index" | "shape" | "other-edition" | "older") {
    super(reason);
    this.name = "Misfit";
  }
}

export const HOUR_MS = 3_600_000;
const MOST_FOUND = 20;

export function isDelta(value: unknown): value is Delta {
  return isObject(value) && typeof value.revision === "number" && Array.isArray(value.entries) && Array.isArray(value.gone);
}

export function isWhole(value: unknown): value is WholeList {
  if (!isObject(value) || !isObject(value.rules) || typeof value.rules.revision !== "number") return false;
  const parts = [value.entries, value.delegations, value.capacities, value.rules.zones, value.rules.gates, value.rules.windows, value.rules.categories];
  return parts.every(Array.isArray);
}

export function usableUntil(confirmedAt: string | null, hours: number): Date {
  return new Date(confirmedAt ? Date.parse(confirmedAt) + hours * HOUR_MS : 0);
}

export function ageMs(confirmedAt: string | null, now: Date): number {
  return confirmedAt ? Math.max(0, now.getTime() - Date.parse(confirmedAt)) : Infinity;
}

export class Roll {
  // As `decide` wants it.
  ready: GateList;
  private held: Rules;
  private delegations: Named[];
  private capacities: Named[];
  private readonly byNumber = new Map<number, Entry>();
  private names: Names | null = null;

  constructor(whole: WholeList) {
    if (!isWhole(whole)) throw new Misfit("shape");
    [this.held, this.delegations, this.capacities] = [whole.rules, whole.delegations, whole.capacities];
    this.assertIndices(whole.entries, this.delegations, this.capacities);
    for (const entry of whole.entries) this.byNumber.set(entry.n, entry);
    this.ready = this.madeReady();
  }

  get rules(): Rules {
    return this.held;
  }

  get revision(): number {
    return this.rules.revision;
  }

  get size(): number {
    return this.byNumber.size;
  }

  entry(n: number): Entry | undefined {
    return this.byNumber.get(n);
  }

  entries(): IterableIterator<Entry> {
    return this.byNumber.values();
  }

  delegation(entry: Entry): Named | undefined {
    return entry.d === undefined ? undefined : this.delegations[entry.d];
  }

  capacity(entry: Entry): Named | undefined {
    return entry.role === undefined ? undefined : this.capacities[entry.role];
  }

  category(entry: Entry): Category | undefined {
    return this.rules.categories.find(({ code }) => code === entry.c);
  }

  gate(slug: string): Gate | undefined {
    return this.rules.gates.find((each) => each.slug === slug);
  }

  zone(slug: string): Zone | undefined {
    return this.rules.zones.find((each) => each.slug === slug);
  }

  zoneOf(gate: string): Zone | undefined {
    const found = this.gate(gate);
    return found && this.zone(found.zone);
  }

  // Lays a change over the list, made for who holds revision `since` or a later one. Raises Misfit, and changes nothing.
  apply(delta: Delta, since: number): void {
    if (!isDelta(delta)) throw new Misfit("shape");
    if (since > this.revision || delta.revision < this.revision) throw new Misfit("revision");
    if (delta.rules && delta.rules.edition !== this.rules.edition) throw new Misfit("other-edition");
    const [delegations, capacities] = [delta.delegations ?? this.delegations, delta.capacities ?? this.capacities];
    this.assertIndices(delta.entries, delegations, capacities);
    const hasOtherDelegations = JSON.stringify(delegations) !== JSON.stringify(this.delegations);
    [this.delegations, this.capacities] = [delegations, capacities];
    this.held = { ...(delta.rules ?? this.held), revision: delta.revision };
    if (hasOtherDelegations) this.names = null;
    for (const n of delta.gone) {
      this.byNumber.delete(n);
      this.names?.drop(n);
    }
    for (const entry of delta.entries) {
      this.byNumber.set(entry.n, entry);
      this.names?.put(entry);
    }
    this.ready = this.madeReady();
  }

  // Who is meant by some words: parts of names in any script, of the delegation's name, or the number of a badge.
  find(typed: string, most = MOST_FOUND): Entry[] {
    return this.named().find(typed, most).map((n) => this.byNumber.get(n)!);
  }

  // Makes the finding ready, for so many milliseconds; tells whether it is.
  prepare(ms: number): boolean {
    return this.named().grow(ms);
  }

  // The photos of who may enter the zone of a gate, in the order of their numbers.
  photosFor(gate: string): string[] {
    const zone = this.gate(gate)?.zone;
    if (!zone) return [];
    const codes = new Set(this.rules.categories.filter(({ access }) => access[zone]?.length).map(({ code }) => code));
    const meant = [...this.byNumber.values()].filter((entry) => entry.pic && (codes.has(entry.c ?? 0) || entry.z?.includes(zone)));
    return [...new Set(meant.sort((one, other) => one.n - other.n).map((entry) => entry.pic!))];
  }

  private named(): Names {
    return (this.names ??= new Names(this.byNumber.values(), this.delegations));
  }

  private madeReady(): GateList {
    const bare = { rules: this.held, delegations: this.delegations, capacities: this.capacities, entries: [] };
    return { ...indexed(bare), entries: this.byNumber };
  }

  private assertIndices(entries: Entry[], delegations: Named[], capacities: Named[]): void {
    const isRight = ({ n, d, role }: Entry): boolean =>
      Number.isInteger(n) && (d === undefined || d === null || d in delegations) && (role === undefined || role === null || role in capacities);
    if (!entries.every(isRight)) throw new Misfit("index");
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
