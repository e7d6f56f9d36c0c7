// The page of a pass asks anew whenever there is a network: a pass that was suspended says so without a touch.
const EVERY_MS = 60_000;

// What a page says of a pass; two that differ in nothing are the same to a reader.
export function passOf(page: ParentNode): Element | null {
  return page.querySelector("[data-pass]");
}

// Puts what a newer page says in the place of the older; tells whether anything was different.
export function renew(page: ParentNode, newer: ParentNode): boolean {
  const old = passOf(page);
  const fresh = passOf(newer);
  if (!old || !fresh || said(old) === said(fresh)) return false;
  old.replaceWith(fresh);
  return true;
}

// A page that says nothing of a pass, such as one of a hotel that wants a sign-in, is no answer.
export async function ask(address: string, get: typeof fetch = fetch): Promise<string | null> {
  // Past the copy that the browser keeps: that one opens the page without a network, and a failed look must not touch it.
  const answer = await get(address, { cache: "no-store", credentials: "omit", redirect: "error" });
  return answer.ok || answer.status === 404 ? answer.text() : null;
}

function said(pass: Element): string {
  const copy = pass.cloneNode(true) as Element;
  copy.querySelector("[data-pass-offline]")?.setAttribute("hidden", "");
  return copy.innerHTML;
}

export function attach(page: Document): void {
  if (!passOf(page)) return;
  const look = async (): Promise<void> => {
    if (page.visibilityState !== "visible") return;
    const words = navigator.onLine ? await ask(location.href).catch(() => null) : null;
    const isNew = words !== null && renew(page, new DOMParser().parseFromString(words, "text/html"));
    if (isNew) void fetch(location.href, { cache: "reload", redirect: "error" }).catch(() => null);
    const note = page.querySelector<HTMLElement>("[data-pass-offline]");
    if (note) note.hidden = words !== null;
  };
  page.addEventListener("visibilitychange", () => void look());
  addEventListener("online", () => void look());
  addEventListener("offline", () => void look());
  setInterval(() => void look(), EVERY_MS);
  void look();
}
