// The settings of a device: its gate, its sound, its PIN, its connection, and the way to give it back.
import type { Installed } from "./install";
import { fault, made, part, submitted, write } from "./parts";
import type { Photos } from "./photos";
import type { Post, ScreenOf } from "./post";
import { fillTroubles } from "./at-ready";

export class Settings implements ScreenOf {
  photos: ReturnType<Photos["counts"]> | null = null;
  installed: Installed | null = null;
  private readonly newpin: HTMLFormElement;

  constructor(
    private readonly post: Post,
    private readonly queue: () => { waiting: number; aside: number },
  ) {
    const { root, device, memory } = post;
    this.newpin = part(root, "[data-form=newpin]");
    submitted(this.newpin, (fields) => void this.changePin(fields));
    const gate = this.at<HTMLSelectElement>("gate");
    gate.addEventListener("change", () => {
      memory.keep({ gate: gate.value });
      device.gate = gate.value;
      post.moved();
    });
    const sound = this.at<HTMLInputElement>("sound");
    sound.addEventListener("change", () => memory.keep({ hasSound: sound.checked }));
    this.on("sync", () => device.syncNow());
    this.on("retry", () => void device.retryAside());
    this.on("clock", () => device.confirmClock());
    this.on("take-over", () => this.installed?.takeOver());
  }

  shown(): void {
    const { device, memory, speech } = this.post;
    const rules = device.roll?.rules;
    const choices = (rules?.gates ?? []).map(({ slug, name, zone }) => {
      const about = rules?.zones.find((each) => each.slug === zone);
      const option = made("option", { text: `${speech.of(name)} · ${about?.letter ?? ""} ${speech.of(about?.name)}` });
      [option.value, option.selected] = [slug, slug === device.gate];
      return option;
    });
    this.at("gate").replaceChildren(...choices);
    this.at<HTMLInputElement>("sound").checked = memory.habits.hasSound;
    fault(this.newpin, "");
    this.refresh();
  }

  refresh(): void {
    const { device, speech, state, root } = this.post;
    const { confirmedAt, ageMs } = device.listState();
    const time = confirmedAt ? speech.moment(Date.parse(confirmedAt), device.clock.now().getTime()) : "";
    write(this.at("list"), device.roll ? speech.say("ready", "list-of", { time, age: speech.age(ageMs) }) : speech.say("ready", "list-none"));
    const { have, missing } = this.photos ?? { have: 0, missing: 0 };
    write(this.at("photos"), speech.say("ready", "photos", { have, all: have + missing }));
    const { waiting, aside } = this.queue();
    write(this.at("unsent"), waiting + aside ? speech.say("ready", "queue", { n: waiting + aside }) : speech.say("ready", "queue-none"));
    this.at("retry").hidden = !aside;
    this.at("newer").hidden = !this.installed?.isWaiting();
    this.at("clock").hidden = !state.troubles.includes("clock");
    this.at("time").textContent = speech.time(device.clock.now().getTime());
    fillTroubles(part(root, "[data-settings=troubles]"), this.post, state.troubles);
  }

  private at<T extends HTMLElement>(name: string): T {
    return part<T>(this.post.root, `[data-settings=${name}]`);
  }

  private on(act: string, does: () => void): void {
    part(this.post.root, `[data-at=settings] [data-act=${act}]`).addEventListener("click", does);
  }

  private async changePin({ old = "", pin = "", again = "" }: Record<string, string>): Promise<void> {
    const { speech, device } = this.post;
    if (pin !== again) return fault(this.newpin, speech.say("pin", "differ"), "again");
    const wrong = await device.changePin(old, pin);
    if (wrong) return fault(this.newpin, speech.say("pin", wrong === "wrong" ? "old-wrong" : wrong), wrong === "wrong" ? "old" : "pin");
    fault(this.newpin, "");
    this.newpin.reset();
    this.post.murmur(speech.say("pin", "changed"));
    write(part(this.post.root, "[data-settings=pin-said]"), speech.say("pin", "changed"));
  }
}
