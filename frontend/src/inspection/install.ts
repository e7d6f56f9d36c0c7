// Installs the worker of a walk, which answers for nothing beside it; and takes it away with all that it kept.
export interface Installed {
  keep(): void; // the page as it is now, for when there is no network
}

// null: this browser cannot open the page without network; answers are kept all the same.
export async function install(base: string): Promise<Installed | null> {
  if (!("serviceWorker" in navigator)) return null;
  const registration = await navigator.serviceWorker.register(`${base}worker.js`, { scope: base, updateViaCache: "none" }).catch(() => null);
  if (!registration) return null;
  return { keep: () => void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ kind: "keep" })) };
}

// The round is closed and nothing waits: the phone keeps nothing of it.
export async function forget(base: string): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await (await navigator.serviceWorker.getRegistration(base))?.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`ejlas-walk ${base} `)) await caches.delete(name);
}
