import { expect, test } from "vitest";

import { filesIn, isKeepable, networkFirst, routeOf, stale } from "../src/gate/cache";

const FILES = { version: "v2", files: ["/static/ui/mark.svg"], prefix: "/static/built/" };
const ORIGIN = "https://ejlas.example";

test.each([
  ["GET", "navigate", "/gate/caspian-2027/", "page"],
  ["GET", "navigate", "/gate/caspian-2027/?from=home", "page"],
  ["GET", "navigate", "/gate/", "door"],
  ["GET", "navigate", "/gate/caspian-2027/help/", "door"],
  ["GET", "navigate", "/desk/", "none"],
  ["GET", "cors", "/static/built/gate-abcdefgh.js", "file"],
  ["GET", "no-cors", "/static/ui/mark.svg", "file"],
  ["GET", "no-cors", "/static/ui/other.svg", "none"],
  ["GET", "cors", "/gate/caspian-2027/list/?since=5", "none"],
  ["GET", "cors", "/gate/caspian-2027/pulse/", "none"],
  ["GET", "cors", "/gate/caspian-2027/photos/?keys=a", "none"],
  ["POST", "cors", "/gate/caspian-2027/scans/", "none"],
  ["POST", "navigate", "/gate/caspian-2027/", "none"],
])("%s by %s of %s is %s", (method, mode, path, route) => {
  expect(routeOf({ method, mode, url: ORIGIN + path }, ORIGIN, FILES)).toBe(route);
});

test("another site's files are not kept", () => {
  expect(routeOf({ method: "GET", mode: "cors", url: "https://elsewhere.example/static/built/a.js" }, ORIGIN, FILES)).toBe("none");
});

test("the files that a page loads are found in it", () => {
  const html = '<script src="/static/built/a-1.js"></script><link href="/static/built/b-1.css"><a href="/desk/">x</a><img src="/static/built/a-1.js">';

  expect(filesIn(html, FILES.prefix)).toEqual(["/static/built/a-1.js", "/static/built/b-1.css"]);
});

test.each([
  [{}, true],
  [{ redirected: true }, false],
  [{ ok: false }, false],
  [{ type: "opaqueredirect" }, false],
  [{ headers: new Headers({ "Content-Type": "application/json" }) }, false],
])("a page with %j may be kept: %s", (changes, may) => {
  const page = { ok: true, redirected: false, type: "basic", headers: new Headers({ "Content-Type": "text/html; charset=utf-8" }) };
  expect(isKeepable({ ...page, ...changes })).toBe(may);
});

test("only the files of other versions are stale", () => {
  expect(stale(["ejlas-gate-files-v1", "ejlas-gate-files-v2", "ejlas-gate-pages", "another"], "v2")).toEqual(["ejlas-gate-files-v1"]);
});

const [NEW, OLD, SIGN_IN] = [{ ok: true, who: "network" }, { ok: true, who: "kept" }, { ok: false, who: "sign-in" }];

test.each([
  ["the network answers", async () => NEW, OLD, NEW],
  ["there is no network", async () => Promise.reject(new TypeError("network")), OLD, OLD],
  ["the network is silent", () => new Promise<typeof NEW>(() => undefined), OLD, OLD],
  ["the sign-in has run out", async () => SIGN_IN, OLD, OLD],
  ["the sign-in has run out and nothing is kept", async () => SIGN_IN, undefined, SIGN_IN],
])("where %s, the page is shown that serves best", async (_, ask, kept, expected) => {
  expect(await networkFirst(ask(), async () => kept, 5)).toEqual(expected);
});

test("without network and with nothing kept, the browser says so", async () => {
  await expect(networkFirst(Promise.reject(new TypeError("network")), async () => undefined, 5)).rejects.toThrow("network");
});
