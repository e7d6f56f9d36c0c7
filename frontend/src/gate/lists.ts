// Keeps the list of a device right: from what is stored, then by whole lists and changes from the server.
import type { Server } from "./api";
import { chained, type Keys, laid, MOST_PARTS, revisionOf, valueOf } from "./chain";
import { StoreFull } from "../storage/database";
import type { Events } from "./events";
import { isDelta, Misfit, type Roll } from "./list";
import { type Sealed, SealBroken } from "./seal";
import type { Store } from "./store";

const REFUSED_MS = 30_000;

export class Lists {
  roll: Roll | null = null;
  confirmedAt: string | null = null;
  // The stored parts do not make the list that is in memory: the next one must be whole.
  private needsWhole = true;
  private parts = 0;
  private restsUntil = 0;

  constructor(
    private readonly store: Store,
    private readonly keys: Keys,
    private readonly events: Events,
  ) {}

  async load(): Promise<void> {
    const made = await chained(await this.store.parts(), this.keys);
    [this.roll, this.parts, this.needsWhole] = [made.roll, made.parts, !made.isWhole];
    this.confirmedAt = (await this.store.meta())?.confirmedAt ?? null;
    if (this.roll) this.tell(this.roll.size);
  }

  // The revision that the server is asked to compare with; 0 where the whole is needed.
  get since(): number {
    return this.needsWhole || !this.roll ? 0 : this.roll.revision;
  }

  // The server says that the list still stands.
  async confirm(at: string): Promise<void> {
    this.confirmedAt = at;
    await this.store.keepMeta({ confirmedAt: at });
    this.events.emit({ kind: "confirmed", at });
  }

  // Asks for what is newer; a change that does not fit asks for the whole at once. Raises Refused.
  async refresh(server: Server, at: string): Promise<void> {
    if (performance.now() < this.restsUntil) return;
    if (this.parts >= MOST_PARTS) this.needsWhole = true;
    try {
      await this.asked(server, this.needsWhole || !this.roll ? null : this.roll.revision, at);
    } catch (fault) {
      if (!(fault instanceof Misfit) || this.needsWhole) return this.refused(fault);
      this.needsWhole = true;
      await this.asked(server, null, at).catch((again: unknown) => this.refused(again));
    }
  }

  // The server's revisions have begun anew: it was set back to an earlier state.
  doubt(): void {
    this.needsWhole = true;
  }

  private async asked(server: Server, since: number | null, at: string): Promise<void> {
    const sealed = await server.list(since);
    if (!sealed) return this.confirm(at);
    const value = await valueOf(sealed, this.keys);
    const from = isDelta(value) ? since : null;
    this.roll = laid(this.roll, value, from);
    this.confirmedAt = at;
    await this.kept(sealed, from, revisionOf(value), at);
    this.tell(value.entries.length);
  }

  private async kept(sealed: Sealed, since: number | null, revision: number, at: string): Promise<void> {
    try {
      await this.store.keepPart({ ...sealed, since, revision }, at);
      this.parts = since === null ? 1 : this.parts + 1;
      this.needsWhole = false;
    } catch (fault) {
      if (!(fault instanceof StoreFull)) throw fault;
      // It serves while the page is open, and cannot be kept for after.
      this.needsWhole = true;
      this.events.emit({ kind: "full", what: "list" });
    }
  }

  private refused(fault: unknown): void {
    if (!(fault instanceof Misfit) && !(fault instanceof SealBroken)) throw fault;
    // Megabytes that are wrong are not fetched every three seconds.
    this.restsUntil = performance.now() + REFUSED_MS;
    this.events.emit({ kind: "list-refused", reason: fault.reason });
  }

  private tell(changed: number): void {
    if (this.roll) this.events.emit({ kind: "list", revision: this.roll.revision, size: this.roll.size, changed });
  }
}
