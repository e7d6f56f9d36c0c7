// Ctrl-K goes to the search over everything, which answers while one types; the arrows walk through what is found.
const PAUSE_MS = 120;

export function isShortcut(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey">): boolean {
  // On a Persian or Russian keyboard the key has another letter: its place counts.
  return (event.ctrlKey || event.metaKey) && !event.altKey && (event.code === "KeyK" || event.key === "k");
}

export function nextPlace(here: number, count: number, step: 1 | -1): number {
  return count === 0 ? -1 : (here + step + count) % count;
}

export function attach(root: Document): void {
  const form = root.querySelector<HTMLFormElement>("form[data-find]");
  const input = form?.querySelector<HTMLInputElement>("input[name=q]");
  const found = form?.querySelector<HTMLElement>("[data-found]");
  if (!form || !input || !found) return;
  let asked: AbortController | undefined;
  let waiting = 0;

  const close = (): void => {
    found.hidden = true;
    found.replaceChildren();
  };
  const show = async (): Promise<void> => {
    asked?.abort();
    if (!input.value.trim()) return close();
    asked = new AbortController();
    const address = `${form.getAttribute("action") ?? ""}?${new URLSearchParams({ q: input.value, part: "1" })}`;
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) return close();
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      found.replaceChildren(...parsed.body.childNodes);
      found.hidden = false;
    } catch {
      // Typed on, or the network is gone: Enter opens the page of the search.
    }
  };
  const links = (): HTMLAnchorElement[] => [...found.querySelectorAll("a")];

  root.addEventListener("keydown", (event) => {
    if (!isShortcut(event)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = root.defaultView?.setTimeout(() => void show(), PAUSE_MS) ?? 0;
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      input.focus();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = links();
    const place = nextPlace(all.indexOf(root.activeElement as HTMLAnchorElement), all.length, event.key === "ArrowDown" ? 1 : -1);
    if (place < 0) return;
    event.preventDefault();
    all[place]?.focus();
  });
  root.addEventListener("click", (event) => {
    if (!form.contains(event.target as Node)) close();
  });
}
