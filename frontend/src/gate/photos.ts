// The photos of a gate's own people: fetched in the background, each sealed by itself, opened when a face is needed.
import type { Server } from "./api";
import { asked, StoreFull } from "../storage/database";
import { opened, openSealed, sealOwn } from "./seal";
import type { Store } from "./store";
import type { Bytes } from "./wire";

export const PHOTOS_AT_ONCE = 50;

export interface PhotoCounts {
  have: number;
  missing: number;
}

export class Photos {
  private held: Set<string> | null = null;
  private wanted: string[] = [];
  private absent = new Set<string>(); // the server has none; asked for once a session

  constructor(
    private readonly store: Store,
    private readonly key: CryptoKey,
    private readonly publicKey: string,
  ) {}

  // Which photos this gate needs; those of nobody any more are dropped.
  async want(keys: string[]): Promise<PhotoCounts> {
    const held = await this.heldKeys();
    this.wanted = keys;
    const needed = new Set(keys);
    const stale = [...held].filter((key) => !needed.has(key));
    if (stale.length) await this.drop(stale);
    return this.counts();
  }

  counts(): PhotoCounts {
    const have = this.wanted.filter((key) => this.held?.has(key)).length;
    return { have, missing: this.wanted.length - have };
  }

  // Fetches the next ones; tells whether there are more to fetch. Raises Refused, SealBroken, StoreFull.
  async fetchSome(server: Server): Promise<boolean> {
    const held = await this.heldKeys();
    const lacking = this.wanted.filter((key) => !held.has(key) && !this.absent.has(key));
    const now = lacking.slice(0, PHOTOS_AT_ONCE);
    if (!now.length) return false;
    const value = (await openSealed(await server.photos(now), this.key, this.publicKey)) as Record<string, string>;
    const sealed: [string, Bytes][] = [];
    for (const key of now) {
      const text = value[key];
      if (typeof text === "string" && text) sealed.push([key, await sealOwn(fromBase64(text), this.key)]);
      else this.absent.add(key);
    }
    await this.keep(sealed);
    return lacking.length > now.length;
  }

  // A photo as a picture that an <img> can show; null where there is none.
  async picture(key: string): Promise<Blob | null> {
    if (!key) return null;
    const sealed = await this.store.base.look(["photos"], (transaction) => asked<Bytes | undefined>(transaction.objectStore("photos").get(key)));
    return sealed ? new Blob([await opened(sealed, this.key)], { type: "image/webp" }) : null;
  }

  // The queue needed the room: they are gone, and none is fetched again while the page is open.
  giveUp(): void {
    this.held = new Set();
    for (const key of this.wanted) this.absent.add(key);
  }

  private async keep(sealed: [string, Bytes][]): Promise<void> {
    const held = await this.heldKeys();
    try {
      await this.store.base.change(["photos"], async (transaction) => {
        for (const [key, body] of sealed) transaction.objectStore("photos").put(body, key);
      });
    } catch (fault) {
      // No room for photos: the list and the queue go on without more of them.
      if (fault instanceof StoreFull) for (const key of this.wanted) if (!held.has(key)) this.absent.add(key);
      throw fault;
    }
    for (const [key] of sealed) held.add(key);
  }

  private async drop(keys: string[]): Promise<void> {
    await this.store.base.change(["photos"], async (transaction) => {
      for (const key of keys) transaction.objectStore("photos").delete(key);
    });
    for (const key of keys) this.held?.delete(key);
  }

  private async heldKeys(): Promise<Set<string>> {
    this.held ??= new Set(
      (await this.store.base.look(["photos"], (transaction) => asked(transaction.objectStore("photos").getAllKeys()))).map(String),
    );
    return this.held;
  }
}

function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
}
