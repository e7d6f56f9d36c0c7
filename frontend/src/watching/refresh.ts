// Keeps a page of the supervisor up to date: asks for its part every five seconds, and tells what is new politely.
const EVERY_MS = 5000;
const MOST_MS = 30000;

export interface Alert {
  readonly key: string;
  readonly words: string;
}

export function pause(failures: number): number {
  return Math.min(EVERY_MS * 2 ** failures, MOST_MS);
}

// Keys of scans grow, so that an alert of an older page, which comes up when one above it goes, is not new.
export function fresh(seen: readonly Alert[], now: readonly Alert[]): Alert[] {
  const newest = Math.max(0, ...seen.map((alert) => Number(alert.key)));
  return now.filter((alert) => Number(alert.key) > newest);
}

export function spoken(alerts: readonly Alert[], most = 3): string {
  return alerts.slice(0, most).map((alert) => alert.words).join(". ");
}

export function attach(root: Document): void {
  const box = root.querySelector<HTMLElement>("[data-watch]");
  const view = root.defaultView;
  if (!box || !view) return;
  const lost = root.querySelector<HTMLElement>("[data-watch-lost]");
  const said = root.querySelector<HTMLElement>("[data-watch-said]");
  let etag = "";
  let failures = 0;
  let timer: number | undefined;

  const look = async (): Promise<void> => {
    timer = undefined;
    try {
      const answer = await fetch(box.dataset.address ?? "", { cache: "no-store", headers: etag ? { "if-none-match": etag } : {} });
      // Whoever was signed out meanwhile is sent to the sign-in: what stands here grows old all the same.
      if (answer.redirected || (!answer.ok && answer.status !== 304)) throw new Error(String(answer.status));
      failures = 0;
      if (answer.status === 200) {
        etag = answer.headers.get("etag") ?? "";
        show(box, said, await answer.text());
      }
    } catch {
      failures += 1;
    }
    if (lost) lost.hidden = failures === 0;
    plan();
  };
  const plan = (): void => {
    if (timer === undefined && !root.hidden) timer = view.setTimeout(() => void look(), pause(failures));
  };
  root.addEventListener("visibilitychange", () => {
    view.clearTimeout(timer);
    timer = undefined;
    if (!root.hidden) void look();
  });
  plan();
}

function show(box: HTMLElement, said: HTMLElement | null, html: string): void {
  const news = new DOMParser().parseFromString(html, "text/html").body;
  const before = alertsIn(box);
  const held = box.contains(document.activeElement) ? document.activeElement : null;
  const kept = held && places(box, held);
  box.replaceChildren(...news.childNodes);
  // What had the focus has it again, where it is still there.
  if (kept) box.querySelector<HTMLElement>(kept)?.focus({ preventScroll: true });
  const told = spoken(fresh(before, alertsIn(box)));
  if (said && told) said.textContent = told;
}

function alertsIn(box: HTMLElement): Alert[] {
  return [...box.querySelectorAll<HTMLElement>("[data-alert]")].map((row) => ({ key: row.dataset.alert ?? "", words: row.dataset.words ?? "" }));
}

function places(box: HTMLElement, held: Element): string {
  const href = held.getAttribute("href");
  if (href) return `a[href="${CSS.escape(href)}"]`;
  const label = held.getAttribute("aria-labelledby");
  return label && box.contains(held) ? `[aria-labelledby="${CSS.escape(label)}"][tabindex]` : "";
}
