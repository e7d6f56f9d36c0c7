// Suggests things while one types a name into a field that takes one of many; without this, typing alone works.
import { nextPlace } from "../finding/palette";

const PAUSE_MS = 120;

type Box = HTMLInputElement | HTMLTextAreaElement;

export interface Line {
  start: number;
  end: number;
}

// Of several lines, the one in which the caret stands is meant.
export function lineAt(text: string, caret: number): Line {
  const start = text.lastIndexOf("\n", caret - 1) + 1;
  const end = text.indexOf("\n", caret);
  return { start: caret === 0 ? 0 : start, end: end < 0 ? text.length : end };
}

export function put(text: string, line: Line, words: string): string {
  return text.slice(0, line.start) + words + text.slice(line.end);
}

export function attach(root: Document): void {
  const address = root.querySelector("form[data-find]")?.getAttribute("action");
  if (!address) return;
  root.querySelectorAll<Box>("[data-suggest]").forEach((box, number) => help(root, box, address, `suggested-${number}`));
}

function listFor(root: Document, box: Box, id: string): HTMLUListElement {
  const list = root.createElement("ul");
  list.id = id;
  list.className = "finds suggested";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels?.[0]?.textContent ?? box.getAttribute("aria-label") ?? "");
  box.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id }))
    box.setAttribute(name, value);
  return list;
}

function help(root: Document, box: Box, address: string, id: string): void {
  const list = listFor(root, box, id);
  let asked: AbortController | undefined;
  let waiting = 0;
  let here = -1;

  const line = (): Line => lineAt(box.value, box.selectionStart ?? box.value.length);
  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];
  const close = (): void => {
    clearTimeout(waiting);
    asked?.abort();
    here = -1;
    list.hidden = true;
    list.replaceChildren();
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (place: number): void => {
    here = place;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    box.setAttribute("aria-activedescendant", options()[place]?.id ?? "");
    options()[place]?.scrollIntoView({ block: "nearest" });
  };
  const choose = (option: HTMLElement): void => {
    const at = line();
    const words = option.dataset.words ?? "";
    box.value = put(box.value, at, words);
    box.setSelectionRange(at.start + words.length, at.start + words.length);
    close();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const fill = (found: HTMLAnchorElement[]): void => {
    close();
    // The address of a list stays short: there the short name stands alone.
    const isShort = box.form?.hasAttribute("data-filters");
    found.forEach((link, number) => {
      const option = root.createElement("li");
      option.id = `${id}-${number}`;
      option.dataset.words = (isShort ? link.dataset.slug : link.dataset.words) ?? "";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(...(link.querySelector("span")?.childNodes ?? []));
      // Before the field loses the focus.
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(option));
      list.append(option);
    });
    list.hidden = found.length === 0;
    box.setAttribute("aria-expanded", String(found.length > 0));
  };
  const show = async (): Promise<void> => {
    const at = line();
    const q = box.value.slice(at.start, at.end).trim();
    if (!q) return close();
    asked?.abort();
    const asking = (asked = new AbortController());
    try {
      const query = new URLSearchParams({ q, part: "1", kind: box.dataset.suggest ?? "" });
      const answer = await fetch(`${address}?${query}`, { signal: asking.signal, headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) return close();
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!asking.signal.aborted) fill([...parsed.querySelectorAll<HTMLAnchorElement>("a[data-words]")]);
    } catch {
      // Typed on, or the network is gone: the words are looked up when the form is sent.
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = root.defaultView?.setTimeout(() => void show(), PAUSE_MS) ?? 0;
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    const pressed = event as KeyboardEvent;
    if (list.hidden || pressed.isComposing) return;
    const option = options()[here];
    if (pressed.key === "ArrowDown" || pressed.key === "ArrowUp") mark(nextPlace(here < 0 && pressed.key === "ArrowUp" ? 0 : here, options().length, pressed.key === "ArrowDown" ? 1 : -1));
    else if (pressed.key === "Enter" && option) choose(option);
    else if (pressed.key === "Escape") close();
    else return;
    pressed.preventDefault();
  });
}
