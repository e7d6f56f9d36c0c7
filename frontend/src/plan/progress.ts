// While a run is at work, what is told of it is asked for again each second; nothing new costs an empty answer.
const EVERY_MS = 1000;
const MOST_MS = 15000;

export function pause(failures: number): number {
  return Math.min(EVERY_MS * 2 ** failures, MOST_MS);
}

export function attach(root: Document): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-planner][data-active]")) follow(root, box);
}

function follow(root: Document, first: HTMLElement): void {
  let box: HTMLElement | null = first;
  let etag = "";
  let failures = 0;

  const look = async (): Promise<void> => {
    const where = box?.dataset.address;
    if (!box || !where) return;
    try {
      const answer = await fetch(where, { cache: "no-store", headers: etag ? { "if-none-match": etag } : {} });
      failures = 0;
      // What is not there any more was put away, here or by somebody else.
      if (answer.status === 404) return;
      if (answer.ok && !answer.redirected) {
        etag = answer.headers.get("etag") ?? "";
        replace(await answer.text());
      }
    } catch {
      failures += 1;
    }
    if (box) root.defaultView?.setTimeout(() => void look(), pause(failures));
  };

  const replace = (html: string): void => {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector<HTMLElement>("[data-planner]");
    if (!box || !fresh) return;
    // While it goes on, only what is told changes: a button that has the focus must not go away under the hand.
    const [told, news] = [box.querySelector(".planner-told"), fresh.querySelector(".planner-told")];
    if (fresh.dataset.active !== undefined && told && news) {
      told.replaceChildren(...news.childNodes);
      return;
    }
    const held = box.contains(root.activeElement);
    box.replaceWith(fresh);
    box = null;
    if (held) fresh.querySelector<HTMLElement>("a, button")?.focus();
  };

  root.defaultView?.setTimeout(() => void look(), EVERY_MS);
}
