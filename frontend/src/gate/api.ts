// Asks the server as a device: what it answers, or why there was no answer, as a code.
import { toBytes, toText } from "./bytes";
import type { Bytes, Enrolled, Pulse, Scan, ScanAnswer, WalkIn } from "./wire";
import type { Sealed } from "./seal";

// offline: no answer. strange: an answer, but not the server's (a hotel's sign-in page). busy: come back later.
export type Fault = "offline" | "strange" | "busy" | "unknown" | "shut-out" | "order" | "shape";

export class Refused extends Error {
  constructor(
    readonly fault: Fault,
    readonly detail: { next?: number; at?: string; waitMs?: number; status?: number } = {},
  ) {
    super(fault);
    this.name = "Refused";
  }
}

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

const PATIENCE_MS = 20_000;
const LIST_PATIENCE_MS = 120_000;
const SIGNATURE = "X-Ejlas-Signature";

export interface PulseAsked {
  since: number;
  queued: number;
  listAt: string | null;
  moved?: string | null;
}

export interface Server {
  list(since: number | null): Promise<Sealed | null>; // null: nothing is newer
  pulse(said: PulseAsked): Promise<Pulse>;
  photos(keys: string[]): Promise<Sealed>;
  scans(run: string, scans: Scan[]): Promise<ScanAnswer>;
  request(asked: WalkIn): Promise<void>;
}

export class Api implements Server {
  private readonly token: string;

  constructor(
    private readonly base: string, // "/gate/<edition>/"
    token: Bytes,
    private readonly fetched: Fetch = (address, init) => fetch(address, init),
  ) {
    this.token = toText(token);
  }

  async list(since: number | null): Promise<Sealed | null> {
    const answer = await this.ask(since === null ? "list/" : `list/?since=${since}`, {}, LIST_PATIENCE_MS);
    return answer.status === 304 || answer.status === 204 ? null : sealedOf(answer);
  }

  async pulse(said: PulseAsked): Promise<Pulse> {
    const listAt = said.listAt ? `&list_at=${encodeURIComponent(said.listAt)}` : "";
    const moved = said.moved ? `&moved=${encodeURIComponent(said.moved)}` : "";
    const value = await jsonOf(await this.ask(`pulse/?since=${said.since}&queued=${said.queued}${listAt}${moved}`));
    if (!isPulse(value)) throw new Refused("strange");
    return value;
  }

  async photos(keys: string[]): Promise<Sealed> {
    return sealedOf(await this.ask(`photos/?keys=${keys.map(encodeURIComponent).join(",")}`, {}, LIST_PATIENCE_MS));
  }

  async scans(run: string, scans: Scan[]): Promise<ScanAnswer> {
    const value = await jsonOf(await this.ask("scans/", posted({ run, scans })));
    if (!isScanAnswer(value)) throw new Refused("strange");
    return value;
  }

  async request(asked: WalkIn): Promise<void> {
    await this.ask("requests/", posted(asked));
  }

  private async ask(path: string, init: RequestInit = {}, patienceMs = PATIENCE_MS): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string> | undefined), Authorization: `Device ${this.token}` };
    return answered(this.fetched, this.base + path, { ...init, headers, credentials: "omit" }, patienceMs);
  }
}

// A signed-in officer makes this browser a device; `token` is that of the page's forms.
export async function enrol(base: string, named: { name: string; gate: string }, csrf: string, fetched: Fetch = (address, init) => fetch(address, init)): Promise<Enrolled> {
  const init = posted(named);
  const headers = { ...(init.headers as Record<string, string>), "X-CSRFToken": csrf };
  const value = await jsonOf(await answered(fetched, `${base}devices/`, { ...init, headers, credentials: "same-origin" }, PATIENCE_MS));
  const made = value as Partial<Enrolled> | null;
  if (!made?.device || !made.token || !made.key || !made.now || toBytes(made.token).length !== 32) throw new Refused("strange");
  return made as Enrolled;
}

async function answered(fetched: Fetch, address: string, init: RequestInit, patienceMs: number): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetched(address, { ...init, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(patienceMs) });
  } catch {
    throw new Refused("offline");
  }
  if (answer.ok || answer.status === 304) return answer;
  throw await refusal(answer);
}

async function refusal(answer: Response): Promise<Refused> {
  const { status } = answer;
  if (status === 429 || status >= 500) return new Refused("busy", { status, waitMs: (Number(answer.headers.get("Retry-After")) || 0) * 1000 });
  const said = (await answer.json().catch(() => null)) as { fault?: string; next?: number; at?: string } | null;
  // Only the server's own word makes a device erase itself: a proxy may answer 410 as well.
  if (status === 410 && said?.fault === "shut-out") return new Refused("shut-out", { status });
  if (status === 401 && said?.fault === "unknown") return new Refused("unknown", { status });
  if (status === 409 && said?.fault === "order" && isCount(said.next)) return new Refused("order", { status, next: said.next });
  if (status === 400 && said?.fault === "shape") return new Refused("shape", { status, at: String(said.at ?? "") });
  return new Refused("strange", { status });
}

function posted(value: unknown): RequestInit {
  return { method: "POST", body: JSON.stringify(value), headers: { "Content-Type": "application/json" } };
}

async function sealedOf(answer: Response): Promise<Sealed> {
  const signature = answer.headers.get(SIGNATURE);
  if (!signature) throw new Refused("strange");
  try {
    return { body: new Uint8Array(await answer.arrayBuffer()), signature };
  } catch {
    throw new Refused("offline");
  }
}

async function jsonOf(answer: Response): Promise<unknown> {
  let text: string;
  try {
    text = await answer.text();
  } catch {
    throw new Refused("offline");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused("strange");
  }
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isScanAnswer(value: unknown): value is ScanAnswer {
  const answer = value as Partial<ScanAnswer> | null;
  return Array.isArray(answer?.taken) && isCount(answer?.next) && Array.isArray(answer?.flags) && typeof answer?.now === "string";
}

function isPulse(value: unknown): value is Pulse {
  const pulse = value as Partial<Pulse> | null;
  return typeof pulse?.now === "string" && isCount(pulse.revision) && typeof pulse.inside === "object" && Array.isArray(pulse.requests);
}
