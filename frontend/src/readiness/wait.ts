// While a forecast is being made, asks each second and a half whether it is there, and then shows the page anew.
const EVERY_MS = 1500;
const MOST_MS = 15000;

export function pause(failures: number): number {
  return Math.min(EVERY_MS * 2 ** failures, MOST_MS);
}

export function attach(root: Document): void {
  const where = root.querySelector<HTMLElement>("[data-ready-wait]")?.dataset.readyWait;
  if (where) follow(root, where);
}

function follow(root: Document, where: string): void {
  let failures = 0;
  const look = async (): Promise<void> => {
    try {
      const answer = await fetch(where, { cache: "no-store" });
      if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
      const { waiting } = (await answer.json()) as { waiting: boolean };
      failures = 0;
      if (!waiting) {
        // The address may name the moment of an earlier look.
        root.location.replace(root.location.pathname);
        return;
      }
    } catch {
      failures += 1;
    }
    root.defaultView?.setTimeout(() => void look(), pause(failures));
  };
  root.defaultView?.setTimeout(() => void look(), EVERY_MS);
}
