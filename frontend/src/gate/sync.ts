// The work between a device and the server while a page is open: the pulse, the list, the queue, then the photos.
import { alone, type Turn } from "./alone";
import { Refused, type Server } from "./api";
import type { Clock } from "./clock";
import { StoreFull, StoreGone } from "../storage/database";
import { Deliverer, type Delivery, pauseMs } from "./deliver";
import type { Events } from "./events";
import type { Lists } from "./lists";
import type { Photos } from "./photos";
import type { Presence } from "./presence";
import type { Queue } from "./queue";
import { SealBroken } from "./seal";
import type { Store } from "./store";
import type { Walkins } from "./walkins";
import type { Flag, Pulse, Scan } from "./wire";

export const PULSE_MS = 3_000;
export const HIDDEN_PULSE_MS = 10_000;
const LONGEST_SILENCE_MS = 15_000;
const PHOTOS_PAUSE_MS = 150;

export interface Around {
  isVisible(): boolean;
  isOnline(): boolean;
  onChange(told: () => void): () => void; // tells when either changed; hands back how to stop
}

export const PAGE: Around = {
  isVisible: () => document.visibilityState === "visible",
  isOnline: () => navigator.onLine,
  onChange(told) {
    const kinds: [EventTarget, string][] = [[document, "visibilitychange"], [window, "online"], [window, "offline"]];
    for (const [target, kind] of kinds) target.addEventListener(kind, told);
    return () => kinds.forEach(([target, kind]) => target.removeEventListener(kind, told));
  },
};

export interface Parts {
  store: Store;
  server: Server;
  lists: Lists;
  queue: Queue;
  presence: Presence;
  photos: Photos;
  walkins: Walkins;
  clock: Clock;
  events: Events;
  around: Around;
  taken(ids: string[]): void; // for the other tabs
  ended(fault: "unknown" | "shut-out" | "gone"): Promise<void>; // the device may not go on
}

// The server is there, and has no time for this question; the next pulse asks again.
function isPassing(fault: unknown): boolean {
  return fault instanceof Refused && (fault.fault === "busy" || fault.fault === "strange");
}

type Timer = ReturnType<typeof setTimeout>;

export class Sync {
  isOnline: boolean | null = null;
  private readonly deliverer: Deliverer;
  private movedAt: string | null = null; // a page that opens anew asks for all who are inside
  private readonly timers: { pulse?: Timer; delivery?: Timer; photos?: Timer } = {};
  private failures = 0;
  private isStopped = true;
  private pulsing: Promise<void> | null = null;
  private delivering: Promise<void> | null = null;
  private wantsMore = false;
  private restsUntil = 0;
  private wanted = ""; // of which list and gate the photos are known
  private fetching = false;
  private leave: () => void = () => undefined;

  constructor(private readonly parts: Parts) {
    const told = { taken: this.taken.bind(this), aside: (scan: Scan, fault: string) => parts.events.emit({ kind: "aside", scan, fault }) };
    this.deliverer = new Deliverer(parts.queue, parts.server, told);
  }

  start(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    this.leave = this.parts.around.onChange(() => this.awake());
    void this.pulse();
  }

  stop(): void {
    this.isStopped = true;
    this.leave();
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
  }

  // When what was begun has come to its end.
  async settled(): Promise<void> {
    await Promise.allSettled([this.pulsing, this.delivering]);
  }

  // The network or the page came back, or a person asks for it: at once, and as if nothing had failed.
  awake(): void {
    [this.failures, this.restsUntil] = [0, 0];
    this.deliverer.forgive();
    if (!this.parts.around.isOnline()) this.lost(new Refused("offline"));
    void this.afresh();
  }

  // A pulse that begins now: one that is on its way may have passed what it is asked for.
  async afresh(): Promise<void> {
    await this.pulsing;
    if (!this.isStopped) await this.pulse();
  }

  // A scan was written.
  nudge(): void {
    if (this.isOnline !== false) void this.deliver();
  }

  // ── The pulse ──

  // One at a time; who asks while one is on its way gets that one.
  pulse(): Promise<void> {
    clearTimeout(this.timers.pulse);
    this.pulsing ??= this.beat().finally(() => {
      this.pulsing = null;
      if (!this.isStopped) this.timers.pulse = setTimeout(() => void this.pulse(), this.nextMs());
    });
    return this.pulsing;
  }

  private nextMs(): number {
    const { around } = this.parts;
    const usual = around.isVisible() ? PULSE_MS : HIDDEN_PULSE_MS;
    return this.failures ? Math.min(LONGEST_SILENCE_MS, Math.max(usual, pauseMs(this.failures))) : usual;
  }

  private async beat(): Promise<void> {
    if (this.isStopped) return;
    try {
      const { server, lists, queue, clock } = this.parts;
      const { waiting } = await queue.counts();
      const askedAt = clock.mark();
      const pulse = await server.pulse({ since: lists.since, queued: waiting, listAt: lists.confirmedAt, moved: this.movedAt });
      this.failures = 0;
      await this.heard(pulse, askedAt).catch((fault: unknown) => {
        if (!isPassing(fault)) throw fault;
      });
      void this.deliver();
      this.fetchPhotos();
    } catch (fault) {
      await this.met(fault);
    }
  }

  private async heard(pulse: Pulse, askedAt: number): Promise<void> {
    const { store, server, lists, presence, walkins, clock, events } = this.parts;
    clock.heard(pulse.now, askedAt);
    presence.heard(pulse.inside, askedAt);
    presence.learned(pulse.moves ?? []);
    this.movedAt = pulse.moved ?? null;
    this.found();
    await store.keepMeta({ clock: clock.state(), inside: pulse.inside });
    await this.moved(pulse.gate);
    if (lists.roll && pulse.revision < lists.roll.revision) lists.doubt();
    if (pulse.is_newer || lists.since !== pulse.revision) await lists.refresh(server, pulse.now);
    else await lists.confirm(pulse.now);
    events.emit({ kind: "counts", inside: presence.all((lists.roll?.rules.zones ?? []).map(({ slug }) => slug)) });
    const answers = await walkins.heard(pulse.requests);
    if (answers.length) events.emit({ kind: "requests", answers });
    await walkins.send(server);
  }

  private async moved(gate: string): Promise<void> {
    const device = await this.parts.store.device();
    if (!gate || !device || (device.toldGate ?? device.gate) === gate) return;
    // A gate that the officer chose here stays until the supervisor moves the device.
    await this.parts.store.keepDevice({ gate, toldGate: gate });
    this.parts.events.emit({ kind: "gate", gate });
  }

  // ── The queue ──

  // Asked for again while it runs, it looks once more when it is done.
  deliver(): Promise<void> {
    if (performance.now() < this.restsUntil) return Promise.resolve();
    this.wantsMore = true;
    this.delivering ??= this.delivered().finally(() => (this.delivering = null));
    return this.delivering;
  }

  private async delivered(): Promise<void> {
    clearTimeout(this.timers.delivery);
    try {
      while (this.wantsMore && !this.isStopped) {
        this.wantsMore = false;
        const ended = await alone("deliver", this.parts.store, (turn) => this.inTurn(turn));
        if (ended) await this.after(ended);
      }
    } catch (fault) {
      await this.met(fault);
    }
  }

  private async inTurn(turn: Turn): Promise<Delivery> {
    return this.deliverer.run(async () => !this.isStopped && (await turn.goesOn()));
  }

  private async after(ended: Delivery): Promise<void> {
    if (ended.kind === "stopped") return this.parts.ended(ended.fault);
    if (ended.kind !== "paused" || this.isStopped) return;
    if (ended.fault === "offline") this.lost(new Refused("offline"));
    this.restsUntil = performance.now() + ended.waitMs;
    this.timers.delivery = setTimeout(() => void this.deliver(), ended.waitMs + 1);
  }

  private taken(scans: Scan[], flags: Flag[]): void {
    const { presence, events } = this.parts;
    const ids = scans.map(({ id }) => id);
    presence.taken(ids, performance.now());
    this.parts.taken(ids);
    this.found();
    if (flags.length) events.emit({ kind: "flags", flags });
  }

  // ── The photos ──

  fetchPhotos(): void {
    if (this.fetching || this.isStopped) return;
    this.fetching = true;
    clearTimeout(this.timers.photos);
    void this.somePhotos().then((isMore) => {
      this.fetching = false;
      if (isMore && !this.isStopped) this.timers.photos = setTimeout(() => this.fetchPhotos(), PHOTOS_PAUSE_MS);
    });
  }

  private async somePhotos(): Promise<boolean> {
    const { around, lists, photos, server, store, events } = this.parts;
    if (!around.isVisible() || !this.isOnline || !lists.roll) return false;
    try {
      const gate = (await store.device())?.gate ?? "";
      const wanted = `${lists.roll.revision} ${gate}`;
      if (wanted !== this.wanted) events.emit({ kind: "photos", ...(await photos.want(lists.roll.photosFor(gate))) });
      this.wanted = wanted;
      const before = photos.counts().have;
      const isMore = await photos.fetchSome(server);
      if (photos.counts().have !== before) events.emit({ kind: "photos", ...photos.counts() });
      return isMore;
    } catch (fault) {
      if (fault instanceof StoreFull) events.emit({ kind: "full", what: "photos" });
      else if (!(fault instanceof SealBroken) && !isPassing(fault)) await this.met(fault);
      return false;
    }
  }

  // ── The network ──

  private found(): void {
    if (this.isOnline) return;
    this.isOnline = true;
    this.deliverer.forgive();
    this.parts.events.emit({ kind: "online" });
  }

  private lost(fault: Refused): void {
    if (this.isOnline === false) return;
    this.isOnline = false;
    const said = fault.fault === "strange" || fault.fault === "busy" ? fault.fault : "offline";
    this.parts.events.emit({ kind: "offline", fault: said });
  }

  private async met(fault: unknown): Promise<void> {
    if (fault instanceof StoreGone) return this.parts.ended("gone");
    if (!(fault instanceof Refused)) throw fault;
    if (fault.fault === "unknown" || fault.fault === "shut-out") return this.parts.ended(fault.fault);
    this.failures += 1;
    this.lost(fault);
  }
}
