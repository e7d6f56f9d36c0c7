// Opens what the server seals for one device: the list, its changes, the photos. Nothing is read that is not signed.
import { verifyAsync } from "@noble/ed25519";

import { ascii, joined, toBytes } from "./bytes";
import type { Bytes } from "./wire";

const MARK = ascii("EJL1");
const NONCE = 12;
const TAG = 16;
const SIGNED = ascii("ejlas list\n");
const INFO = ascii("ejlas list");
const TOKEN = 32;

export type SealReason = "unsigned" | "unsealed" | "shape";

export class SealBroken extends Error {
  constructor(readonly reason: SealReason) {
    super(reason);
    this.name = "SealBroken";
  }
}

// The key of everything that a device keeps; it leaves the browser's keeping no more once it is made.
export async function listKey(token: Bytes): Promise<CryptoKey> {
  if (token.length !== TOKEN) throw new SealBroken("shape");
  const secret = await crypto.subtle.importKey("raw", token, "HKDF", false, ["deriveKey"]);
  const way = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: INFO };
  return crypto.subtle.deriveKey(way, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export async function isSigned(body: Bytes, signature: string, publicKey: string): Promise<boolean> {
  try {
    return await verifyAsync(toBytes(signature), joined(SIGNED, body), toBytes(publicKey), { zip215: false });
  } catch {
    return false;
  }
}

export interface Sealed {
  body: Bytes;
  signature: string;
}

// The value behind a sealed body. Raises SealBroken: not signed by the edition, not sealed for this device, or no JSON.
export async function openSealed(sealed: Sealed, key: CryptoKey, publicKey: string): Promise<unknown> {
  const { body, signature } = sealed;
  if (!hasMark(body)) throw new SealBroken("shape");
  if (!(await isSigned(body, signature, publicKey))) throw new SealBroken("unsigned");
  const packed = await opened(body.slice(MARK.length), key);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await unzipped(packed)));
  } catch {
    throw new SealBroken("shape");
  }
}

function hasMark(body: Bytes): boolean {
  return body.length >= MARK.length + NONCE + TAG && MARK.every((byte, place) => body[place] === byte);
}

// What this device sealed itself, by `sealOwn`.
export async function opened(sealed: Bytes, key: CryptoKey): Promise<Bytes> {
  try {
    const iv = sealed.subarray(0, NONCE);
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed.subarray(NONCE)));
  } catch {
    throw new SealBroken("unsealed");
  }
}

export async function sealOwn(plain: Bytes, key: CryptoKey): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  return joined(iv, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain)));
}

async function unzipped(packed: Bytes): Promise<Bytes> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
