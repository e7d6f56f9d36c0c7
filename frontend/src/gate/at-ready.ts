// The screen on which an officer waits for the next pass: the camera, and the state of the device in words and shapes.
import { Camera, type CameraState } from "./camera";
import { made, part, write } from "./parts";
import type { Post, ScreenOf } from "./post";
import type { Trouble } from "./screens";
import type { Way } from "./wire";

export type Network = "online" | "offline" | "strange" | "busy";
// Told on the screen of settings alone: nothing an officer does about it helps the next person in the queue.
const QUIET: readonly Trouble[] = ["temporary", "no-worker"];

export class Ready implements ScreenOf {
  readonly camera: Camera;
  network: Network = "offline";
  queue = { waiting: 0, aside: 0 };
  private readonly view: HTMLElement;
  private readonly torch: HTMLButtonElement;
  private wake: WakeLockSentinel | null = null;

  constructor(
    private readonly post: Post,
    read: (text: string, takenAt: number) => void,
  ) {
    const { root } = post;
    this.view = part(root, "[data-view]");
    this.torch = part(root, "[data-act=torch]");
    this.camera = new Camera(part(root, "[data-video]"), { state: (state) => this.looks(state), read });
    part(root, "[data-act=camera-open]").addEventListener("click", () => void this.camera.open());
    this.torch.addEventListener("click", () => this.lit(this.torch.getAttribute("aria-pressed") !== "true"));
    for (const way of this.ways()) way.addEventListener("click", () => this.turn(way.dataset.way as Way));
    document.addEventListener("visibilitychange", () => void this.awake());
    window.addEventListener("pagehide", () => this.camera.close());
  }

  shown(): void {
    this.refresh();
    if (this.camera.state === "off") void this.camera.open();
    else this.camera.resume();
    void this.awake();
  }

  // The device was locked or erased.
  rest(): void {
    this.camera.close();
    void this.wake?.release();
    this.wake = null;
  }

  refresh(): void {
    this.showWays();
    this.showList();
    this.state("network", this.post.speech.say("ready", this.network), this.network === "online" ? "good" : "needs");
    this.showQueue();
    this.showInside();
    this.showTroubles();
  }

  // ── The camera ──

  private looks(state: CameraState): void {
    this.view.dataset.camera = state;
    write(part(this.view, "[data-camera-said]"), this.post.speech.say("camera", state));
    part(this.view, "[data-act=camera-open]").hidden = state === "looking" || state === "opening";
    this.torch.hidden = state !== "looking" || !this.camera.hasTorch;
    if (state === "refused" || state === "none" || state === "failed") this.post.murmur(this.post.speech.say("camera", state));
  }

  private lit(isOn: boolean): void {
    this.torch.setAttribute("aria-pressed", String(isOn));
    void this.camera.light(isOn);
  }

  // A screen that goes dark between two people costs a second each time.
  private async awake(): Promise<void> {
    if (document.hidden || this.wake || !this.post.state.isOpen) return;
    this.wake = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
    this.wake?.addEventListener("release", () => (this.wake = null));
  }

  // ── The way ──

  private ways(): HTMLElement[] {
    return [...this.post.root.querySelectorAll<HTMLElement>("[data-way]")];
  }

  private turn(way: Way): void {
    this.post.memory.keep({ way });
    this.camera.forget();
    this.post.moved();
  }

  private showWays(): void {
    const ways = this.post.device.roll?.gate(this.post.device.gate)?.ways ?? "both";
    for (const each of this.ways()) {
      each.setAttribute("aria-pressed", String(each.dataset.way === this.post.way));
      each.hidden = ways !== "both" && each.dataset.way !== ways;
    }
  }

  // ── The state ──

  private state(name: string, words: string, tone: "good" | "needs" | "bad" | ""): void {
    const item = part(this.post.root, `[data-state=${name}]`);
    item.dataset.tone = tone;
    item.hidden = !words;
    write(part(item, "[data-said]"), words);
  }

  private showList(): void {
    const { speech, device } = this.post;
    if (!device.roll) return this.state("list", speech.say("ready", "list-none"), "bad");
    const { confirmedAt, ageMs, isOld } = device.listState();
    const time = confirmedAt ? speech.moment(Date.parse(confirmedAt), device.clock.now().getTime()) : "";
    this.state("list", speech.say("ready", "list-of", { time, age: speech.age(ageMs) }), isOld ? "bad" : "good");
  }

  private showQueue(): void {
    const { speech } = this.post;
    const { waiting } = this.queue;
    this.state("queue", waiting ? speech.say("ready", "queue", { n: waiting }) : speech.say("ready", "queue-none"), waiting ? "needs" : "good");
  }

  private showInside(): void {
    const { device, speech } = this.post;
    const zone = device.roll?.zoneOf(device.gate);
    if (!zone) return this.state("inside", "", "");
    const n = device.inside(zone.slug);
    if (zone.capacity === null) return this.state("inside", speech.say("ready", "inside", { n }), "");
    const isFull = n >= zone.capacity;
    const words = speech.say("ready", "inside-of", { n, most: zone.capacity });
    this.state("inside", isFull ? `${words}, ${speech.say("ready", "full")}` : words, isFull ? "bad" : "good");
  }

  private showTroubles(): void {
    const { root, state } = this.post;
    const told = state.troubles.filter((code) => !QUIET.includes(code));
    fillTroubles(part(root, "[data-troubles]"), this.post, told);
  }
}

export function fillTroubles(box: HTMLElement, post: Post, codes: Trouble[]): void {
  const { speech, state } = post;
  const key = codes.join(" ");
  if (box.dataset.told === key) return;
  box.dataset.told = key;
  box.replaceChildren(
    ...codes.map((code) => {
      const [title, sentence] = speech.pair("troubles", code, { n: state.lost });
      const more = code === "flags" ? [made("button", { text: title, act: () => post.go("recent") })] : [];
      return made("div", { class: "note needs" }, made("strong", { text: title }), made("p", { text: sentence }), ...more);
    }),
  );
}
