// Bytes as the server writes them: base64 for addresses, without padding.
import type { Bytes } from "./wire";

const CHUNK = 0x8000;

export function toBytes(text: string): Bytes {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

export function toText(bytes: Uint8Array): string {
  let plain = "";
  for (let from = 0; from < bytes.length; from += CHUNK) plain += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function ascii(text: string): Bytes {
  return new TextEncoder().encode(text) as Bytes;
}

export function joined(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}
