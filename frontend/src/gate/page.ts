// The page of a gate: opens the device, shows the screen that follows from what happened, and judges what is scanned.
import { Find, Walkin } from "./at-find";
import { Group } from "./at-group";
import { type Network, Ready } from "./at-ready";
import { Recents } from "./at-recent";
import { Pin, SetUp } from "./at-setup";
import { Settings } from "./at-settings";
import { type Case, Verdicts } from "./at-verdict";
import { StoreFull, StoreGone } from "../storage/database";
import type { Decision, Seen } from "./decide";
import { GateDevice, NotOpen } from "./device";
import type { GateEvent } from "./events";
import { install } from "./install";
import { Keys } from "./keys";
import { Memory } from "./memory";
import { part, write } from "./parts";
import type { About, Post, ScreenOf } from "./post";
import { type Happened, mayJudge, next, type Place, type Screen, START, type State, type Trouble } from "./screens";
import { Sounds } from "./sounds";
import type { Entry, Flag, Scan, WalkInAnswer, Way } from "./wire";
import { type Said, Speech } from "./words";

const TICK_MS = 15_000;

export function attach(document: Document): void {
  const root = document.querySelector<HTMLElement>("[data-gate]");
  const words = document.getElementById("gate-words")?.textContent;
  if (root && words) void start(root, JSON.parse(words) as Said);
}

async function start(root: HTMLElement, said: Said): Promise<void> {
  const { edition = "", base = "", zone = "UTC" } = root.dataset;
  const speech = new Speech(said, root.ownerDocument.documentElement.lang, zone);
  try {
    new Page(root, await GateDevice.open(edition, base), speech, new Memory(edition)).begin();
  } catch (fault) {
    if (!(fault instanceof StoreGone)) throw fault;
    ended(root, speech, next(START, { kind: "ended", end: "no-storage", lost: 0 }));
  }
}

function ended(root: HTMLElement, speech: Speech, { end, lost }: State): void {
  const [title, sentence] = speech.pair("troubles", end, { n: lost });
  part(root, "[data-ended=title]").textContent = title;
  part(root, "[data-ended=said]").textContent = sentence;
  part(root, "[data-ended=anew]").hidden = end === "no-storage";
  lay(root, "ended");
}

// Shows one screen, and hides the others.
function lay(root: HTMLElement, screen: Screen): void {
  root.dataset.screen = screen;
  for (const section of root.querySelectorAll<HTMLElement>("[data-at]")) section.hidden = section.dataset.at !== screen;
  part(root, "[data-bar=back]").hidden = !["find", "walkin", "recent", "settings"].includes(screen);
  part(root, "[data-bar=lock]").hidden = ["opening", "setup", "pin", "ended"].includes(screen);
}

class Page implements Post {
  state: State = START;
  isBusy = false;
  readonly csrf: string;
  private readonly sounds = new Sounds();
  private readonly ready: Ready;
  private readonly verdicts: Verdicts;
  private readonly group: Group;
  private readonly walkin: Walkin;
  private readonly settings: Settings;
  private readonly screens: Partial<Record<Screen, ScreenOf>>;

  constructor(
    readonly root: HTMLElement,
    readonly device: GateDevice,
    readonly speech: Speech,
    readonly memory: Memory,
  ) {
    this.csrf = root.dataset.csrf ?? "";
    this.ready = new Ready(this, (text, takenAt) => void this.judge(text, "camera", takenAt));
    this.verdicts = new Verdicts(this, { admit: () => void this.answer("admitted"), refuse: () => void this.answer("refused"), group: () => this.happen({ kind: "grouped" }), next: () => this.go("ready") });
    this.group = new Group(this, { refuse: () => void this.answer("refused"), done: () => this.go("ready") });
    this.walkin = new Walkin(this);
    this.settings = new Settings(this, () => this.ready.queue);
    const { ready, verdicts, group, walkin, settings } = this;
    this.screens = { setup: new SetUp(this), pin: new Pin(this), ready, verdict: verdicts, group, find: new Find(this), walkin, recent: new Recents(this), settings };
  }

  begin(): void {
    const { root, device } = this;
    for (const link of root.querySelectorAll<HTMLElement>("[data-go]")) link.addEventListener("click", () => this.go(link.dataset.go as Place));
    part(root, "[data-act=lock]").addEventListener("click", () => device.lock());
    part(root, "[data-act=anew]").addEventListener("click", () => this.happen({ kind: "anew" }));
    for (const erase of root.querySelectorAll("[data-act=erase]")) erase.addEventListener("click", () => void device.erase());
    for (const kind of ["pointerdown", "keydown"]) root.ownerDocument.addEventListener(kind, () => this.touched(), { capture: true });
    new Keys(root.ownerDocument, { read: (text) => void this.judge(text, "reader", performance.now()), escape: () => this.escape(), isOn: () => this.state.isOpen });
    device.on((event) => this.told(event));
    setInterval(() => this.tick(), TICK_MS);
    this.happen({ kind: "opened", health: device.health });
    void this.install();
  }

  get way(): Way {
    const ways = this.device.roll?.gate(this.device.gate)?.ways ?? "both";
    return ways === "both" ? this.memory.habits.way : ways;
  }

  // ── From screen to screen ──

  go(to: Place): void {
    this.happen({ kind: "went", to });
  }

  opened(): void {
    const { gate } = this.memory.habits;
    if (gate) this.device.gate = gate;
    this.happen({ kind: "unlocked" });
    void this.device.counts().then((counts) => this.counted(counts));
    this.installed?.keep(location.pathname);
    void navigator.storage?.persisted?.().then((isPromised) => this.trouble("temporary", !isPromised));
  }

  happen(happened: Happened): void {
    const before = this.state.screen;
    this.state = next(this.state, happened);
    const { screen } = this.state;
    if (happened.kind === "trouble") return this.refresh();
    this.notice("");
    if (screen !== before) this.screens[before]?.left?.();
    if (screen === "ended") ended(this.root, this.speech, this.state);
    else lay(this.root, screen);
    if (screen !== before && before !== "opening") part(this.root, `[data-at=${screen}] h1`).focus({ preventScroll: true });
    if (!this.state.isOpen) this.ready.rest();
    this.screens[screen]?.shown();
    this.heading();
  }

  moved(): void {
    this.refresh();
  }

  private escape(): void {
    if (this.verdicts.waiting === "asks" || this.state.screen === "group") return;
    if (this.state.isOpen) this.go("ready");
  }

  private heading(): void {
    const { device, speech, root } = this;
    const gate = device.roll?.gate(device.gate);
    const zone = device.roll?.zoneOf(device.gate);
    if (gate) part(root, "[data-where]").textContent = speech.of(gate.name);
    part(root, "[data-where-more]").textContent = gate ? speech.say("ready", "zone", { letter: zone?.letter ?? "", zone: speech.of(zone?.name) }) : "";
    root.dataset.way = this.way;
  }

  private refresh(): void {
    this.heading();
    if (this.state.screen === "ready") this.ready.refresh();
    if (this.state.screen === "settings") this.settings.refresh();
  }

  private tick(): void {
    if (!this.state.isOpen) return;
    this.trouble("list-old", this.device.roll !== null && this.device.listState().isOld);
    this.refresh();
  }

  private touched(): void {
    this.device.touch();
    if (this.memory.habits.hasSound) this.sounds.wake();
  }

  // ── Judging ──

  private async judge(text: string, by: Scan["by"], takenAt: number): Promise<void> {
    if (this.isBusy || !mayJudge(this.state, this.verdicts.waiting, by)) return this.passedOver(by);
    if (!this.device.roll) {
      this.ready.camera.forget();
      return this.notice(this.speech.say("verdict", "no-list"));
    }
    await this.alone(async () => {
      const began = performance.now();
      const seen = await this.device.see(text);
      await this.settle(seen, by, text, began);
      // Until the colour is on the screen, not only in the page.
      requestAnimationFrame(() => setTimeout(() => measured("ejlas-colour", takenAt)));
    });
  }

  // What a camera sees now it sees again; who pulled the trigger of a reader is told.
  private passedOver(by: Scan["by"]): void {
    if (by === "camera") this.ready.camera.forget();
    else if (!this.isBusy && this.state.isOpen) this.notice(this.speech.say("verdict", "first"));
  }

  async meet(entry: Entry, by: Scan["by"] = "name"): Promise<void> {
    if (!this.isBusy) await this.alone(() => this.settle(this.device.found(entry), by, "", performance.now()));
  }

  private async alone(work: () => Promise<void>): Promise<void> {
    this.isBusy = true;
    try {
      await work();
    } catch (fault) {
      if (!(fault instanceof NotOpen)) throw fault;
      this.notice(this.speech.say("verdict", "no-list"));
    } finally {
      this.isBusy = false;
    }
  }

  private async settle(seen: Seen, by: Scan["by"], text: string, began: number): Promise<void> {
    const { device, speech } = this;
    if (device.roll && !device.roll.gate(device.gate)) return this.notice(speech.say("verdict", "no-gate"));
    const decision = device.decide(seen, this.way);
    measured("ejlas-decision", began);
    const about: Case = { seen, decision, by, text };
    const isWritten = decision.verdict === "ask" || (await this.write(seen, decision, { answer: decision.verdict === "admit" ? "admitted" : "refused", by, text }));
    if (!this.state.isOpen) return;
    if (this.memory.habits.hasSound) this.sounds.play(isWritten ? decision.verdict : "refuse");
    const shown = this.verdicts.set(about);
    this.group.case = about;
    this.happen({ kind: "judged" });
    if (isWritten) this.speak(shown.spoken);
    else this.verdicts.unwritten();
  }

  private async answer(answer: Scan["answer"]): Promise<void> {
    const about = this.verdicts.case;
    if (!about || this.isBusy) return;
    await this.alone(async () => {
      const { seen, decision, by, text } = about;
      const scan = await this.write(seen, decision, { answer, by, text });
      if (scan) this.go("ready");
      else this.verdicts.unwritten();
    });
  }

  async write(seen: Seen, decision: Decision, about: About): Promise<Scan | null> {
    try {
      const scan = await this.device.record(seen, decision, { way: this.way, ...about });
      this.memory.note(scan);
      return scan;
    } catch (fault) {
      if (fault instanceof StoreFull) return null;
      throw fault;
    }
  }

  // ── What is heard ──

  murmur(sentence: string): void {
    part(this.root, "[data-murmured]").textContent = sentence;
  }

  speak(sentence: string): void {
    part(this.root, "[data-spoken]").textContent = sentence;
  }

  private notice(sentence: string): void {
    write(part(this.root, "[data-notice]"), sentence);
  }

  trouble(code: Trouble, isOn: boolean): void {
    if (this.state.troubles.includes(code) !== isOn) this.happen({ kind: "trouble", code, isOn });
  }

  private told(event: GateEvent): void {
    switch (event.kind) {
      case "online":
        return this.network("online");
      case "offline":
        return this.network(event.fault);
      case "queue":
        return this.counted(event);
      case "list":
      case "confirmed":
        this.trouble("list-refused", false);
        return this.tick();
      case "list-refused":
        return this.trouble("list-refused", true);
      case "clock":
        return this.trouble("clock", event.doubt !== "");
      case "flags":
        return this.flagged(event.flags);
      case "requests":
        return this.answered(event.answers);
      case "full":
        return this.trouble("full", true);
      default:
        return this.toldMore(event);
    }
  }

  private toldMore(event: GateEvent): void {
    if (event.kind === "photos") this.settings.photos = { have: event.have, missing: event.missing };
    else if (event.kind === "gate") {
      // The supervisor has moved the device.
      this.memory.keep({ gate: event.gate });
      this.moved();
    } else if (event.kind === "locked") {
      this.happen({ kind: "locked" });
      // Nobody stands at the gate now: a newer version comes in, and asks for the PIN as this one would.
      if (this.installed?.isWaiting()) this.installed.takeOver();
    } else if (event.kind === "unknown") this.happen({ kind: "ended", end: "unknown", lost: this.ready.queue.waiting + this.ready.queue.aside });
    else if (event.kind === "gone") this.happen({ kind: "ended", end: "gone", lost: this.device.health.lost });
    else if (event.kind === "shut-out" || event.kind === "erased") this.erased(event.kind, event.lost);
    this.refresh();
  }

  private erased(end: "shut-out" | "erased", lost: number): void {
    this.memory.forget();
    this.installed?.forget();
    this.happen({ kind: "ended", end, lost });
  }

  private network(network: Network): void {
    this.ready.network = network;
    this.murmur(this.speech.say("ready", network));
    this.refresh();
  }

  private counted({ waiting, aside }: { waiting: number; aside: number }): void {
    this.ready.queue = { waiting, aside };
    this.trouble("aside", aside > 0);
    this.refresh();
  }

  // Somebody waits beside the queue for this.
  private answered(answers: WalkInAnswer[]): void {
    const said = answers.map(({ state, number }) => (state === "granted" && number !== null ? this.speech.say("walkin", "spare", { n: number }) : this.speech.say("walkin", state)));
    this.notice(said.join(" "));
    void this.walkin.refresh();
  }

  private flagged(flags: Flag[]): void {
    for (const { id, flag } of flags) this.memory.change(id, { flag });
    this.trouble("flags", true);
  }

  // ── Without network ──

  private get installed(): Settings["installed"] {
    return this.settings.installed;
  }

  private async install(): Promise<void> {
    const installed = await install(this.root.dataset.worker ?? "", () => this.refresh());
    this.settings.installed = installed;
    this.trouble("no-worker", installed === null);
    if (this.state.isOpen) installed?.keep(location.pathname);
  }
}

// For who measures: the last one alone is kept, through sixteen hours.
function measured(name: string, start: number): void {
  performance.clearMeasures(name);
  performance.measure(name, { start });
}
