// The worker of the gate: opens its page where there is no network. It keeps pages and files, and never an answer that
// the server gives to a device. The server puts a line before this that sets EJLAS_FILES.
import { cacheOf, type Files, filesIn, isKeepable, isPage, networkFirst, PAGES, routeOf, stale } from "./cache";

declare const self: ServiceWorkerGlobalScope & { EJLAS_FILES: Files };

type Said = { kind: "keep"; page: string } | { kind: "forget" } | { kind: "take-over" };

const FILES = self.EJLAS_FILES;
const CACHE = cacheOf(FILES.version);

self.addEventListener("install", (event) => event.waitUntil(installed()));
self.addEventListener("activate", (event) => event.waitUntil(activated()));
self.addEventListener("message", (event) => event.waitUntil(heard(event.data as Said)));
self.addEventListener("fetch", (event) => {
  const route = routeOf(event.request, self.location.origin, FILES);
  if (route === "file") event.respondWith(file(event.request));
  else if (route === "page") event.respondWith(page(event.request));
  else if (route === "door") event.respondWith(networkFirst(fetch(event.request), anyPage));
});

async function installed(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.files);
}

// Pages are fetched anew for the new files; one that cannot be had now goes on with the old files, which then stay.
async function activated(): Promise<void> {
  const pages = await caches.open(PAGES);
  for (const { url } of await pages.keys()) await keep(new URL(url).pathname);
  await tidied();
  await self.clients.claim();
}

async function heard(said: Said): Promise<void> {
  if (said.kind === "take-over") await self.skipWaiting();
  else if (said.kind === "forget") await caches.delete(PAGES);
  else if (isPage(said.page) && (await keep(said.page))) await tidied();
}

async function keep(path: string): Promise<boolean> {
  try {
    const answer = await fetch(path, { credentials: "same-origin", cache: "no-store" });
    if (!isKeepable(answer)) return false;
    await put(path, answer);
    return true;
  } catch {
    return false;
  }
}

// A page is kept only together with all that it loads.
async function put(path: string, answer: Response): Promise<void> {
  const [files, pages] = [await caches.open(CACHE), await caches.open(PAGES)];
  const lacking: string[] = [];
  for (const each of filesIn(await answer.clone().text(), FILES.prefix)) if (!(await files.match(each))) lacking.push(each);
  await files.addAll(lacking);
  await pages.put(path, answer);
}

// The files of older versions go once no kept page loads them.
async function tidied(): Promise<void> {
  const [files, pages] = [await caches.open(CACHE), await caches.open(PAGES)];
  for (const request of await pages.keys()) {
    const html = (await (await pages.match(request))?.text()) ?? "";
    for (const each of filesIn(html, FILES.prefix)) if (!(await files.match(each))) return;
  }
  await Promise.all(stale(await caches.keys(), FILES.version).map((name) => caches.delete(name)));
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

// Online the page is the newest one; a sign-in that has run out does not stand in the way of a device that is enrolled.
async function page(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname;
  const pages = await caches.open(PAGES);
  return networkFirst(fetch(request), () => pages.match(path));
}

async function anyPage(): Promise<Response | undefined> {
  const [first] = await (await caches.open(PAGES)).keys();
  return first && Response.redirect(first.url);
}
