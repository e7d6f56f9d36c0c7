// The answer to a pass, over the whole screen; it waits for the officer only where the officer decides.
import type { Decision, Seen } from "./decide";
import { made, paint, part, write } from "./parts";
import type { Post, ScreenOf } from "./post";
import type { Waiting } from "./screens";
import { type Shown, shownOf } from "./shown";
import type { Scan } from "./wire";

export const REST_MS = 2_000;

export interface Case {
  seen: Seen;
  decision: Decision;
  by: Scan["by"];
  text: string;
}

export class Verdicts implements ScreenOf {
  waiting: Waiting = "no";
  case: Case | null = null;
  private readonly section: HTMLElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private painted = 0;

  constructor(
    private readonly post: Post,
    private readonly acts: { admit(): void; refuse(): void; group(): void; next(): void },
  ) {
    this.section = part(post.root, "[data-at=verdict]");
    for (const act of ["admit", "refuse", "group", "next"] as const) part(this.section, `[data-act=${act}]`).addEventListener("click", acts[act]);
    this.section.addEventListener("click", (event) => {
      if (this.waiting !== "asks" && !(event.target as HTMLElement).closest("button")) acts.next();
    });
  }

  // What is to be shown; the colour is there with the next frame, the photo follows.
  set(about: Case): Shown {
    const { device, speech } = this.post;
    this.case = about;
    const matter = { ...about, roll: device.roll!, gate: device.gate, now: device.clock.now().getTime() };
    const shown = shownOf(matter, speech);
    this.fill(shown);
    void this.paint(about);
    this.wait(shown);
    return shown;
  }

  // There was no room to write it down: it counts as a refusal that says so.
  unwritten(): void {
    const { speech } = this.post;
    this.section.dataset.tone = "refuse";
    this.put("word", speech.say("verdicts", "refuse"));
    this.put("title", speech.pair("troubles", "full")[0]);
    this.put("sentence", speech.say("verdict", "unwritten"));
    this.post.speak(speech.say("verdict", "unwritten"));
  }

  shown(): void {
    part(this.section, "h1").focus({ preventScroll: true });
    this.section.scrollTop = 0;
    scrollTo(0, 0);
  }

  left(): void {
    clearTimeout(this.timer);
    this.waiting = "no";
  }

  private wait({ asks, tone }: Shown): void {
    clearTimeout(this.timer);
    this.waiting = asks ? "asks" : "rests";
    if (asks) return;
    this.timer = setTimeout(() => {
      this.waiting = "no";
      // A refusal is read out to a person, and stays until the next one comes.
      if (tone === "admit") this.acts.next();
    }, REST_MS);
  }

  private at(name: string): HTMLElement {
    return part(this.section, `[data-verdict=${name}]`);
  }

  private put(name: string, words: string): void {
    write(this.at(name), words);
  }

  private fill(shown: Shown): void {
    this.section.dataset.tone = shown.tone;
    for (const name of ["word", "title", "sentence", "when", "name", "document", "office", "of", "number"] as const) this.put(name, shown[name]);
    this.at("also").replaceChildren(...shown.also.map((text) => made("li", { text })));
    this.at("also").hidden = !shown.also.length;
    this.at("whom").hidden = !shown.name && !shown.of;
    const letter = this.at("letter");
    write(letter, shown.category);
    letter.style.setProperty("--category", shown.colour || "transparent");
    this.fillZones(shown);
    this.at("choice").hidden = !shown.asks;
    part(this.section, "[data-act=admit]").hidden = shown.asks === "group";
    part(this.section, "[data-act=group]").hidden = shown.asks !== "group";
    part(this.section, "[data-act=next]").hidden = Boolean(shown.asks);
  }

  private fillZones({ zones }: Shown): void {
    const { speech, device } = this.post;
    const letters = zones.map(({ letter, isHere }) => made("b", { class: isHere ? "zone here" : "zone", text: letter }));
    const names = zones.map(({ letter, name }) => `${letter} ${speech.of(device.roll?.zone(name)?.name)}`);
    const box = this.at("zones");
    box.hidden = !zones.length;
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", speech.say("verdict", "opens", { zones: names.join(", ") }));
    box.replaceChildren(...letters);
  }

  private async paint({ seen: { entry } }: Case): Promise<void> {
    const turn = ++this.painted;
    const { speech, device } = this.post;
    const canvas = this.at("photo") as HTMLCanvasElement;
    canvas.hidden = true;
    this.put("no-photo", "");
    const isPerson = Boolean(entry && (entry.name || entry.names));
    part(this.section, ".face").hidden = !isPerson;
    if (!entry || !isPerson) return;
    const photo = await device.photo(entry).catch(() => null);
    if (turn !== this.painted) return;
    const name = speech.preferred(entry.names) || entry.name || "";
    canvas.setAttribute("aria-label", speech.say("verdict", "photo-of", { name }));
    if (!(await paint(canvas, photo)) && turn === this.painted) this.put("no-photo", speech.say("verdict", "no-photo"));
  }
}
