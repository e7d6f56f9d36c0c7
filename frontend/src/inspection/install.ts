// Installs the worker of a walk, which answers for nothing beside it.
export interface Installed {
  keep(): void; // the page as it is now, for when there is no network
  forget(): void; // the round is closed and nothing waits: the phone keeps nothing of it
}

// null: this browser cannot open the page without network; answers are kept all the same.
export async function install(base: string): Promise<Installed | null> {
  if (!("serviceWorker" in navigator)) return null;
  const registration = await navigator.serviceWorker.register(`${base}worker.js`, { scope: base, updateViaCache: "none" }).catch(() => null);
  if (!registration) return null;
  const say = (said: object): void => void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage(said));
  return { keep: () => say({ kind: "keep" }), forget: () => say({ kind: "forget" }) };
}
