// What the worker of a walk keeps and how it answers: the parts of it that need no worker to be tested.
export interface Files {
  version: string; // changes with any of the files
  files: string[]; // all that the page loads
  prefix: string; // below it lie files that are named by what is in them
}

export interface Asked {
  method: string;
  mode: string;
  url: string;
}

// file: kept for ever. page: the walk itself. none: not ours to answer.
export type Route = "file" | "page" | "none";

export const PATIENCE_MS = 4_000;
export const KEPT_MS = 7 * 86_400_000;
const STAMP = "X-Kept-At";

export function routeOf({ method, mode, url }: Asked, scope: string, { files, prefix }: Files): Route {
  const address = new URL(url);
  const walk = new URL(scope);
  if (method !== "GET" || address.origin !== walk.origin) return "none";
  if (mode === "navigate") return address.pathname === walk.pathname ? "page" : "none";
  return files.includes(address.pathname) || address.pathname.startsWith(prefix) ? "file" : "none";
}

export function cacheOf(scope: string, version: string): string {
  return `ejlas-walk ${new URL(scope).pathname} ${version}`;
}

// The caches of other versions of this walk, and of no other.
export function stale(names: string[], scope: string, version: string): string[] {
  const start = cacheOf(scope, "");
  return names.filter((name) => name.startsWith(start) && name !== cacheOf(scope, version));
}

// A page that may be kept: the server's own, and no sign-in that stands in for it.
export function isKeepable(answer: { status: number; redirected: boolean; type: string; headers: { get(name: string): string | null } }): boolean {
  return answer.status === 200 && !answer.redirected && answer.type === "basic" && (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
}

export function stamped(answer: Response, now: number): Response {
  const headers = new Headers(answer.headers);
  headers.set(STAMP, String(now));
  return new Response(answer.body, { status: answer.status, headers });
}

export function isFresh(answer: { headers: { get(name: string): string | null } }, now: number): boolean {
  return now - Number(answer.headers.get(STAMP) ?? 0) <= KEPT_MS;
}

// The server's word where it comes in time, also a sign-in or a refusal; what is kept only where there is none, or it fails.
export async function wordOf<T extends { status: number }>(ask: Promise<T>, kept: () => Promise<T | undefined>, patienceMs = PATIENCE_MS): Promise<T> {
  let bell = 0 as unknown as ReturnType<typeof setTimeout>;
  const late = new Promise<null>((resolve) => (bell = setTimeout(() => resolve(null), patienceMs)));
  const answer = await Promise.race([ask, late]).catch(() => null);
  clearTimeout(bell);
  if (answer && answer.status < 500) return answer;
  return (await kept()) ?? answer ?? ask;
}
