// What a phone keeps of the rounds that it walks: answers until the server has them, what the server told, what is typed.
import { asked, Database } from "../storage/database";
import type { Answer, Draft, Fault, Kept, Told } from "./shape";

export const KEPT_MS = 7 * 86_400_000;
const NAME = "ejlas-walk";

interface Round extends Told {
  round: string;
  keptAt: number;
  offsetMs: number; // by how much the clock of the server is ahead
}

interface Typed extends Draft {
  key: string;
  keptAt: number;
}

export class Store {
  private constructor(
    private readonly base: Database,
    private readonly round: string,
  ) {}

  static async open(round: string, factory: IDBFactory = indexedDB, now = Date.now()): Promise<Store> {
    const base = await Database.open(factory, NAME, 1, (held) => {
      held.createObjectStore("answers", { keyPath: "place", autoIncrement: true });
      held.createObjectStore("rounds", { keyPath: "round" });
      held.createObjectStore("drafts", { keyPath: "key" });
    });
    const store = new Store(base, round);
    await store.tidy(now);
    return store;
  }

  close(): void {
    this.base.close();
  }

  // Written to the disk before the inspector sees that it counts.
  async add(answer: Omit<Answer, "round">): Promise<void> {
    await this.base.change(["answers", "drafts"], async (transaction) => {
      transaction.objectStore("drafts").delete(this.key(answer.line));
      await asked(transaction.objectStore("answers").add({ ...answer, round: this.round }));
    });
  }

  async waiting(): Promise<Kept[]> {
    const all = await this.base.look(["answers"], (transaction) => asked<Kept[]>(transaction.objectStore("answers").getAll()));
    return all.filter(({ round }) => round === this.round);
  }

  // The server has it, or somebody threw it away.
  async drop(place: number): Promise<void> {
    await this.base.change(["answers"], (transaction) => asked(transaction.objectStore("answers").delete(place)));
  }

  // Why it is not taken; nothing where it is to be sent again, by whoever says so.
  async judge(place: number, fault: Fault | "", who = ""): Promise<void> {
    await this.base.change(["answers"], async (transaction) => {
      const answers = transaction.objectStore("answers");
      const held = await asked<Kept | undefined>(answers.get(place));
      if (held) await asked(answers.put({ ...held, fault, who: who || held.who }));
    });
  }

  async told(told: Told, serverNow: string, now = Date.now()): Promise<void> {
    const { closed, mark, who, lines } = told;
    const offsetMs = serverNow ? Date.parse(serverNow) - now : 0;
    await this.base.changeLightly(["rounds"], (transaction) => asked(transaction.objectStore("rounds").put({ round: this.round, closed, mark, who, lines, keptAt: now, offsetMs })));
  }

  last(): Promise<Round | undefined> {
    return this.base.look(["rounds"], (transaction) => asked<Round | undefined>(transaction.objectStore("rounds").get(this.round)));
  }

  async type(line: string, draft: Draft, now = Date.now()): Promise<void> {
    await this.base.changeLightly(["drafts"], (transaction) => asked(transaction.objectStore("drafts").put({ ...draft, key: this.key(line), keptAt: now })));
  }

  async typed(): Promise<Map<string, Draft>> {
    const all = await this.base.look(["drafts"], (transaction) => asked<Typed[]>(transaction.objectStore("drafts").getAll()));
    const start = this.key("");
    return new Map(all.filter(({ key }) => key.startsWith(start)).map(({ key, ...draft }) => [key.slice(start.length), draft]));
  }

  // All but answers that wait.
  async forget(): Promise<void> {
    const typed = [...(await this.typed()).keys()];
    await this.base.changeLightly(["rounds", "drafts"], async (transaction) => {
      for (const line of typed) transaction.objectStore("drafts").delete(this.key(line));
      await asked(transaction.objectStore("rounds").delete(this.round));
    });
  }

  // What the server told, and what was only typed, goes after a week; an answer never by itself.
  private async tidy(now: number): Promise<void> {
    await this.base.changeLightly(["rounds", "drafts"], async (transaction) => {
      for (const name of ["rounds", "drafts"]) {
        const held = transaction.objectStore(name);
        for (const each of await asked<(Round | Typed)[]>(held.getAll())) if (now - each.keptAt > KEPT_MS) held.delete("key" in each ? each.key : each.round);
      }
    });
  }

  private key(line: string): string {
    return `${this.round} ${line}`;
  }
}
