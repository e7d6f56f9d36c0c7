// What the code of a pass carries: the same 18 bytes and signature as rules/passes/payload.py, read and proven here.
import { keygenAsync, signAsync, verifyAsync } from "@noble/ed25519";

import { ascii, joined, toBytes, toText } from "./bytes";
import type { Bytes } from "./wire";

export const KINDS = ["badge", "pin", "floater", "overpass", "spare"] as const;
export type Kind = (typeof KINDS)[number];

export interface Payload {
  kind: Kind;
  keyId: string; // three bytes, as base64url
  number: number;
  print: number;
  isDigital: boolean;
  category: number;
  zones: number; // a mask
  startsAt: number; // milliseconds since 1970
  endsAt: number;
  body: Bytes;
  signature: Bytes;
}

export type Hint = "capitals" | "newer";

const VERSION = 1;
const N_BODY = 18;
export const N_TEXT = 110;
const EPOCH = Date.UTC(2020, 0, 1);
const QUARTER = 15 * 60_000;
// Two bits of the last character are ours; the other four are zero, or the text would have a second spelling.
const TEXT = /^[A-Za-z0-9_-]{109}[AQgw]$/;
const SPACE = /[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;
const SIGNED_FOR = ascii("ejlas pass\n");

/** What a text holds, whatever spaces stand in it; null when it is no pass. Nothing is proven yet. */
export function read(text: string): Payload | null {
  const bytes = bytesOf(text);
  if (!bytes || bytes[0]! >> 4 !== VERSION) return null;
  const kind = KINDS[bytes[0]! & 15];
  const print = bytes[7]! & 127;
  const [starts, ends] = [three(bytes, 12), three(bytes, 15)];
  if (!kind || !print || ends <= starts) return null;
  return {
    kind,
    keyId: toText(bytes.subarray(1, 4)),
    number: three(bytes, 4),
    print,
    isDigital: bytes[7]! > 127,
    category: bytes[8]!,
    zones: three(bytes, 9),
    startsAt: EPOCH + starts * QUARTER,
    endsAt: EPOCH + ends * QUARTER,
    body: bytes.slice(0, N_BODY),
    signature: bytes.slice(N_BODY),
  };
}

/** Why a text that is no pass looks like one: a reader that turns capitals, or a newer version of ours. */
export function hintOf(text: string): Hint | null {
  const bare = text.replace(SPACE, "");
  if (turned(bare)) return "capitals";
  const version = (bytesOf(text)?.[0] ?? 0) >> 4;
  return version > VERSION && version <= VERSION + 3 ? "newer" : null;
}

/** The name of a key in a code: the first three bytes of its SHA-256. */
export function keyIdOf(key: string): Promise<string> {
  let known = ids.get(key);
  if (!known) ids.set(key, (known = hashed(key)));
  return known;
}

const ids = new Map<string, Promise<string>>();

/** Whether the signature of a pass is that of a key. */
export async function isSignedBy(held: Payload, key: string): Promise<boolean> {
  // The strict rules of RFC 8032, as the server has them: a signature has one spelling.
  return verifyAsync(held.signature, joined(SIGNED_FOR, held.body), toBytes(key), { zip215: false }).catch(() => false);
}

/** Prove a signature that nobody waits for: the first one takes fifty times as long as the next. */
export async function warm(): Promise<boolean> {
  const { secretKey, publicKey } = await keygenAsync();
  return verifyAsync(await signAsync(SIGNED_FOR, secretKey), SIGNED_FOR, publicKey, { zip215: false });
}

async function hashed(key: string): Promise<string> {
  return toText(new Uint8Array(await crypto.subtle.digest("SHA-256", toBytes(key))).subarray(0, 3));
}

function bytesOf(text: string): Bytes | null {
  const bare = text.replace(SPACE, "");
  return TEXT.test(bare) && !turned(bare) ? toBytes(bare) : null;
}

function turned(bare: string): boolean {
  if (!/^[A-Za-z0-9_-]{110}$/.test(bare)) return false;
  return bare.startsWith("e") || !/[a-z]/.test(bare) || !/[A-Z]/.test(bare);
}

function three(bytes: Uint8Array, place: number): number {
  return (bytes[place]! << 16) | (bytes[place + 1]! << 8) | bytes[place + 2]!;
}
