// Asks the server as the person who is signed in: what it answers, or why there was no answer.
import type { Fault, Kept, Line, Talk } from "./shape";

// offline: no answer. busy: come back later. signed-out, may-not: as long as nobody changes that, nothing is taken.
export type Obstacle = "offline" | "busy" | "signed-out" | "may-not";

export class Refused extends Error {
  constructor(readonly fault: Obstacle | Fault) {
    super(fault);
    this.name = "Refused";
  }
}

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export interface Server {
  lines(): Promise<Talk>;
  answer(answer: Kept, csrf: string): Promise<Line>;
}

const PATIENCE_MS = 20_000;
const PHOTO_PATIENCE_MS = 120_000;

export class Api implements Server {
  constructor(
    private readonly base: string, // the address of the walk
    private readonly fetched: Fetch = (address, init) => fetch(address, init),
  ) {}

  async lines(): Promise<Talk> {
    const said = await this.asked("lines/", {}, PATIENCE_MS);
    if (typeof said?.csrf !== "string" || typeof said.lines !== "object") throw new Refused("busy");
    return said as unknown as Talk;
  }

  async answer(answer: Kept, csrf: string): Promise<Line> {
    const body = new FormData();
    body.set("line", answer.line);
    body.set("answer_id", answer.id);
    body.set("result", answer.result);
    body.set("found", answer.found);
    body.set("seen_at", answer.seenAt);
    if (answer.photo) body.set("photo", new Blob([answer.photo], { type: "image/jpeg" }), "photo.jpg");
    const said = await this.asked("answers/", { method: "POST", body, headers: { "X-CSRFToken": csrf } }, PHOTO_PATIENCE_MS);
    // Another page may answer in the server's place, as in hotels: only its own word counts.
    if (typeof said?.line !== "object" || !said.line) throw new Refused("busy");
    return said.line as Line;
  }

  private async asked(path: string, init: RequestInit, patienceMs: number): Promise<Record<string, unknown> | null> {
    const headers = { ...(init.headers as Record<string, string> | undefined), Accept: "application/json" };
    let answer: Response;
    try {
      answer = await this.fetched(this.base + path, { ...init, headers, cache: "no-store", redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(patienceMs) });
    } catch {
      throw new Refused("offline");
    }
    const said = (await answer.json().catch(() => null)) as Record<string, unknown> | null;
    if (answer.ok) return said;
    throw new Refused(refusal(answer.status, answer.type, said));
  }
}

// What a refusal means: by the server's own word where it said one.
export function refusal(status: number, type: string, said: Record<string, unknown> | null): Obstacle | Fault {
  if (type === "opaqueredirect" || status === 302) return "signed-out";
  if (status === 409 && said?.fault === "closed") return "closed";
  if (status === 410 && said?.fault === "line-gone") return "line-gone";
  if (status === 400 && said?.fault === "shape") return "shape";
  return status === 403 || status === 404 ? "may-not" : "busy";
}
