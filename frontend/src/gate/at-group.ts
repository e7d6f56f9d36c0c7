// Those who go with the pin of a head: people of the delegation, ticked, and guests, counted.
import { type Decision, found } from "./decide";
import { made, part, submitted, write } from "./parts";
import { pinOf } from "./pin";
import type { Post, ScreenOf } from "./post";
import { personOf } from "./shown";
import type { Entry, Scan } from "./wire";
import type { Case } from "./at-verdict";

export const MOST_GUESTS = 200;

export interface Candidate {
  entry: Entry;
  decision: Decision;
}

export function guestsOf(typed: string): number {
  const n = Number(pinOf(typed));
  return Number.isInteger(n) ? Math.min(MOST_GUESTS, Math.max(0, n)) : 0;
}

// The people of a delegation who have a pass, in the order of its numbers.
export function peopleOf(entries: Iterable<Entry>, delegation: number | undefined): Entry[] {
  const own = [...entries].filter((each) => delegation !== undefined && each.d === delegation && (each.k ?? "badge") === "badge" && each.s === "issued");
  return own.sort((one, other) => one.n - other.n);
}

export class Group implements ScreenOf {
  case: Case | null = null;
  private candidates: Candidate[] = [];
  private readonly form: HTMLFormElement;
  private readonly guests: HTMLInputElement;

  constructor(
    private readonly post: Post,
    private readonly acts: { refuse(): void; done(): void },
  ) {
    this.form = part(post.root, "[data-form=group]");
    this.guests = part(this.form, "[name=guests]");
    submitted(this.form, () => void this.admit());
    this.form.addEventListener("input", () => this.total());
    const pressed: Record<string, () => void> = {
      "group-all": () => this.tick(true),
      "group-none": () => this.tick(false),
      "guest-less": () => this.count(-1),
      "guest-more": () => this.count(1),
      refuse: acts.refuse,
    };
    for (const [act, does] of Object.entries(pressed)) part(this.form, `[data-act=${act}]`).addEventListener("click", does);
  }

  shown(): void {
    const { device, speech, root, way } = this.post;
    const entry = this.case?.seen.entry ?? null;
    const roll = device.roll;
    if (!this.case || !roll) return;
    const about = personOf(this.case.seen, roll, speech);
    part(root, "[data-group=of]").textContent = about.of;
    part(root, "[data-group=mark]").textContent = about.name;
    this.candidates = peopleOf(roll.entries(), entry?.d).map((each) => ({ entry: each, decision: device.decide(device.found(each), way) }));
    this.guests.value = speech.number(0);
    write(part(root, "[data-group=none]"), this.candidates.length ? "" : speech.say("group", "none"));
    part(root, "[data-group=people]").replaceChildren(...this.candidates.map((each) => this.row(each)));
    this.total();
  }

  private row({ entry, decision }: Candidate): HTMLElement {
    const { speech, device } = this.post;
    const { name, office } = personOf(found(entry), device.roll!, speech);
    const box = made("input");
    [box.type, box.name, box.value, box.disabled] = ["checkbox", "with", String(entry.n), decision.verdict === "refuse"];
    const said = decision.verdict === "admit" ? office : [office, speech.pair("reasons", decision.reason)[0]].filter(Boolean).join(" · ");
    return made("li", {}, made("label", { class: "pick" }, box, made("span", {}, made("bdi", { class: "name", text: name }), made("span", { class: "soft", text: said }))));
  }

  private ticked(): Candidate[] {
    const chosen = new Set(new FormData(this.form).getAll("with").map(Number));
    return this.candidates.filter(({ entry }) => chosen.has(entry.n));
  }

  private tick(isOn: boolean): void {
    for (const box of this.form.querySelectorAll<HTMLInputElement>("[name=with]:enabled")) box.checked = isOn;
    this.total();
  }

  private count(change: number): void {
    this.guests.value = this.post.speech.number(guestsOf(String(guestsOf(this.guests.value) + change)));
    this.total();
  }

  private total(): void {
    const { speech, device, root, way } = this.post;
    const n = 1 + this.ticked().length + guestsOf(this.guests.value);
    write(part(root, "[data-group=total]"), speech.say("group", way === "in" ? "total" : "total-out", { n }));
    const zone = device.roll?.zoneOf(device.gate);
    const room = zone?.capacity == null || way === "out" ? Infinity : Math.max(0, zone.capacity - device.inside(zone.slug));
    write(part(root, "[data-group=more]"), n > room ? speech.say("group", "more", { n: room }) : "");
  }

  // The pin first, with its guests; then each who goes along, with the same mark of the group.
  private async admit(): Promise<void> {
    const { post } = this;
    if (!this.case || post.isBusy) return;
    post.isBusy = true;
    try {
      const group = crypto.randomUUID();
      const { seen, decision, by } = this.case;
      const ticked = this.ticked();
      const written: (Scan | null)[] = [await post.write(seen, decision, { answer: "admitted", by, group, guests: guestsOf(this.guests.value) })];
      for (const each of ticked) written.push(await post.write(post.device.found(each.entry), each.decision, { answer: "admitted", by: "name", group }));
      const n = written.filter(Boolean).length + guestsOf(this.guests.value);
      post.murmur(post.speech.say("group", "done", { n }));
    } finally {
      post.isBusy = false;
    }
    this.acts.done();
  }
}
