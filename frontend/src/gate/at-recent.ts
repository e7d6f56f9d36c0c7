// The last scans of this device, each of which can be undone: the opposite is written down, and both stay on record.
import { found, type Seen } from "./decide";
import { NotOpen } from "./device";
import type { Recent } from "./memory";
import { made, part, write } from "./parts";
import type { Post, ScreenOf } from "./post";
import { personOf } from "./shown";

export class Recents implements ScreenOf {
  constructor(private readonly post: Post) {}

  shown(): void {
    const { root, memory, speech } = this.post;
    this.post.trouble("flags", false);
    write(part(root, "[data-recent=none]"), memory.recent.length ? "" : speech.say("recent", "none"));
    part(root, "[data-recent=scans]").replaceChildren(...memory.recent.map((each) => this.row(each)));
  }

  private row(recent: Recent): HTMLElement {
    const { speech, device } = this.post;
    const entry = recent.n === null ? undefined : device.roll?.entry(recent.n);
    const { name, of } = entry && device.roll ? personOf(found(entry), device.roll, speech) : { name: "", of: "" };
    const called = name || (recent.n === null ? speech.say("recent", "anonymous") : speech.say("verdict", "number", { n: recent.n }));
    const did = speech.say("recent", recent.answer === "refused" ? "refused" : `admitted-${recent.way}`);
    const time = speech.moment(Date.parse(recent.at), device.clock.now().getTime());
    const why = recent.reason === "ok" ? "" : speech.pair("reasons", recent.reason)[0];
    const guests = recent.guests ? speech.say("recent", "guests", { n: recent.guests }) : "";
    const texts = made(
      "span", {},
      made("bdi", { class: "name", text: called }),
      made("span", { class: "soft", text: [time, of, guests].filter(Boolean).join(" · ") }),
      made("span", { class: `mark ${recent.answer}`, text: [did, why].filter(Boolean).join(": ") }),
    );
    const flag = recent.flag ? [made("span", { class: "flag", text: speech.say("recent", `flag-${recent.flag}`) })] : [];
    return made("li", { class: "recent" }, texts, ...this.acts(recent, called), ...flag);
  }

  private acts(recent: Recent, called: string): HTMLElement[] {
    const { speech } = this.post;
    if (recent.isUndone) return [made("span", { class: "soft", text: speech.say("recent", "undone") })];
    if (recent.n === null) return [];
    if (recent.answer === "refused") {
      const entry = this.post.device.roll?.entry(recent.n);
      return entry ? [made("button", { text: speech.say("recent", "again"), act: () => void this.post.meet(entry, recent.by) })] : [];
    }
    const undo = speech.say("recent", "undo");
    return [made("button", { text: undo, label: `${undo}: ${called}`, act: () => void this.undo(recent) })];
  }

  private async undo(recent: Recent): Promise<void> {
    const { post } = this;
    if (post.isBusy) return;
    post.isBusy = true;
    try {
      const way = recent.way === "in" ? "out" : "in";
      const seen = this.seen(recent);
      const decision = { ...post.device.decide(seen, way), number: recent.n };
      const about = { answer: "admitted", by: recent.by, way, guests: recent.guests, note: post.speech.say("recent", "note") } as const;
      const scan = await post.write(seen, decision, about);
      if (scan) {
        post.memory.change(recent.id, { isUndone: true });
        post.memory.change(scan.id, { isUndone: true });
      }
    } catch (fault) {
      if (!(fault instanceof NotOpen)) throw fault;
    } finally {
      post.isBusy = false;
    }
    this.shown();
  }

  // One that the list does not know was let in by its code alone.
  private seen({ n }: Recent): Seen {
    const entry = (n === null ? null : this.post.device.roll?.entry(n)) ?? null;
    return { entry, payload: null, fault: null, other: null };
  }
}
