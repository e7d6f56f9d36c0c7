import { expect, test } from "vitest";

import { toText } from "../src/gate/bytes";
import { chained, valueOf } from "../src/gate/chain";
import { isSigned, listKey, opened, openSealed, SealBroken, sealOwn } from "../src/gate/seal";
import { EDITION, flipped, sealedOf, TOKEN, vectors } from "./gate/keeping";

const KEY = await listKey(TOKEN);
const KEYS = { edition: EDITION, key: KEY, publicKey: vectors.public };

async function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "nothing",
    (fault: unknown) => (fault as SealBroken).reason,
  );
}

test.each(["whole", "delta6", "delta7", "photos", "no_list"] as const)("%s opens to what Python sealed", async (name) => {
  expect(await openSealed(sealedOf(vectors[name]), KEY, vectors.public)).toEqual(vectors[name].value);
});

test("the key is the one that Python derives, and cannot be taken out", async () => {
  const iv = new Uint8Array(12);
  const theirs = await crypto.subtle.importKey("raw", Uint8Array.from(atob(vectors.list_key.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)), "AES-GCM", false, ["decrypt"]);

  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, KEY, TOKEN);

  expect(new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, theirs, body))).toEqual(TOKEN);
  expect(KEY.extractable).toBe(false);
});

test("a token of another length makes no key", async () => {
  expect(await reasonOf(listKey(TOKEN.slice(1)))).toBe("shape");
});

test.each([
  ["forged", "unsigned"],
  ["for_another_device", "unsealed"],
  ["other_edition", "other-edition"],
  ["no_list", "shape"],
] as const)("a list that is %s is refused as %s", async (name, reason) => {
  expect(await reasonOf(valueOf(sealedOf(vectors[name]), KEYS))).toBe(reason);
});

test("a list altered by any one bit is refused", async () => {
  const { body, signature } = sealedOf(vectors.delta6);
  // Each bit of the mark, the nonce, the first bytes and the tag; between them every eleventh.
  const bits = [...Array(body.length * 8).keys()].filter((bit) => bit < 200 || bit % 11 === 0 || bit > body.length * 8 - 130);

  const reasons = await Promise.all(bits.map((bit) => reasonOf(openSealed({ body: flipped(body, bit), signature }, KEY, vectors.public))));

  expect(new Set(reasons)).toEqual(new Set(["shape", "unsigned"]));
});

test.each(["", "AAAA", "not base64!", vectors.whole.signature.slice(1)])("the signature %j is none", async (signature) => {
  expect(await isSigned(sealedOf(vectors.whole).body, signature, vectors.public)).toBe(false);
});

test("a body that breaks off is refused", async () => {
  const { body, signature } = sealedOf(vectors.whole);
  expect(await reasonOf(openSealed({ body: body.slice(0, 20), signature }, KEY, vectors.public))).toBe("shape");
  expect(await reasonOf(openSealed({ body: body.slice(0, -1), signature }, KEY, vectors.public))).toBe("unsigned");
});

test("what the device seals itself opens again, and never looks the same twice", async () => {
  const [one, other] = [await sealOwn(TOKEN, KEY), await sealOwn(TOKEN, KEY)];

  expect(await opened(one, KEY)).toEqual(TOKEN);
  expect(toText(one)).not.toBe(toText(other));
  expect(await reasonOf(opened(flipped(one, 130), KEY))).toBe("unsealed");
});

const [WHOLE, SIX, SEVEN] = [
  { ...sealedOf(vectors.whole), since: null, revision: 5 },
  { ...sealedOf(vectors.delta6), since: 5, revision: 6 },
  { ...sealedOf(vectors.delta7), since: 6, revision: 7 },
];

test("a whole list and its changes in order make the newest", async () => {
  const made = await chained([WHOLE, SIX, SEVEN], KEYS);

  expect([made.isWhole, made.roll?.revision, made.roll?.size]).toEqual([true, 7, 4]);
  expect([102, 103, 104].map((n) => made.roll?.entry(n)?.s)).toEqual(["revoked", undefined, "issued"]);
});

test("two tabs that stored the same change twice do no harm", async () => {
  const made = await chained([WHOLE, SIX, SIX, { ...SEVEN, since: 5 }], KEYS);

  expect([made.isWhole, made.roll?.revision]).toEqual([true, 7]);
});

test.each([
  ["a change is missing", [WHOLE, SEVEN], 5],
  ["a change stands before its list", [SIX, WHOLE], undefined],
  ["a change was altered", [WHOLE, { ...SIX, body: flipped(SIX.body, 300) }, SEVEN], 5],
])("where %s, the list ends there and the whole is needed", async (_, parts, revision) => {
  const made = await chained(parts, KEYS);

  expect([made.isWhole, made.roll?.revision]).toEqual([false, revision]);
});
