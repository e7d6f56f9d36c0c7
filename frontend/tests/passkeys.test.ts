import { expect, test } from "vitest";

import { askingOptions, creationOptions } from "../src/passkeys/credentials";
import { toBytes, toText } from "../src/passkeys/encoding";
import { isNumber } from "../src/passkeys/form";

test("bytes come back as they were written, whatever their length", () => {
  for (const bytes of [[], [0], [255, 254], [1, 2, 3], Array.from({ length: 64 }, (_, n) => (n * 37) % 256)]) {
    const text = toText(Uint8Array.from(bytes).buffer) ?? "";
    expect(text).not.toMatch(/[+/=]/);
    expect([...toBytes(text)]).toEqual(bytes);
  }
  expect(toText(null)).toBeNull();
});

test("a new passkey is one that signs in alone", () => {
  const made = creationOptions({
    publicKey: {
      challenge: "AQID",
      user: { id: "BAU", name: "a@example.org", displayName: "A" },
      excludeCredentials: [{ id: "Bgc", type: "public-key" }],
      authenticatorSelection: { residentKey: "discouraged", userVerification: "preferred" },
    },
  }).publicKey;
  expect([...new Uint8Array(made?.challenge as ArrayBuffer)]).toEqual([1, 2, 3]);
  expect([...new Uint8Array(made?.user.id as ArrayBuffer)]).toEqual([4, 5]);
  expect([...new Uint8Array(made?.excludeCredentials?.[0]?.id as ArrayBuffer)]).toEqual([6, 7]);
  expect(made?.authenticatorSelection).toEqual({
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  });
});

test("a sign-in asks for any passkey of this site", () => {
  const asked = askingOptions({ publicKey: { challenge: "AQID" } }).publicKey;
  expect(asked?.allowCredentials).toEqual([]);
});

test("an address in numbers has no passkeys", () => {
  expect(["127.0.0.1", "192.0.2.7", "[::1]"].map(isNumber)).toEqual([true, true, true]);
  expect(["localhost", "desk.example.org"].map(isNumber)).toEqual([false, false]);
});
