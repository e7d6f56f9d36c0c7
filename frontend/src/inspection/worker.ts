// The worker of one walk: opens its page where there is no network. It keeps the page and its files, and no answer of the
// server to the script. The server puts a line before this that sets EJLAS_FILES.
import { cacheOf, type Files, isFresh, isKeepable, routeOf, stale, stamped, wordOf } from "./kept";

declare const self: ServiceWorkerGlobalScope & { EJLAS_FILES: Files };

const FILES = self.EJLAS_FILES;
const SCOPE = self.registration.scope;
const CACHE = cacheOf(SCOPE, FILES.version);

self.addEventListener("install", (event) => event.waitUntil(installed()));
self.addEventListener("activate", (event) => event.waitUntil(activated()));
self.addEventListener("message", (event) => event.waitUntil(keep()));
self.addEventListener("fetch", (event) => {
  const route = routeOf(event.request, SCOPE, FILES);
  if (route === "file") event.respondWith(file(event.request));
  else if (route === "page") event.respondWith(page(event.request));
});

async function installed(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.files);
  // Files are named by what is in them: an open page goes on with its own.
  await self.skipWaiting();
}

async function activated(): Promise<void> {
  await keep();
  const kept = await (await caches.open(CACHE)).match(SCOPE);
  // Without network the page of the older version stays, with its files.
  if (kept) await Promise.all(stale(await caches.keys(), SCOPE, FILES.version).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function keep(): Promise<void> {
  const answer = await fetch(SCOPE, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  if (answer && isKeepable(answer)) await (await caches.open(CACHE)).put(SCOPE, stamped(answer, Date.now()));
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(request: Request): Promise<Response> {
  return wordOf(fetch(request), async () => {
    const found = await caches.match(SCOPE, { ignoreVary: true });
    return found && isFresh(found, Date.now()) ? found : undefined;
  });
}
