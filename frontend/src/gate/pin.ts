// Keeps a device's token behind a PIN: what is stored is of no use to who does not know it.
import type { Bytes } from "./wire";

export const ROUNDS = 600_000;
export const MOST_TRIES = 10;
export const FEWEST_DIGITS = 6;
const SALT = 16;
const NONCE = 12;

export interface Wrapped {
  salt: Bytes;
  iv: Bytes;
  sealed: Bytes;
  rounds: number;
}

export type PinFault = "" | "digits" | "short" | "simple";

// A PIN as it is meant, whichever digits the keyboard writes.
export function pinOf(typed: string): string {
  return typed.replace(/[\s\u200c\u200e\u200f-]/g, "").replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15));
}

export function pinFault(typed: string): PinFault {
  const pin = pinOf(typed);
  if (!/^\d*$/.test(pin)) return "digits";
  if (pin.length < FEWEST_DIGITS) return "short";
  const steps = [...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at]));
  return steps.every((step) => step === steps[0]) && Math.abs(steps[0] ?? 0) <= 1 ? "simple" : "";
}

export async function wrap(token: Bytes, typed: string, rounds = ROUNDS): Promise<Wrapped> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const key = await keyOf(typed, salt, rounds);
  return { salt, iv, rounds, sealed: new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, token)) };
}

// The token, or null where the PIN is wrong.
export async function unwrap(wrapped: Wrapped, typed: string): Promise<Bytes | null> {
  const key = await keyOf(typed, wrapped.salt, wrapped.rounds);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: wrapped.iv }, key, wrapped.sealed));
  } catch {
    return null;
  }
}

async function keyOf(typed: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(pinOf(typed)), "PBKDF2", false, ["deriveKey"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(way, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// What the counting of tries needs of the store.
export interface Vault {
  wrapped(): Promise<Wrapped | null>;
  countTry(): Promise<number>; // counts one up and tells how many there are now
  forgetTries(): Promise<void>;
  erase(): Promise<number>; // tells how many scans went unsent
}

export type Unlocked = { kind: "open"; token: Bytes } | { kind: "wrong"; left: number } | { kind: "erased"; lost: number } | { kind: "none" };

// Each try is counted before it is made, so that a page that is closed meanwhile gives none for nothing.
export async function unlock(vault: Vault, typed: string): Promise<Unlocked> {
  const wrapped = await vault.wrapped();
  if (!wrapped) return { kind: "none" };
  const tries = await vault.countTry();
  const token = tries <= MOST_TRIES ? await unwrap(wrapped, typed) : null;
  if (token) {
    await vault.forgetTries();
    return { kind: "open", token };
  }
  if (tries < MOST_TRIES) return { kind: "wrong", left: MOST_TRIES - tries };
  return { kind: "erased", lost: await vault.erase() };
}
