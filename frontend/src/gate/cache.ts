// What the worker of the gate keeps and how it answers: the parts of it that need no worker to be tested.
export interface Files {
  version: string; // changes with any of the files
  files: string[]; // all that the page of a gate loads
  prefix: string; // below it lie files that are named by what is in them
}

export interface Asked {
  method: string;
  mode: string;
  url: string;
}

// file: kept for ever. page: that of one edition's gate. door: the other pages of the gate. none: not ours to answer.
export type Route = "file" | "page" | "door" | "none";

export const PAGES = "ejlas-gate-pages";
const FILES = "ejlas-gate-files-";
export const PATIENCE_MS = 3_000;

export function routeOf({ method, mode, url }: Asked, origin: string, { files, prefix }: Files): Route {
  const address = new URL(url);
  if (method !== "GET" || address.origin !== origin) return "none";
  if (files.includes(address.pathname) || address.pathname.startsWith(prefix)) return "file";
  // Answers of the server to a device are never pages that one goes to.
  if (mode !== "navigate") return "none";
  if (isPage(address.pathname)) return "page";
  return /^\/gate\//.test(address.pathname) ? "door" : "none";
}

export function isPage(path: string): boolean {
  return /^\/gate\/[a-z0-9-]+\/$/.test(path);
}

export function cacheOf(version: string): string {
  return FILES + version;
}

// The caches of other versions.
export function stale(names: string[], version: string): string[] {
  return names.filter((name) => name.startsWith(FILES) && name !== cacheOf(version));
}

// The files that a page names in its attributes.
export function filesIn(html: string, prefix: string): string[] {
  const found = [...html.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  return [...new Set(found.filter((address) => address.startsWith(prefix)))];
}

// A page that may be kept: the server's own, and no sign-in that stands in for it.
export function isKeepable(answer: { ok: boolean; redirected: boolean; type: string; headers: { get(name: string): string | null } }): boolean {
  return answer.ok && !answer.redirected && answer.type === "basic" && (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
}

// What the network says where it says it in time and well; else what is kept; else whatever the network said.
export async function networkFirst<T extends { ok: boolean }>(ask: Promise<T>, kept: () => Promise<T | undefined>, patienceMs = PATIENCE_MS): Promise<T> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs));
  const answer = await Promise.race([ask, late]).catch(() => null);
  if (answer?.ok) return answer;
  return (await kept()) ?? answer ?? ask;
}
