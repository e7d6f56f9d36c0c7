import { expect, test } from "vitest";

import { Api, enrol, Refused } from "../src/gate/api";
import { draft, TOKEN, vectors } from "./gate/keeping";

const SCAN = { ...draft(), id: "a", seq: 1 };

async function refusalOf(answer: Response | Error): Promise<unknown> {
  const api = new Api("/gate/caspian-2027/", TOKEN, async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return api.scans("run", [SCAN]).then(
    () => "nothing",
    (fault: unknown) => (fault instanceof Refused ? [fault.fault, fault.detail] : fault),
  );
}

test("a device says who it is, and takes no cookie along", async () => {
  const asked: [string, RequestInit][] = [];
  const api = new Api("/gate/caspian-2027/", TOKEN, async (address, init) => {
    asked.push([address, init]);
    return Response.json({ now: "2027-08-10T09:00:00Z", revision: 5, inside: {}, requests: [], gate: "north", is_newer: false });
  });

  await api.pulse({ since: 5, queued: 2, listAt: "2027-08-10T09:00:00+00:00" });

  const [[address, init]] = asked as [[string, RequestInit]];
  expect(address).toBe("/gate/caspian-2027/pulse/?since=5&queued=2&list_at=2027-08-10T09%3A00%3A00%2B00%3A00");
  expect(init).toMatchObject({ credentials: "omit", cache: "no-store", redirect: "manual", headers: { Authorization: `Device ${vectors.token}` } });
});

test.each([
  [new TypeError("network"), "offline", {}],
  [Response.json({ fault: "order", next: 4 }, { status: 409 }), "order", { status: 409, next: 4 }],
  [Response.json({ fault: "shape", at: "scans[0].way" }, { status: 400 }), "shape", { status: 400, at: "scans[0].way" }],
  [Response.json({ fault: "shut-out" }, { status: 410 }), "shut-out", { status: 410 }],
  [Response.json({ fault: "unknown" }, { status: 401 }), "unknown", { status: 401 }],
  [new Response("", { status: 503, headers: { "Retry-After": "7" } }), "busy", { status: 503, waitMs: 7000 }],
  [new Response("", { status: 429 }), "busy", { status: 429, waitMs: 0 }],
  [new Response("<html>Sign in to the hotel", { status: 200 }), "strange", {}],
  [Response.json({ hello: "world" }), "strange", {}],
  [Response.json({ taken: [1], next: -1, flags: [], now: "" }), "strange", {}],
  [new Response("Gone", { status: 410 }), "strange", { status: 410 }],
  [new Response("<html>", { status: 401 }), "strange", { status: 401 }],
  [Response.json({ fault: "order" }, { status: 409 }), "strange", { status: 409 }],
  [Response.json({ fault: "forbidden" }, { status: 403 }), "strange", { status: 403 }],
] as const)("%s is met as %s", async (answer, fault, detail) => {
  expect(await refusalOf(answer)).toEqual([fault, detail]);
});

test("a list without a signature is not the server's", async () => {
  const api = new Api("/", TOKEN, async () => new Response("EJL1"));

  await expect(api.list(null)).rejects.toMatchObject({ fault: "strange" });
});

test("nothing newer is no list", async () => {
  expect(await new Api("/", TOKEN, async () => new Response(null, { status: 304 })).list(5)).toBeNull();
});

test.each([{}, { device: "a", token: "AAAA", key: "k", now: "n" }, [], null])("%j makes no device", async (said) => {
  await expect(enrol("/", { name: "Tablet", gate: "north" }, "csrf", async () => Response.json(said))).rejects.toMatchObject({ fault: "strange" });
});

test("a browser becomes a device by an officer who is signed in", async () => {
  const made = { device: "gate-1", token: vectors.token, key: vectors.public, now: "2027-08-10T09:00:00Z" };
  let init: RequestInit = {};

  const enrolled = await enrol("/gate/caspian-2027/", { name: "Tablet", gate: "north" }, "csrf", async (_, sent) => {
    init = sent;
    return Response.json(made);
  });

  expect(enrolled).toEqual(made);
  expect(init).toMatchObject({ credentials: "same-origin", body: '{"name":"Tablet","gate":"north"}', headers: { "X-CSRFToken": "csrf" } });
});
