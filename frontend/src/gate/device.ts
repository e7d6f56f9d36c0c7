// One device at one edition, as the page uses it: enrolled, opened by its PIN, deciding, writing scans, in step with
// the server. Everything that happens by itself is told as an event.
import { Api, enrol } from "./api";
import { toBytes } from "./bytes";
import { Clock } from "./clock";
import { decide, type Decision, found, see, type Seen } from "./decide";
import { type Done, draftOf } from "./draft";
import { Events, type GateEvent } from "./events";
import { ageMs, type Roll, usableUntil } from "./list";
import { Lists } from "./lists";
import { Marker } from "./marker";
import { Photos } from "./photos";
import { type PinFault, pinFault, unlock, type Unlocked, unwrap, wrap } from "./pin";
import { Presence } from "./presence";
import { type Aside, Queue } from "./queue";
import { listKey } from "./seal";
import { type Device, type Health, newRun, Store } from "./store";
import { ownShelf, type Surroundings } from "./surroundings";
import { PAGE, Sync } from "./sync";
import { type Walkin, Walkins } from "./walkins";
import type { Bytes, Entry, Scan, WalkIn, Way } from "./wire";

export const IDLE_MS = 15 * 60_000;
const LOOKS_MS = 15_000;
const SLICE_MS = 10;

export interface ListState {
  confirmedAt: string | null;
  ageMs: number;
  usableUntil: Date;
  isOld: boolean;
}

// Asked of a device that is locked, that has no list yet, or whose gate is on no list.
export class NotOpen extends Error {}

interface Working {
  key: CryptoKey;
  lists: Lists;
  presence: Presence;
  photos: Photos;
  walkins: Walkins;
  sync: Sync;
}

type Shout = { kind: "scan"; scan: Scan } | { kind: "taken"; ids: string[] } | { kind: "erased"; lost: number };

export class GateDevice {
  health: Health = { state: "fresh", lost: 0 };
  clock = new Clock();
  isLocked = true;
  private placed = "";
  private readonly events = new Events();
  private readonly queue: Queue;
  private working: Working | null = null;
  private touchedAt = Date.now();
  private looking: ReturnType<typeof setInterval> | null = null;
  private preparing: ReturnType<typeof setTimeout> | undefined;
  private doubt = "";

  private constructor(
    private readonly store: Store,
    private readonly base: string,
    private readonly about: Surroundings,
    private readonly channel: BroadcastChannel | null,
  ) {
    this.queue = new Queue(store);
    this.queue.onChange((counts) => this.events.emit({ kind: "queue", ...counts }));
    this.queue.onRoom(() => {
      this.working?.photos.giveUp();
      this.events.emit({ kind: "full", what: "photos" });
    });
    this.events.on((event) => {
      if (event.kind === "gate") this.placed = event.gate;
      if (event.kind === "list") this.prepare();
    });
    store.base.onGone(() => void this.ended("gone"));
    if (channel) channel.onmessage = (message: MessageEvent<Shout>) => this.overheard(message.data);
  }

  // Raises StoreGone where the browser keeps nothing.
  static async open(edition: string, base = `/gate/${edition}/`, about: Surroundings = {}): Promise<GateDevice> {
    const shelf = about.shelf === undefined ? ownShelf() : about.shelf;
    const jar = about.jar === undefined ? (globalThis.document ?? null) : about.jar;
    const store = await Store.open(edition, new Marker(edition, shelf, jar), about.factory);
    const channel = about.channel === undefined && "BroadcastChannel" in globalThis ? new BroadcastChannel(`ejlas-gate-${edition}`) : (about.channel ?? null);
    const device = new GateDevice(store, base, about, channel);
    device.health = await store.health();
    device.placed = (await store.device())?.gate ?? "";
    return device;
  }

  on(told: (event: GateEvent) => void): () => void {
    return this.events.on(told);
  }

  async close(): Promise<void> {
    const sync = this.working?.sync;
    this.rest();
    await sync?.settled();
    this.channel?.close();
    this.store.close();
  }

  // ── Becoming a device, opening, locking ──

  // Raises Refused. `csrf` is the page's token: the officer is signed in.
  async enrol(named: { name: string; gate: string; pin: string; csrf: string }): Promise<PinFault> {
    const fault = pinFault(named.pin);
    if (fault) return fault;
    const sentAt = performance.now();
    const made = await enrol(this.base, named, named.csrf, this.about.fetched);
    const token = toBytes(made.token);
    this.clock = new Clock(undefined, this.about.ticks);
    this.clock.heard(made.now, sentAt);
    const wrapped = await wrap(token, named.pin, this.about.rounds);
    const record: Device = { device: made.device, name: named.name, gate: named.gate, toldGate: named.gate, publicKey: made.key, wrapped, enrolledAt: made.now };
    await this.store.enrol(record, { ...newRun(), confirmedAt: null, clock: this.clock.state(), inside: {} });
    await this.queue.renumber(1);
    await this.store.persist();
    this.health = { state: "enrolled", lost: 0 };
    await this.begin(token, record);
    return "";
  }

  // Counts wrong tries; the tenth erases all.
  async unlock(pin: string): Promise<Unlocked> {
    const unlocked = await unlock(this.store, pin);
    if (unlocked.kind === "erased") await this.erased({ kind: "erased", lost: unlocked.lost });
    const record = await this.store.device();
    if (unlocked.kind !== "open" || !record) return unlocked;
    if (this.working) this.isLocked = false;
    else await this.begin(unlocked.token, record);
    this.touch();
    return unlocked;
  }

  // The page asks for the PIN again; what was begun with the server goes on, so that a lost device can still be shut out.
  lock(): void {
    if (this.isLocked) return;
    this.isLocked = true;
    this.events.emit({ kind: "locked" });
  }

  // Somebody is at work: 15 minutes without this lock the device.
  touch(): void {
    this.touchedAt = Date.now();
  }

  async changePin(old: string, pin: string): Promise<PinFault | "wrong"> {
    const record = await this.store.device();
    const fault = pinFault(pin);
    if (fault || !record) return fault || "wrong";
    const token = await unwrap(record.wrapped, old);
    if (!token) return "wrong";
    await this.store.keepDevice({ wrapped: await wrap(token, pin, this.about.rounds) });
    return "";
  }

  // Erases the device by hand; tells how many scans were never delivered.
  async erase(): Promise<number> {
    const lost = await this.store.erase();
    await this.erased({ kind: "erased", lost });
    return lost;
  }

  // ── Deciding ──

  get gate(): string {
    return this.placed;
  }

  // The officer keeps another gate now; it is remembered, until the supervisor moves the device.
  set gate(gate: string) {
    this.placed = gate;
    void this.store.keepDevice({ gate });
    this.working?.sync.nudge();
  }

  get roll(): Roll | null {
    return this.isLocked ? null : (this.working?.lists.roll ?? null);
  }

  get isOnline(): boolean {
    return this.working?.sync.isOnline ?? false;
  }

  listState(): ListState {
    const confirmedAt = this.working?.lists.confirmedAt ?? null;
    const [now, hours] = [this.clock.now(), this.working?.lists.roll?.rules.hours ?? 0];
    const until = usableUntil(confirmedAt, hours);
    return { confirmedAt, ageMs: ageMs(confirmedAt, now), usableUntil: until, isOld: now > until };
  }

  see(text: string): Promise<Seen> {
    this.touch();
    return see(text, this.open().ready);
  }

  find(words: string, most?: number): Entry[] {
    this.touch();
    return this.open().find(words, most);
  }

  found(entry: Entry): Seen {
    return found(entry);
  }

  decide(seen: Seen, way: Way): Decision {
    const roll = this.open();
    const zone = this.zone(roll);
    const n = seen.entry?.n ?? seen.payload?.number;
    const { presence, lists } = this.working!;
    return decide(seen, roll.ready, this.gate, way, {
      now: this.clock.now().getTime(),
      confirmedAt: lists.confirmedAt ? Date.parse(lists.confirmedAt) : 0,
      inside: n === undefined ? null : presence.inside(zone, n),
      nInside: presence.count(zone),
      clockIsSure: this.clock.isTrusted(),
    });
  }

  // Writes what was decided and done; from here on it will be delivered. Raises StoreFull: it is not written.
  async record(seen: Seen, decision: Decision, done: Done): Promise<Scan> {
    const roll = this.open();
    this.touch();
    const { gate, clock, isOnline } = this;
    const scan = await this.queue.add(draftOf(seen, decision, done, { gate, zone: this.zone(roll), clock, isOnline }));
    this.working?.presence.note(scan);
    this.channel?.postMessage({ kind: "scan", scan } satisfies Shout);
    this.tellCounts();
    this.working?.sync.nudge();
    return scan;
  }

  inside(zone: string): number {
    return this.working?.presence.count(zone) ?? 0;
  }

  async photo(entry: Entry): Promise<Blob | null> {
    this.open();
    return (await this.working?.photos.picture(entry.pic ?? "")) ?? null;
  }

  // ── Requests, the queue, the clock ──

  async ask(said: Omit<WalkIn, "id">): Promise<WalkIn> {
    this.open();
    const asked = await this.working!.walkins.ask(said, this.clock.now().toISOString());
    void this.working?.sync.afresh();
    return asked;
  }

  async requests(): Promise<Walkin[]> {
    return this.isLocked ? [] : ((await this.working?.walkins.all()) ?? []);
  }

  counts(): ReturnType<Queue["counts"]> {
    return this.queue.counts();
  }

  aside(): Promise<Aside[]> {
    return this.queue.aside();
  }

  async retryAside(): Promise<void> {
    await this.queue.retryAside();
    this.working?.sync.awake();
  }

  confirmClock(right?: Date): void {
    this.clock.confirm(right);
    this.look();
  }

  // The person asks for it now.
  syncNow(): void {
    this.working?.sync.awake();
  }

  // ── What goes on behind ──

  private open(): Roll {
    if (!this.roll) throw new NotOpen(this.isLocked ? "locked" : "no list");
    return this.roll;
  }

  private zone(roll: Roll): string {
    const gate = roll.gate(this.gate);
    if (!gate) throw new NotOpen("no gate");
    return gate.zone;
  }

  private async begin(token: Bytes, record: Device): Promise<void> {
    const key = await listKey(token);
    const { store, events, queue } = this;
    const meta = await store.meta();
    if (meta) this.clock = new Clock(meta.clock, this.about.ticks);
    else {
      await store.restart(this.clock.state());
      await queue.renumber(1);
    }
    const lists = new Lists(store, { edition: store.edition, key, publicKey: record.publicKey }, events);
    const presence = await Presence.load(store, (await queue.waiting()).map(({ scan }) => scan));
    const [photos, walkins] = [new Photos(store, key, record.publicKey), new Walkins(store, key)];
    const server = new Api(this.base, token, this.about.fetched);
    const { clock, about } = this;
    const taken = (ids: string[]): void => this.channel?.postMessage({ kind: "taken", ids } satisfies Shout);
    const sync = new Sync({ store, server, lists, queue, presence, photos, walkins, clock, events, around: about.around ?? PAGE, taken, ended: (fault) => this.ended(fault) });
    this.working = { key, lists, presence, photos, walkins, sync };
    [this.isLocked, this.placed] = [false, record.gate];
    await lists.load();
    this.looking = setInterval(() => this.look(), LOOKS_MS);
    this.look();
    sync.start();
  }

  private look(): void {
    if (!this.isLocked && Date.now() - this.touchedAt > IDLE_MS) this.lock();
    const doubt = this.clock.check();
    if (doubt !== this.doubt) this.events.emit({ kind: "clock", doubt });
    this.doubt = doubt;
    void this.store.keepMeta({ clock: this.clock.state() }).catch(() => undefined);
  }

  // Makes the names ready to be found in small pieces, so that the page never stands still.
  private prepare(): void {
    clearTimeout(this.preparing);
    const roll = this.working?.lists.roll;
    if (roll && !roll.prepare(SLICE_MS)) this.preparing = setTimeout(() => this.prepare(), SLICE_MS);
  }

  private tellCounts(): void {
    const zones = (this.working?.lists.roll?.rules.zones ?? []).map(({ slug }) => slug);
    if (this.working) this.events.emit({ kind: "counts", inside: this.working.presence.all(zones) });
  }

  private overheard(shout: Shout): void {
    if (shout.kind === "erased") return void this.erased({ kind: "erased", lost: shout.lost }, false);
    if (shout.kind === "scan") this.working?.presence.note(shout.scan);
    else this.working?.presence.taken(shout.ids, performance.now());
    this.tellCounts();
    void this.queue.counts().then((counts) => this.events.emit({ kind: "queue", ...counts }));
  }

  private async ended(fault: "unknown" | "shut-out" | "gone"): Promise<void> {
    if (!this.working) return;
    this.rest();
    if (fault === "shut-out") return this.erased({ kind: "shut-out", lost: await this.store.erase() });
    this.isLocked = true;
    if (fault === "gone") this.health = await this.store.health().catch(() => ({ state: "dropped" as const, lost: this.store.marker.read()?.waiting ?? 0 }));
    this.events.emit({ kind: fault });
  }

  private async erased(event: GateEvent & { lost: number }, isOwn = true): Promise<void> {
    this.rest();
    this.isLocked = true;
    this.health = { state: "fresh", lost: 0 };
    if (isOwn) this.channel?.postMessage({ kind: "erased", lost: event.lost } satisfies Shout);
    this.events.emit(event);
  }

  private rest(): void {
    this.working?.sync.stop();
    this.working = null;
    clearTimeout(this.preparing);
    if (this.looking !== null) clearInterval(this.looking);
    this.looking = null;
  }
}
