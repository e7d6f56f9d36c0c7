// Requests for people who stand at the gate without a pass: kept until they are sent, and until they are answered.
import { Refused, type Server } from "./api";
import { asked } from "../storage/database";
import { opened, sealOwn } from "./seal";
import type { Store } from "./store";
import type { Bytes, WalkIn, WalkInAnswer } from "./wire";

export type WalkinState = "unsent" | "sent" | "granted" | "refused" | "failed";

export interface Walkin {
  asked: WalkIn;
  state: WalkinState;
  answer: string;
  number: number | null;
  at: string;
}

// A name stands in it, so it is sealed like the list.
interface Kept {
  id: string;
  sealed: Bytes;
  state: WalkinState;
  answer: string;
  number: number | null;
  at: string;
}

export class Walkins {
  constructor(
    private readonly store: Store,
    private readonly key: CryptoKey,
  ) {}

  async ask(said: Omit<WalkIn, "id">, at: string): Promise<WalkIn> {
    const asked = { id: crypto.randomUUID(), ...said };
    const sealed = await sealOwn(new TextEncoder().encode(JSON.stringify(asked)), this.key);
    await this.put({ id: asked.id, sealed, state: "unsent", answer: "", number: null, at });
    return asked;
  }

  // Newest first.
  async all(): Promise<Walkin[]> {
    const kept = await this.kept();
    const opened = await Promise.all(kept.map((each) => this.openedOne(each)));
    return opened.sort((one, other) => other.at.localeCompare(one.at));
  }

  // Sends those that were asked while there was no network. Raises Refused, but not for one that is badly made.
  async send(server: Server): Promise<void> {
    for (const each of (await this.kept()).filter(({ state }) => state === "unsent")) {
      const { asked } = await this.openedOne(each);
      try {
        await server.request(asked);
        await this.put({ ...each, state: "sent" });
      } catch (fault) {
        if (!(fault instanceof Refused) || fault.fault !== "shape") throw fault;
        await this.put({ ...each, state: "failed" });
      }
    }
  }

  // What the pulse brought; hands back what was not known yet.
  async heard(answers: WalkInAnswer[]): Promise<WalkInAnswer[]> {
    if (!answers.length) return [];
    const kept = new Map((await this.kept()).map((each) => [each.id, each]));
    const fresh: WalkInAnswer[] = [];
    for (const { id, state, answer, number } of answers) {
      const held = kept.get(id);
      if (!held || held.state === state || (state !== "granted" && state !== "refused")) continue;
      await this.put({ ...held, state, answer, number: number ?? null });
      fresh.push({ id, state, answer, number: number ?? null });
    }
    return fresh;
  }

  private kept(): Promise<Kept[]> {
    return this.store.base.look(["requests"], (transaction) => asked<Kept[]>(transaction.objectStore("requests").getAll()));
  }

  private async put(kept: Kept): Promise<void> {
    await this.store.base.change(["requests"], (transaction) => asked(transaction.objectStore("requests").put(kept)));
  }

  private async openedOne({ sealed, state, answer, number, at }: Kept): Promise<Walkin> {
    const asked = JSON.parse(new TextDecoder().decode(await opened(sealed, this.key))) as WalkIn;
    return { asked, state, answer, number, at };
  }
}
