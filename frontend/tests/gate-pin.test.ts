import { expect, test } from "vitest";

import { MOST_TRIES, pinFault, pinOf, ROUNDS, unlock, unwrap, wrap } from "../src/gate/pin";
import { browser, enrolled, opened, PIN, queued, TOKEN } from "./gate/keeping";

test.each([
  ["493817", ""],
  ["4938 17", ""],
  ["۴۹۳۸۱۷", ""],
  ["٤٩٣٨١٧", ""],
  ["49381", "short"],
  ["", "short"],
  ["secret", "digits"],
  ["111111", "simple"],
  ["123456", "simple"],
  ["987654", "simple"],
  ["135791", ""],
])("the PIN %j has the fault %j", (typed, fault) => {
  expect(pinFault(typed)).toBe(fault);
});

test("a PIN is the same on a Persian, an Arabic and a Latin keyboard", () => {
  expect([pinOf("۴۹۳۸۱۷"), pinOf("٤٩٣٨١٧"), pinOf(" 493-817 ")]).toEqual([PIN, PIN, PIN]);
});

test("the token comes back with the PIN and with no other", async () => {
  const wrapped = await wrap(TOKEN, PIN);

  expect(wrapped.rounds).toBe(ROUNDS);
  expect(await unwrap(wrapped, "۴۹۳۸۱۷")).toEqual(TOKEN);
  expect(await unwrap(wrapped, "493818")).toBeNull();
});

test("wrong tries are counted over reloads, and the right PIN forgets them", async () => {
  const here = browser();
  const store = await enrolled(here);
  await unlock(store, "000001");
  store.close();

  const again = await opened(here);

  expect(await unlock(again, "000002")).toEqual({ kind: "wrong", left: MOST_TRIES - 2 });
  expect(await unlock(again, PIN)).toEqual({ kind: "open", token: TOKEN });
  expect(await unlock(again, "000003")).toEqual({ kind: "wrong", left: MOST_TRIES - 1 });
});

test("a page closed while it derives the key has used up its try", async () => {
  const store = await enrolled();
  await store.countTry();

  expect(await unlock(store, "000001")).toEqual({ kind: "wrong", left: MOST_TRIES - 2 });
});

test("the tenth wrong PIN erases everything, and says how many scans were never delivered", async () => {
  const here = browser();
  const store = await enrolled(here);
  await queued(store, 3);
  for (let n = 1; n < MOST_TRIES; n++) expect(await unlock(store, `00000${n}`)).toEqual({ kind: "wrong", left: MOST_TRIES - n });

  expect(await unlock(store, "000000")).toEqual({ kind: "erased", lost: 3 });

  expect(await unlock(store, PIN)).toEqual({ kind: "none" });
  expect(await Promise.all(["settings", "lists", "queue", "photos", "moves", "requests"].map((name) => store.count(name)))).toEqual([0, 0, 0, 0, 0, 0]);
  store.close();
  expect(await (await opened(here)).health()).toEqual({ state: "fresh", lost: 0 });
});

test("the tenth try opens with the right PIN", async () => {
  const store = await enrolled();
  for (let n = 1; n < MOST_TRIES; n++) await unlock(store, `00000${n}`);

  expect((await unlock(store, PIN)).kind).toBe("open");
});
