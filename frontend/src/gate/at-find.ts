// Finding people by name, delegation or number, and asking the desk for those who have no pass.
import { found } from "./decide";
import type { Roll } from "./list";
import { fault, made, paint, part, submitted, write } from "./parts";
import type { Post, ScreenOf } from "./post";
import { personOf } from "./shown";
import type { Entry } from "./wire";

const PAUSE_MS = 120;
const MOST = 12;

export class Find implements ScreenOf {
  private readonly typed: HTMLInputElement;
  private readonly people: HTMLElement;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly post: Post) {
    const form = part<HTMLFormElement>(post.root, "[data-form=find]");
    this.typed = part(form, "[name=typed]");
    this.people = part(post.root, "[data-find=people]");
    submitted(form, () => this.look());
    this.typed.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), PAUSE_MS);
    });
  }

  shown(): void {
    this.typed.value = "";
    this.look();
    this.typed.focus();
  }

  private look(): void {
    clearTimeout(this.timer);
    const { device, speech, root } = this.post;
    const words = this.typed.value.trim();
    const roll = device.roll;
    const hits = words && roll ? device.find(words, MOST) : [];
    this.people.replaceChildren(...(roll ? hits.map((entry) => this.row(entry, roll)) : []));
    const said = !roll ? speech.say("verdict", "no-list") : !words ? "" : hits.length ? speech.say("verdict", "found", { n: hits.length }) : speech.say("verdict", "no-number");
    write(part(root, "[data-find=said]"), said);
  }

  private row(entry: Entry, roll: Roll): HTMLElement {
    const { speech, device } = this.post;
    const { name, document: written, office, of } = personOf(found(entry), roll, speech);
    const canvas = made("canvas", { class: "thumb" });
    canvas.setAttribute("aria-hidden", "true");
    void device.photo(entry).then((photo) => paint(canvas, photo)).catch(() => undefined);
    const about = [office, of].filter(Boolean).join(" · ");
    const number = speech.say("verdict", "number", { n: entry.n });
    const texts = made("span", {}, made("bdi", { class: "name", text: name }), made("bdi", { class: "soft", text: written }), made("span", { class: "soft", text: about }), made("span", { class: "soft figure", text: number }));
    return made("li", {}, made("button", { class: "person", act: () => void this.post.meet(entry) }, made("span", { class: "thumbnail" }, canvas), texts));
  }
}

export class Walkin implements ScreenOf {
  private readonly form: HTMLFormElement;

  constructor(private readonly post: Post) {
    this.form = part(post.root, "[data-form=walkin]");
    submitted(this.form, (fields) => void this.ask(fields));
  }

  shown(): void {
    fault(this.form, "");
    void this.refresh();
  }

  private async ask({ name = "", office = "", reason = "" }: Record<string, string>): Promise<void> {
    const { speech, device } = this.post;
    const lacks = !name.trim() ? "name" : !reason.trim() ? "reason" : "";
    if (lacks) return fault(this.form, speech.say("walkin", lacks), lacks);
    if (!device.roll) return fault(this.form, speech.say("verdict", "no-list"));
    fault(this.form, "");
    await device.ask({ name: name.trim(), office: office.trim(), reason: reason.trim() });
    this.form.reset();
    this.post.murmur(speech.say("walkin", "asked"));
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const { speech, device, root } = this.post;
    const now = device.clock.now().getTime();
    const rows = (await device.requests()).map(({ asked, state, answer, number, at }) => {
      const spare = number === null ? "" : speech.say("walkin", "spare", { n: number });
      return made(
        "li", { class: `request ${state}` },
        made("strong", { class: "name" }, made("bdi", { text: asked.name })),
        made("span", { class: "soft", text: [asked.office, speech.moment(Date.parse(at), now)].filter(Boolean).join(" · ") }),
        made("span", { class: "mark", text: speech.say("walkin", state) }),
        made("span", { text: answer }),
        made("strong", { text: spare }),
      );
    });
    part(root, "[data-walkin=requests]").replaceChildren(...rows);
    const open = rows.filter((row) => row.matches(".granted")).length;
    const count = part(root, "[data-count=walkin]");
    write(count, open ? speech.number(open) : "");
  }
}
