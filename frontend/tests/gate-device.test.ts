import { IDBFactory } from "fake-indexeddb";
import { afterEach, expect, test, vi } from "vitest";

import { GateDevice, IDLE_MS, NotOpen } from "../src/gate/device";
import type { GateEvent } from "../src/gate/events";
import { MOST_TRIES } from "../src/gate/pin";
import type { Surroundings } from "../src/gate/surroundings";
import { type Browser, browser, EDITION, opened, PIN, ROUNDS, sealedOf, vectors } from "./gate/keeping";
import { FakeServer, fetchOf, NOW } from "./gate/server";

const ENROLLED = { device: "gate-1", token: vectors.token, now: NOW, key: vectors.public };
const DONE = { way: "in", answer: "admitted", by: "name" } as const;

interface Stage {
  here: Browser;
  server: FakeServer;
  net: { isDown: boolean };
  page: { isVisible: boolean; told: () => void };
  told: GateEvent[];
  start(): Promise<GateDevice>;
}

const open: GateDevice[] = [];

afterEach(() => {
  vi.useRealTimers();
  return Promise.all(open.splice(0).map((device) => device.close()));
});

function stage(about: Surroundings = {}): Stage {
  const [here, server, net] = [browser(), new FakeServer(), { isDown: false }];
  const page = { isVisible: true, told: () => undefined as void };
  const around = { isVisible: () => page.isVisible, isOnline: () => true, onChange: (told: () => void) => ((page.told = told), () => undefined) };
  const told: GateEvent[] = [];
  server.answers = [sealedOf(vectors.whole)];
  const start = async (): Promise<GateDevice> => {
    const device = await GateDevice.open(EDITION, undefined, { factory: here.factory, shelf: here.shelf, jar: null, channel: null, around, fetched: fetchOf(server, ENROLLED, net), rounds: ROUNDS, ...about });
    device.on((event) => told.push(event));
    open.push(device);
    return device;
  };
  return { here, server, net, page, told, start };
}

async function working(made: Stage): Promise<GateDevice> {
  const device = await made.start();
  expect(await device.enrol({ name: "Tablet", gate: "north", pin: PIN, csrf: "c" })).toBe("");
  await until(() => device.roll !== null);
  return device;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(async () => expect(await isSo()).toBe(true), { timeout: 5000, interval: 5 });
}

function kinds(told: GateEvent[]): string[] {
  return told.map(({ kind }) => kind);
}

test("a browser is enrolled, gets its list, admits and refuses, and delivers what it did", async () => {
  const made = stage();
  const device = await working(made);
  const [ali] = device.find("saidi");
  const seen = device.found(ali!);

  const first = device.decide(seen, "in");
  await device.record(seen, first, DONE);
  const again = device.decide(seen, "in");
  await device.record(seen, again, { ...DONE, answer: "refused" });
  const strange = await device.see("https://elsewhere.example");
  await device.record(strange, device.decide(strange, "in"), { ...DONE, answer: "refused", by: "camera", text: "x".repeat(300) });

  await until(() => made.server.taken.length === 3);
  expect([first.reason, again.reason]).toEqual(["ok", "inside"]);
  expect(made.server.taken.map(({ n, reason, answer, zone, offline }) => [n, reason, answer, zone, offline])).toEqual([
    [101, "ok", "admitted", "hall", false],
    [101, "inside", "refused", "hall", false],
    [null, "not-a-pass", "refused", "hall", false],
  ]);
  expect(made.server.taken[2]?.text).toHaveLength(200);
  expect(device.inside("hall")).toBe(1);
});

test("offline it goes on, and delivers each once in order when the network is back", async () => {
  const made = stage();
  const device = await working(made);
  made.net.isDown = true;
  made.page.told();
  await until(() => !device.isOnline);
  for (const name of ["saidi", "ivanova"]) {
    const seen = device.found(device.find(name)[0]!);
    await device.record(seen, device.decide(seen, "in"), DONE);
  }
  expect(await device.counts()).toEqual({ waiting: 2, aside: 0 });
  expect(made.server.taken).toEqual([]);

  made.net.isDown = false;
  made.page.told();

  await until(async () => (await device.counts()).waiting === 0);
  expect(made.server.taken.map(({ n, seq, offline }) => [n, seq, offline])).toEqual([[101, 1, true], [102, 2, true]]);
  expect(kinds(made.told)).toEqual(expect.arrayContaining(["offline", "online"]));
});

test("a revocation comes with the next pulse", async () => {
  const made = stage();
  const device = await working(made);
  made.server.answers = [sealedOf(vectors.delta6)];
  made.server.revision = 6;

  device.syncNow();

  await until(() => device.roll?.revision === 6);
  expect(device.decide(device.found(device.find("ivanova")[0]!), "in").reason).toBe("revoked");
});

test("a change that does not fit asks for the whole list", async () => {
  const made = stage();
  const device = await working(made);
  made.server.answers = [sealedOf(vectors.delta6), sealedOf(vectors.delta7)];
  [made.server.revision, made.server.now] = [7, NOW];
  vi.spyOn(made.server, "list").mockResolvedValueOnce(sealedOf({ ...vectors.photos })).mockResolvedValueOnce(sealedOf(vectors.whole));

  device.syncNow();

  await until(() => vi.mocked(made.server.list).mock.calls.length >= 2);
  expect(vi.mocked(made.server.list).mock.calls.slice(0, 2)).toEqual([[5], [null]]);
});

test.each([
  ["forged", "unsigned"],
  ["older", "older"],
  ["other_edition", "other-edition"],
] as const)("a list that is %s is refused, and the one that is held stays", async (name, reason) => {
  const made = stage();
  const device = await working(made);
  vi.spyOn(made.server, "list").mockResolvedValue(sealedOf(vectors[name]));
  made.server.revision = 9;

  device.syncNow();

  await until(() => kinds(made.told).includes("list-refused"));
  expect(made.told.find((event) => event.kind === "list-refused")).toEqual({ kind: "list-refused", reason });
  expect([device.roll?.revision, device.roll?.entry(102)?.s]).toEqual([5, "issued"]);
});

test("after a reload the PIN opens the list as it was kept, without network", async () => {
  const made = stage();
  await (await working(made)).close();
  made.net.isDown = true;
  const device = await made.start();
  expect([device.health.state, device.roll, device.gate]).toEqual(["enrolled", null, "north"]);
  expect(() => device.find("saidi")).toThrow(NotOpen);

  expect((await device.unlock(PIN)).kind).toBe("open");

  expect([device.roll?.size, device.find("saidi").length, device.listState().isOld]).toEqual([4, 1, false]);
});

test("ten wrong PINs erase the device", async () => {
  const made = stage();
  await (await working(made)).close();
  made.net.isDown = true;
  const device = await made.start();

  for (let n = 0; n < MOST_TRIES; n++) await device.unlock(`00000${n}`);

  expect(made.told.at(-1)).toEqual({ kind: "erased", lost: 0 });
  expect((await opened(made.here).then((store) => store.health())).state).toBe("fresh");
});

test("a device that was shut out erases all, and says what it could not deliver", async () => {
  const made = stage();
  const device = await working(made);
  made.net.isDown = true;
  const seen = device.found(device.find("saidi")[0]!);
  await device.record(seen, device.decide(seen, "in"), DONE);
  await until(() => !device.isOnline);
  made.net.isDown = false;
  made.server.troubles = Array(9).fill("shut-out");

  device.syncNow();

  await until(() => kinds(made.told).includes("shut-out"));
  expect(made.told.at(-1)).toEqual({ kind: "shut-out", lost: 1 });
  expect(device.roll).toBeNull();
  const store = await opened(made.here);
  expect([await store.device(), (await store.parts()).length, await store.count("photos"), await store.count("moves")]).toEqual([null, 0, 0, 0]);
  expect(made.server.taken).toEqual([]);
});

test("a device that the server does not know keeps what waits", async () => {
  const made = stage();
  const device = await working(made);
  made.server.troubles = Array(9).fill("unknown");

  device.syncNow();

  await until(() => kinds(made.told).includes("unknown"));
  expect((await opened(made.here).then((store) => store.health())).state).toBe("enrolled");
});

test("enrolled anew, it delivers what it could not deliver before", async () => {
  const made = stage();
  const device = await working(made);
  made.net.isDown = true;
  const seen = device.found(device.find("saidi")[0]!);
  for (const answer of ["admitted", "refused"] as const) await device.record(seen, device.decide(seen, "in"), { ...DONE, answer });
  made.net.isDown = false;
  made.server.troubles = Array(9).fill("unknown");
  device.syncNow();
  await until(() => kinds(made.told).includes("unknown"));
  made.server.troubles = [];
  made.server.answers = [sealedOf(vectors.whole)];

  await device.enrol({ name: "Tablet", gate: "north", pin: PIN, csrf: "c" });

  await until(() => made.server.taken.length === 2 && device.roll !== null);
  expect(made.server.taken.map(({ seq, answer }) => [seq, answer])).toEqual([[1, "admitted"], [2, "refused"]]);
  expect(device.decide(device.found(device.find("saidi")[0]!), "in").reason).toBe("inside");
});

test("a gate that the officer chose stays until the supervisor moves the device", async () => {
  const made = stage();
  const device = await working(made);
  device.gate = "press-door";
  device.syncNow();
  await until(() => kinds(made.told).includes("confirmed"));
  expect(device.gate).toBe("press-door");

  made.server.gate = "south";
  device.syncNow();

  await until(() => device.gate === "south");
  expect(made.told.filter(({ kind }) => kind === "gate")).toEqual([{ kind: "gate", gate: "south" }]);
});

test("two tabs know of one another's scans, and an erased one erases the other", async () => {
  const made = stage({ channel: undefined as never });
  const one = await working(made);
  const other = await made.start();
  await other.unlock(PIN);
  const seen = one.found(one.find("saidi")[0]!);

  await one.record(seen, one.decide(seen, "in"), DONE);

  await until(() => other.decide(other.found(other.find("saidi")[0]!), "in").reason === "inside");
  await one.erase();
  await until(() => other.isLocked);
  expect(other.roll).toBeNull();
});

test("a device whose gate was taken away decides nothing", async () => {
  const made = stage();
  const device = await working(made);

  device.gate = "gone";

  expect(() => device.decide(device.found(device.find("saidi")[0]!), "in")).toThrow("no gate");
});

test("a browser that dropped its storage while the page was closed is told, with the scans that went", async () => {
  const made = stage();
  const device = await working(made);
  made.net.isDown = true;
  const seen = device.found(device.find("saidi")[0]!);
  await device.record(seen, device.decide(seen, "in"), DONE);
  await device.close();
  made.here.factory = new IDBFactory();

  const after = await made.start();

  expect(after.health).toEqual({ state: "dropped", lost: 1 });
  expect((await after.unlock(PIN)).kind).toBe("none");
});

test("a torn storage is mended: a new run, the list anew, and what is left of the queue delivered", async () => {
  const made = stage();
  const device = await working(made);
  made.net.isDown = true;
  const seen = device.found(device.find("saidi")[0]!);
  await device.record(seen, device.decide(seen, "in"), DONE);
  await device.close();
  const store = await opened(made.here);
  await store.base.change(["settings"], async (transaction) => void transaction.objectStore("settings").delete("meta"));
  store.close();
  made.net.isDown = false;
  made.server.answers = [sealedOf(vectors.whole)];

  const after = await made.start();
  expect(after.health.state).toBe("torn");
  await after.unlock(PIN);

  await until(() => made.server.taken.length === 1 && after.roll !== null);
  expect(made.server.taken[0]).toMatchObject({ n: 101, seq: 1 });
});

test("photos come in the background and are shown from what is kept", async () => {
  const made = stage();
  made.server.pictures = sealedOf(vectors.photos);
  const device = await working(made);

  await until(() => made.told.some((event) => event.kind === "photos" && event.have === 2));

  expect(made.told.filter((event) => event.kind === "photos")).toEqual([
    { kind: "photos", have: 0, missing: 2 },
    { kind: "photos", have: 2, missing: 0 },
  ]);
  const [ali, bjorn] = [device.find("saidi")[0]!, device.find("eriksen")[0]!];
  expect(await (await device.photo(ali))?.text()).toBe("RIFF");
  expect(await device.photo(bjorn)).toBeNull();
});

test("a hidden page fetches no photos", async () => {
  const made = stage();
  made.page.isVisible = false;
  made.server.pictures = sealedOf(vectors.photos);

  await working(made);

  expect(made.server.asked.filter((each) => each.startsWith("photos"))).toEqual([]);
});

test("after 15 idle minutes the PIN is asked for, and the server is still heard", async () => {
  const made = stage();
  const device = await working(made);
  vi.spyOn(Date, "now").mockReturnValue(Date.now() + IDLE_MS + 1000);
  device.lock();

  expect([device.isLocked, device.roll]).toEqual([true, null]);
  await expect(async () => device.see("x")).rejects.toThrow(NotOpen);
  vi.restoreAllMocks();
  expect((await device.unlock(PIN)).kind).toBe("open");
  expect(device.roll?.size).toBe(4);
});

test("a PIN is changed by who knows it", async () => {
  const made = stage();
  const device = await working(made);

  expect(await device.changePin("000001", "718293")).toBe("wrong");
  expect(await device.changePin(PIN, "12")).toBe("short");
  expect(await device.changePin(PIN, "718293")).toBe("");
  expect([(await device.unlock(PIN)).kind, (await device.unlock("718293")).kind]).toEqual(["wrong", "open"]);
});

test("a request for a walk-in waits for the network, and its answer is told once", async () => {
  const made = stage();
  const device = await working(made);
  made.net.isDown = true;
  const { id } = await device.ask({ name: "A. Guest", office: "protocol", reason: "late" });
  expect((await device.requests()).map(({ state }) => state)).toEqual(["unsent"]);

  made.net.isDown = false;
  device.syncNow();
  await until(() => made.server.walkins.length === 1);
  made.server.requests = [{ id, state: "granted", answer: "Give spare 7", number: 7 }];
  device.syncNow();
  await until(() => kinds(made.told).includes("requests"));
  device.syncNow();

  await until(async () => (await device.requests())[0]?.state === "granted");
  expect(made.told.filter(({ kind }) => kind === "requests")).toEqual([{ kind: "requests", answers: [{ id, state: "granted", answer: "Give spare 7", number: 7 }] }]);
});

test("a clock that jumps turns what it admits into a question", async () => {
  const hands = { wall: Date.parse(NOW), steady: 0 };
  const made = stage({ ticks: { wall: () => hands.wall, steady: () => hands.steady } });
  const device = await working(made);
  made.net.isDown = true;
  const seen = device.found(device.find("saidi")[0]!);
  expect(device.decide(seen, "in").verdict).toBe("admit");

  hands.wall += 3 * 3_600_000;

  expect(device.decide(seen, "in")).toMatchObject({ verdict: "ask", reason: "clock" });
  device.confirmClock(new Date(NOW));
  expect(device.decide(seen, "in").verdict).toBe("admit");
});
