import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";

import { deliver } from "../src/inspection/deliver";
import { cacheOf, isFresh, isKeepable, routeOf, stale, stamped, wordOf } from "../src/inspection/kept";
import { fitted } from "../src/inspection/photo";
import { Api, Refused, refusal, type Server } from "../src/inspection/server";
import { filled, type Kept, type Line, nSeen, type Talk } from "../src/inspection/shape";
import { KEPT_MS, Store } from "../src/inspection/store";

const ROUND = "/desk/rasht2025/inspections/of/hall/walk/";
const LINE: Line = { result: "good", found: "", by: "N. Rad", at: "", at_words: "", photo: "" };
const OPEN: Line = { ...LINE, result: "open", by: "" };

function talk(more: Partial<Talk> = {}): Talk {
  return { closed: false, mark: "m", who: "me", csrf: "t", now: "2025-11-12T08:00:00Z", lines: { a: OPEN, b: OPEN, c: OPEN }, ...more };
}

async function store(factory = new IDBFactory(), now = Date.now()): Promise<Store> {
  return Store.open(ROUND, factory, now);
}

async function seen(held: Store, ...lines: string[]): Promise<void> {
  for (const line of lines) await held.add({ who: "me", id: crypto.randomUUID(), line, words: line, result: "good", found: "", photo: new ArrayBuffer(4), seenAt: "", fault: "" });
}

// A server that takes what it is given, and says what it is told to say.
function server(faults: Record<string, Refused["fault"]> = {}, said = talk()): Server & { got: string[] } {
  const got: string[] = [];
  return {
    got,
    lines: async () => said,
    answer: async ({ line }: Kept) => {
      const fault = faults[line];
      if (fault) throw new Refused(fault);
      got.push(line);
      return LINE;
    },
  };
}

test("answers wait through a reload and are brought in order, each once", async () => {
  const factory = new IDBFactory();
  const before = await store(factory);
  await seen(before, "a", "b");
  before.close();
  const held = await store(factory);
  const there = server();

  expect(await deliver(held, there)).toMatchObject({ obstacle: "", talk: { lines: { a: LINE, b: LINE } } });
  await deliver(held, there);

  expect(there.got).toEqual(["a", "b"]);
  expect(await held.waiting()).toEqual([]);
});

test.each(["offline", "busy", "signed-out", "may-not"] as const)("nothing is lost where the server is %s", async (fault) => {
  const held = await store();
  await seen(held, "a", "b");

  expect((await deliver(held, server({ b: fault }))).obstacle).toBe(fault);
  expect((await held.waiting()).map(({ line, fault: said }) => [line, said])).toEqual([["b", ""]]);
});

test.each(["closed", "line-gone", "shape"] as const)("an answer that is refused as %s stays until somebody decides, and stops no other", async (fault) => {
  const held = await store();
  await seen(held, "a", "b", "c");
  const there = server({ b: fault });

  await deliver(held, there);
  await deliver(held, there);
  const [left] = await held.waiting();

  expect(there.got).toEqual(["a", "c"]);
  expect(left).toMatchObject({ line: "b", fault });
  await held.judge(left!.place, "");
  await deliver(held, server());
  expect(await held.waiting()).toEqual([]);
});

test("what one person saw is not told under another's name until that one says so", async () => {
  const held = await store();
  await seen(held, "a");
  const there = server({}, talk({ who: "other" }));

  await deliver(held, there);
  const [left] = await held.waiting();
  expect([there.got, left?.fault]).toEqual([[], "other-person"]);

  await held.judge(left!.place, "", "other");
  await deliver(held, there);
  expect(there.got).toEqual(["a"]);
});

test("rounds keep their answers apart", async () => {
  const factory = new IDBFactory();
  await seen(await store(factory), "a");

  expect(await (await Store.open("/desk/rasht2025/inspections/of/port/walk/", factory)).waiting()).toEqual([]);
});

test("what was told and typed goes after a week, an answer never by itself", async () => {
  const factory = new IDBFactory();
  const begun = Date.parse("2025-11-01T00:00:00Z");
  const held = await store(factory, begun);
  await held.told(talk(), "2025-11-01T00:00:05Z", begun);
  await held.type("b", { found: "No light", photo: null }, begun);
  await seen(held, "a");

  expect([(await held.last())?.offsetMs, (await held.typed()).get("b")]).toEqual([5000, { found: "No light", photo: null, keptAt: begun }]);
  const later = await store(factory, begun + KEPT_MS + 1);
  expect([await later.last(), (await later.typed()).size, (await later.waiting()).length]).toEqual([undefined, 0, 1]);
});

test("of a round that is closed the phone keeps nothing but answers that wait", async () => {
  const held = await store();
  await held.told(talk({ closed: true }), "2025-11-01T00:00:05Z");
  await held.type("b", { found: "No light", photo: null });
  await seen(held, "a");

  await held.forget();

  expect([await held.last(), (await held.typed()).size, (await held.waiting()).length]).toEqual([undefined, 0, 1]);
});

test("an answer takes what was typed with it", async () => {
  const held = await store();
  await held.type("a", { found: "No light", photo: null });
  await seen(held, "a");

  expect((await held.typed()).size).toBe(0);
});

test("the server's word is told from that of anything between", async () => {
  const asked = (answer: Response): Promise<unknown> => new Api(ROUND, async () => answer).lines().catch((fault: Refused) => fault.fault);

  expect(await asked(Response.json(talk()))).toMatchObject({ csrf: "t" });
  expect(await asked(new Response("<html>", { status: 200 }))).toBe("busy");
  expect(await asked(new Response("", { status: 503 }))).toBe("busy");
  expect(await new Api(ROUND, async () => Promise.reject(new TypeError())).lines().catch((fault: Refused) => fault.fault)).toBe("offline");
  expect([refusal(0, "opaqueredirect", null), refusal(403, "basic", null), refusal(409, "basic", { fault: "closed" }), refusal(409, "basic", null), refusal(410, "basic", { fault: "line-gone" }), refusal(400, "basic", { fault: "shape" })]).toEqual(["signed-out", "may-not", "closed", "busy", "line-gone", "shape"]);
});

test("a photo is made no larger than is needed, and never larger than it is", () => {
  expect([fitted({ width: 4000, height: 3000 }, 1600), fitted({ width: 900, height: 4000 }, 1600), fitted({ width: 640, height: 480 }, 1600)]).toEqual([
    { width: 1600, height: 1200 },
    { width: 360, height: 1600 },
    { width: 640, height: 480 },
  ]);
});

test("the worker answers for the walk and its files alone", () => {
  const scope = `https://summit.example${ROUND}`;
  const files = { version: "v", files: ["/static/ui/mark.svg"], prefix: "/static/built/" };
  const route = (path: string, mode = "cors", method = "GET"): string => routeOf({ method, mode, url: `https://summit.example${path}` }, scope, files);

  expect([route(ROUND, "navigate"), route("/static/built/x.js"), route("/static/ui/mark.svg")]).toEqual(["page", "file", "file"]);
  expect([route(`${ROUND}lines/`), route(`${ROUND}answers/`, "navigate", "POST"), route("/desk/rasht2025/", "navigate")]).toEqual(["none", "none", "none"]);
  expect(stale([cacheOf(scope, "old"), cacheOf(scope, "v"), "ejlas-gate-pages"], scope, "v")).toEqual([cacheOf(scope, "old")]);
});

test("a page is kept for a week and no sign-in in its place", async () => {
  const page = { status: 200, redirected: false, type: "basic", headers: new Headers({ "Content-Type": "text/html" }) };
  const kept = stamped(new Response("x", { headers: { "Content-Security-Policy": "default-src 'none'" } }), 1000);

  expect([isKeepable(page), isKeepable({ ...page, redirected: true }), isKeepable({ ...page, status: 302 })]).toEqual([true, false, false]);
  expect([isFresh(kept, 1000 + KEPT_MS), isFresh(kept, 1001 + KEPT_MS), isFresh(new Response(""), 1e12)]).toEqual([true, false, false]);
  expect(kept.headers.get("Content-Security-Policy")).toBe("default-src 'none'");
});

test("a sign-in or a refusal of the server is its word; a failure or silence is none", async () => {
  const kept = async (): Promise<{ status: number }> => ({ status: 299 });

  expect(await wordOf(Promise.resolve({ status: 403 }), kept)).toEqual({ status: 403 });
  expect(await wordOf(Promise.resolve({ status: 502 }), kept)).toEqual({ status: 299 });
  expect(await wordOf(Promise.reject(new TypeError()), kept)).toEqual({ status: 299 });
  expect(await wordOf(new Promise<{ status: number }>(() => undefined), kept, 1)).toEqual({ status: 299 });
});

test("sentences take numbers in the reader's digits, and lines that wait count as looked at", async () => {
  const held = await store();
  await seen(held, "a", "gone");

  expect(filled("%(number)s wait", { number: 12 }, "۰۱۲۳۴۵۶۷۸۹")).toBe("۱۲ wait");
  expect(nSeen({ a: OPEN, b: LINE, c: OPEN }, await held.waiting())).toBe(2);
});
