// Installs the worker of the gate, and brings a newer one in when nobody stands at the gate.
const LOOKS_MS = 3_600_000;

export interface Installed {
  // Keeps the page for when there is no network: once this device is enrolled.
  keep(page: string): void;
  // The device is erased: its page is kept no longer.
  forget(): void;
  // Whether a newer version waits.
  isWaiting(): boolean;
  // Brings the newer version in, and loads the page anew.
  takeOver(): void;
}

// null: this browser cannot work without network. `told` is called when a newer version waits.
export async function install(address: string, told: () => void): Promise<Installed | null> {
  if (!("serviceWorker" in navigator)) return null;
  const workers = navigator.serviceWorker;
  let registration: ServiceWorkerRegistration;
  try {
    registration = await workers.register(address, { scope: "/gate/", updateViaCache: "none" });
  } catch {
    return null;
  }
  watch(registration, told);
  let isTakingOver = false;
  workers.addEventListener("controllerchange", () => isTakingOver && location.reload());
  const say = (said: object): void => void workers.ready.then(({ active }) => active?.postMessage(said));
  return {
    keep: (page) => say({ kind: "keep", page }),
    forget: () => say({ kind: "forget" }),
    isWaiting: () => registration.waiting !== null,
    takeOver() {
      isTakingOver = true;
      registration.waiting?.postMessage({ kind: "take-over" });
    },
  };
}

function watch(registration: ServiceWorkerRegistration, told: () => void): void {
  const look = (): void => void (registration.waiting && registration.active && told());
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => coming.state === "installed" && look());
  });
  look();
  const update = (): void => void registration.update().catch(() => undefined);
  setInterval(update, LOOKS_MS);
  window.addEventListener("online", update);
}
