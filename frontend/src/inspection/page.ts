// The walk of a round on a phone: every answer is kept here first, then brought to the server when it can be reached.
import { StoreFull } from "../storage/database";
import { Card } from "./card";
import { deliver } from "./deliver";
import { forget, install } from "./install";
import { Api, type Obstacle } from "./server";
import { byLine, filled, type Kept, nSeen, type Result, type Told } from "./shape";
import { Store } from "./store";

const AGAIN_MS = 10_000;

export async function attach(root: Document): Promise<void> {
  const place = root.querySelector<HTMLElement>("[data-walk]");
  if (!place) return;
  const told = json<Told>(root, "walk-told");
  const words = json<Record<string, string>>(root, "walk-words");
  const base = place.dataset.base ?? "";
  try {
    await new Walk(place, told, words, await Store.open(base), base).begin();
  } catch {
    // Without storage the forms are sent as they are.
    say(place.querySelector("[data-trouble]"), words["no-store"] ?? "");
  }
}

class Walk {
  private readonly cards: Map<string, Card>;
  private readonly server: Api;
  private waiting: Kept[] = [];
  private obstacle: Obstacle | "" = "";
  private offsetMs = 0;
  private isBusy = false;
  private isOld = false;

  constructor(
    private readonly root: HTMLElement,
    private told: Told,
    private readonly words: Record<string, string>,
    private readonly store: Store,
    private readonly base: string,
  ) {
    this.server = new Api(base);
    const said = (name: string, values = {}): string => this.said(name, values);
    const every = [...root.querySelectorAll<HTMLElement>("[data-line]")].map((each) => new Card(each, said, root.dataset.photos ?? ""));
    this.cards = new Map(every.map((card) => [card.slug, card]));
  }

  async begin(): Promise<void> {
    const last = await this.store.last();
    this.offsetMs = last?.offsetMs ?? 0;
    for (const [slug, draft] of await this.store.typed()) await this.cards.get(slug)?.bring(draft);
    for (const card of this.cards.values()) {
      card.onAnswer((result) => void this.answer(card, result));
      card.onType(() => void this.store.type(card.slug, card.draft).catch(() => undefined));
    }
    await this.show();
    // From here on the page takes answers, whatever the network does.
    this.root.dataset.ready = "";
    if (!this.told.closed || this.waiting.length) (await install(this.base))?.keep();
    window.addEventListener("online", () => void this.bring());
    window.addEventListener("offline", () => void this.met("offline"));
    setInterval(() => void (this.hasWork() && this.bring()), AGAIN_MS);
    await this.bring();
    // A page that was kept may be older than what the server told afterwards.
    if (last?.who === this.told.who && (this.obstacle === "offline" || this.obstacle === "busy")) await this.recall(last);
  }

  private async recall(last: Told): Promise<void> {
    this.isOld = last.mark !== this.told.mark;
    this.told = { ...last, mark: this.told.mark };
    await this.show();
  }

  private async answer(card: Card, result: Result): Promise<void> {
    const { found, photo } = card.draft;
    if (result === "wanting" && !found.trim()) return card.fault("found-missing");
    const seenAt = new Date(Date.now() + this.offsetMs).toISOString();
    const answer = { who: this.told.who, id: crypto.randomUUID(), line: card.slug, words: card.words, result, found: found.trim(), photo, seenAt, fault: "" as const };
    try {
      await this.store.add(answer);
    } catch (fault) {
      return card.fault(fault instanceof StoreFull ? "full" : "no-store");
    }
    card.clear();
    await this.show();
    await this.bring();
  }

  private hasWork(): boolean {
    return this.waiting.some(({ fault }) => !fault) || this.obstacle !== "";
  }

  // Two tabs of one round do not send the same answers at once; if they do, the server takes each once.
  private async bring(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const { obstacle, talk } = await deliver(this.store, this.server, (answer, line) => void (this.told.lines[answer.line] = line));
      if (talk) await this.learn(talk);
      this.obstacle = obstacle;
    } finally {
      this.isBusy = false;
    }
    await this.show();
    const isLeft = this.waiting.some(({ fault }) => !fault) && !this.obstacle;
    // Answered while the others were on their way.
    if (isLeft) await this.bring();
    else if (this.told.closed && !this.waiting.length) await this.forget();
  }

  private async forget(): Promise<void> {
    await this.store.forget().catch(() => undefined);
    await forget(this.base);
  }

  private async learn(talk: Told & { now: string }): Promise<void> {
    this.isOld = talk.mark !== this.told.mark || this.isOld;
    this.told = { ...talk, mark: this.told.mark };
    this.offsetMs = Date.parse(talk.now) - Date.now();
    await this.store.told(talk, talk.now).catch(() => undefined);
  }

  private async met(obstacle: Obstacle): Promise<void> {
    this.obstacle = obstacle;
    await this.show();
  }

  private async show(): Promise<void> {
    this.waiting = await this.store.waiting();
    const newest = byLine(this.waiting);
    const empty = { result: "open" as const, found: "", by: "", at: "", at_words: "", photo: "" };
    for (const card of this.cards.values()) {
      card.stand(this.told.lines[card.slug] ?? empty, newest.get(card.slug));
      card.shut(this.told.closed);
      card.decide(null);
    }
    this.decisions();
    this.state();
  }

  private state(): void {
    const n = { waits: this.waiting.filter(({ fault }) => !fault).length, refused: this.waiting.filter(({ fault }) => fault).length };
    const parts = [n.waits ? this.said("waits", { number: n.waits }) : "", n.refused ? this.said("refused", { number: n.refused }) : ""].filter(Boolean);
    this.root.dataset.waiting = String(n.waits);
    this.root.dataset.refused = String(n.refused);
    say(this.part("[data-state]"), parts.join(" · ") || (this.obstacle ? "" : this.said("delivered")));
    this.part("[data-state]")?.classList.toggle("is-waiting", parts.length > 0);
    const trouble = this.obstacle || (this.told.closed ? "closed" : this.isOld ? "changed" : "");
    say(this.part("[data-trouble]"), trouble ? this.said(trouble) : "");
    show(this.part("[data-signin]"), this.obstacle === "signed-out");
    show(this.part("[data-anew]"), this.isOld && !this.obstacle);
    const all = Object.keys(this.told.lines).length;
    const seen = this.part("[data-seen]");
    if (seen) seen.textContent = this.said("seen", { done: nSeen(this.told.lines, this.waiting), all });
  }

  // Of what was not taken somebody decides: at its line, or below all of them where the line is gone.
  private decisions(): void {
    const left = this.part("[data-left]");
    const list = left?.querySelector("ul");
    list?.replaceChildren();
    for (const answer of this.waiting.filter(({ fault }) => fault)) {
      const node = this.asked(answer);
      const card = this.cards.get(answer.line);
      if (card && answer.fault !== "line-gone") card.decide(node);
      else {
        const item = document.createElement("li");
        item.append(`${answer.words || this.said("gone")}: ${this.said(answer.result)} ${answer.found}`, node);
        list?.append(item);
      }
    }
    show(left, Boolean(list?.children.length));
  }

  private asked(answer: Kept): Node {
    const template = this.root.querySelector<HTMLTemplateElement>("template[data-decide]")!;
    const node = template.content.cloneNode(true) as DocumentFragment;
    node.querySelector("span")!.textContent = this.said(`line-${answer.fault}`);
    node.querySelector("[data-again]")!.addEventListener("click", () => void this.again(answer));
    const discard = node.querySelector<HTMLButtonElement>("[data-discard]")!;
    discard.addEventListener("click", () => {
      const sure = discard.dataset.sure ?? "";
      // What is thrown away here stands nowhere else: one slip of a thumb is not enough.
      if (discard.textContent === sure) return void this.discard(answer);
      discard.textContent = sure;
    });
    return node;
  }

  // Whoever sends again what another answered says so by that: it goes under the name of who is signed in.
  private async again(answer: Kept): Promise<void> {
    await this.store.judge(answer.place, "", this.told.who);
    await this.bring();
  }

  private async discard(answer: Kept): Promise<void> {
    await this.store.drop(answer.place);
    await this.show();
  }

  private said(name: string, values: Record<string, string | number> = {}): string {
    return filled(this.words[name] ?? "", values, this.words.digits ?? "0123456789");
  }

  private part(selector: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(selector);
  }
}

function json<T>(root: Document, id: string): T {
  return JSON.parse(root.getElementById(id)?.textContent ?? "{}") as T;
}

function say(place: HTMLElement | null, words: string): void {
  if (!place) return;
  if (place.textContent !== words) place.textContent = words;
  place.hidden = !words;
}

function show(place: HTMLElement | null, isShown: boolean): void {
  if (place) place.hidden = !isShown;
}
