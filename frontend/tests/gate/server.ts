// A server of the gate for tests: takes each scan once and in order, as the real one does, and fails as it is told to.
import { type Fetch, Refused, type Server } from "../../src/gate/api";
import type { Sealed } from "../../src/gate/seal";
import type { Pulse, Scan, ScanAnswer, WalkIn, WalkInAnswer } from "../../src/gate/wire";

export const NOW = "2027-08-10T09:00:00Z";

export type Trouble = "offline" | "lost" | "busy" | "strange" | "unknown" | "shut-out" | "silent";

export class FakeServer implements Server {
  readonly taken: Scan[] = [];
  readonly runs = new Map<string, number>();
  readonly asked: string[] = [];
  readonly walkins: WalkIn[] = [];
  // What happens to the next calls, in order: lost means written, and the answer never came.
  troubles: Trouble[] = [];
  bad: (scan: Scan) => string = () => "";
  answers: (Sealed | null)[] = [];
  pictures: Sealed | null = null;
  requests: WalkInAnswer[] = [];
  revision = 5;
  inside: Record<string, number> = {};
  now = NOW;
  gate = "north";

  async scans(run: string, scans: Scan[]): Promise<ScanAnswer> {
    this.asked.push(`scans ${scans.length}`);
    const trouble = this.met();
    const at = scans.findIndex((scan) => this.bad(scan));
    if (at >= 0) throw new Refused("shape", { at: `scans[${at}].${this.bad(scans[at]!)}` });
    const known = new Set(this.taken.map(({ id }) => id));
    const fresh = scans.filter(({ id }) => !known.has(id));
    const next = this.runs.get(run) ?? 1;
    const isInOrder = fresh.every(({ seq }, place) => seq === next + place);
    if (!isInOrder) throw new Refused("order", { next });
    this.taken.push(...fresh);
    this.runs.set(run, next + fresh.length);
    if (trouble === "lost") throw new Refused("offline");
    const taken = trouble === "silent" ? [] : scans.map(({ id }) => id);
    return { taken, next: next + fresh.length, flags: [], now: this.now };
  }

  async pulse(said: { since: number }): Promise<Pulse> {
    this.asked.push(`pulse ${said.since}`);
    this.met();
    const { now, revision, inside, requests, gate } = this;
    return { now, revision, inside, requests, gate, is_newer: said.since !== revision };
  }

  async list(since: number | null): Promise<Sealed | null> {
    this.asked.push(`list ${since ?? "whole"}`);
    this.met();
    return this.answers.shift() ?? null;
  }

  async photos(keys: string[]): Promise<Sealed> {
    this.asked.push(`photos ${keys.length}`);
    this.met();
    if (!this.pictures) throw new Refused("busy");
    return this.pictures;
  }

  async request(asked: WalkIn): Promise<void> {
    this.met();
    this.walkins.push(asked);
  }

  private met(): Trouble | null {
    const trouble = this.troubles.shift() ?? null;
    if (trouble && trouble !== "lost" && trouble !== "silent") throw new Refused(trouble);
    return trouble;
  }
}

// The same server behind addresses, for what asks by fetch.
export function fetchOf(server: FakeServer, enrolled: object, troubles: { isDown: boolean } = { isDown: false }): Fetch {
  return async (address, init) => {
    if (troubles.isDown) throw new TypeError("network");
    const url = new URL(address, "https://ejlas.example");
    const said = init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {};
    try {
      return await answer(server, url, said, enrolled);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      if (fault.fault === "offline") throw new TypeError("network");
      const status = { busy: 503, strange: 404, unknown: 401, "shut-out": 410, order: 409, shape: 400 }[fault.fault];
      return Response.json({ fault: fault.fault, ...fault.detail }, { status });
    }
  };
}

async function answer(server: FakeServer, url: URL, said: Record<string, unknown>, enrolled: object): Promise<Response> {
  const since = url.searchParams.get("since");
  switch (url.pathname.split("/").at(-2)) {
    case "devices":
      return Response.json(enrolled);
    case "pulse":
      return Response.json(await server.pulse({ since: Number(since) }));
    case "scans":
      return Response.json(await server.scans(said.run as string, said.scans as Scan[]));
    case "requests":
      await server.request(said as unknown as WalkIn);
      return Response.json({});
    case "list":
      return sealedAnswer(await server.list(since === null ? null : Number(since)));
    default:
      return sealedAnswer(await server.photos((url.searchParams.get("keys") ?? "").split(",")));
  }
}

function sealedAnswer(sealed: Sealed | null): Response {
  if (!sealed) return new Response(null, { status: 304 });
  return new Response(sealed.body, { headers: { "X-Ejlas-Signature": sealed.signature } });
}
