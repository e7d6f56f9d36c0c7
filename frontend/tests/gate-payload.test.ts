import { expect, test } from "vitest";

import codes from "../../tests/data/passes.json";
import { toBytes, toText } from "../src/gate/bytes";
import { hintOf, isSignedBy, keyIdOf, read, warm } from "../src/gate/payload";

const KEYS = codes.keys as Record<string, string>;
const PASSES = Object.entries(codes.passes);
const TEXT = codes.passes["delegate-1204"].text;

test.each(PASSES)("%s is read as it was made", async (_, { text, key, fits, fields }) => {
  const held = read(text)!;

  expect({
    kind: held.kind,
    key_id: held.keyId,
    number: held.number,
    print_number: held.print,
    is_digital: held.isDigital,
    category: held.category,
    zones: held.zones,
    starts_at: held.startsAt,
    ends_at: held.endsAt,
  }).toEqual({ ...fields, starts_at: Date.parse(fields.starts_at), ends_at: Date.parse(fields.ends_at) });
  expect(held.keyId).toBe(await keyIdOf(KEYS[key]!));
  expect(await isSignedBy(held, KEYS[key]!)).toBe(fits);
});

test("a flip of any one bit is refused or fails the signature", async () => {
  const whole = toBytes(TEXT);
  for (let bit = 0; bit < 656; bit += 7) {
    const flipped = whole.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const held = read(toText(flipped));
    expect(held && (await isSignedBy(held, KEYS.own!)), `bit ${bit}`).toBeFalsy();
  }
});

test("the first proof is one that nobody waits for", async () => {
  expect(await warm()).toBe(true);
});

test("what is no key fits nothing", async () => {
  expect(await isSignedBy(read(TEXT)!, "AAAA")).toBe(false);
});

test.each([`  ${TEXT}\r\n`, `${TEXT.slice(0, 40)} ${TEXT.slice(40)}`, `\u200e${TEXT}\u200f`, `\ufeff${TEXT}`])(
  "spaces and marks of direction change nothing: %j",
  (around) => {
    expect(read(around)).toEqual(read(TEXT));
  },
);

test.each([
  "", "https://example.org/badge/17", TEXT.slice(1), TEXT + "A", `${TEXT.slice(0, -1)}B`, `${TEXT.slice(0, 50)}+${TEXT.slice(51)}`,
  `${TEXT.slice(0, 50)}ш${TEXT.slice(51)}`, "A".repeat(110), "Zz".repeat(55),
  altered(0, 0x15), altered(7, 0), altered(7, 0x80), altered(15, 0), altered(0, 0x20),
])("a text of another kind is no pass: %j", (text) => {
  expect(read(text)).toBeNull();
});

test("a reader that turns capitals, and a newer version, are told", () => {
  const swapped = TEXT.replace(/[a-z]/gi, (sign) => (sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase()));

  expect([TEXT.toUpperCase(), TEXT.toLowerCase(), swapped].map(hintOf)).toEqual(["capitals", "capitals", "capitals"]);
  expect([altered(0, 0x20), altered(0, 0x40), altered(0, 0x50), TEXT, "a shop"].map(hintOf)).toEqual(["newer", "newer", null, null, null]);
});

function altered(place: number, value: number): string {
  const bytes = toBytes(TEXT);
  bytes[place] = value;
  return toText(bytes);
}
