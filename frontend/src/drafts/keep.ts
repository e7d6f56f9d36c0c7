// What is typed into a form is kept until it is saved: a lost sign-in, a closed lid, a lost network lose nothing.
// Most forms are kept in their tab; what is typed while people talk (`data-draft-later`) stays on the device, and is
// sent by itself once the network is back.
type Draft = [string, string][];

export function readDraft(stored: string | null): Draft {
  try {
    const parsed: unknown = JSON.parse(stored ?? "[]");
    if (!Array.isArray(parsed)) return [];
    return parsed.filter((pair): pair is [string, string] => Array.isArray(pair) && pair.length === 2);
  } catch {
    return [];
  }
}

const LEFT_OUT = new Set(["csrfmiddlewaretoken", "revision"]);

// What is marked as private is never kept, not even in this tab.
function leftOut(form: HTMLFormElement): Set<string> {
  const names = [...form.elements].filter((control) => control.hasAttribute("data-private")).map((control) => control.getAttribute("name") ?? "");
  return new Set([...LEFT_OUT, ...names]);
}

function fieldsOf(form: HTMLFormElement): Draft {
  const pairs = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string");
  const left = leftOut(form);
  return pairs.filter(([name]) => !left.has(name));
}

// Of hidden fields those alone are brought back that say over which state the words were typed (`data-kept`).
export function isBroughtBack(type: string, isKept: boolean): boolean {
  return type === "hidden" ? isKept : type !== "submit";
}

// What a draft says beside the state over which it was typed: an empty one is not worth a word.
export function isWorthKeeping(draft: Draft, shown: Draft, states: Set<string>): boolean {
  const said = (pairs: Draft): string => JSON.stringify(pairs.filter(([name]) => !states.has(name)));
  return said(draft) !== said(shown);
}

function put(form: HTMLFormElement, draft: Draft): void {
  const byName = new Map<string, string[]>();
  const left = leftOut(form);
  for (const [name, value] of draft) byName.set(name, [...(byName.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement)) continue;
    if (!control.name || left.has(control.name)) continue;
    const values = byName.get(control.name) ?? [];
    if (control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio"))
      control.checked = values.includes(control.value);
    else if (isBroughtBack(control.type, control.hasAttribute("data-kept"))) control.value = values.shift() ?? "";
  }
}

const SENT = "draft sent";
const later = (key: string): string => `${key} later`;

interface Stores {
  tab: Storage;
  device: Storage;
}

function storesOf(view: Window | null): Stores | undefined {
  try {
    return view ? { tab: view.sessionStorage, device: view.localStorage } : undefined;
  } catch {
    return undefined;
  }
}

export function attach(root: Document): void {
  const view = root.defaultView;
  const stores = storesOf(view);
  if (!view || !stores) return;
  // What was sent is saved once a page says so; until then it is kept, also through a new sign-in.
  if (root.querySelector(".notice.success, .notice.info")) {
    const key = stores.tab.getItem(SENT) ?? "";
    for (const store of [stores.tab, stores.device]) store.removeItem(key);
    stores.tab.removeItem(SENT);
  }
  const forms = [...root.querySelectorAll<HTMLFormElement>("form[data-draft]")];
  // What another form says is saved says nothing of these words, which may never have arrived.
  root.addEventListener("submit", (event) => {
    if (!forms.some((form) => form === event.target)) stores.tab.removeItem(SENT);
  });
  for (const form of forms) keep(root, view, form, stores);
}

function keep(root: Document, view: Window, form: HTMLFormElement, stores: Stores): void {
  const store = "draftLater" in form.dataset ? stores.device : stores.tab;
  const key = `draft ${form.dataset.draft ?? ""}`;
  const shown = fieldsOf(form);
  const stored = store.getItem(key);
  const draft = readDraft(stored);
  const states = new Set([...form.querySelectorAll("[data-kept]")].map((control) => control.getAttribute("name") ?? ""));
  // A form that came back with faults holds what was typed already.
  const isBack = stored !== null && isWorthKeeping(draft, shown, states) && !root.querySelector("[data-faults]");
  if (isBack) {
    put(form, draft);
    tell(root, form, form.dataset.draftWords ?? "", () => {
      store.removeItem(key);
      store.removeItem(later(key));
      put(form, shown);
    });
  }
  let waiting = 0;
  const write = (): void => {
    clearTimeout(waiting);
    store.setItem(key, JSON.stringify(fieldsOf(form)));
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = view.setTimeout(write, 400);
  });
  form.addEventListener("submit", (event) => {
    write();
    if (event.defaultPrevented) return;
    if (!view.navigator.onLine && "draftLater" in form.dataset) {
      event.preventDefault();
      store.setItem(later(key), "1");
      tell(root, form, form.dataset.draftLater ?? "");
      return;
    }
    stores.tab.setItem(SENT, key);
  });
  sendLater(view, form, store, key, isBack);
}

// What could not be sent without network goes as soon as it is back, also when the page was opened anew meanwhile.
function sendLater(view: Window, form: HTMLFormElement, store: Storage, key: string, isBack: boolean): void {
  if (!("draftLater" in form.dataset)) return;
  const send = (): void => {
    if (!view.navigator.onLine || store.getItem(later(key)) === null) return;
    store.removeItem(later(key));
    form.requestSubmit();
  };
  view.addEventListener("online", send);
  if (isBack) send();
  else store.removeItem(later(key));
}

function tell(root: Document, form: HTMLFormElement, told: string, drop?: () => void): void {
  form.querySelector(":scope > .notice.draft")?.remove();
  const notice = root.createElement("p");
  notice.className = "notice draft";
  notice.setAttribute("role", "status");
  const words = root.createElement("span");
  words.textContent = told;
  notice.append(words);
  if (drop) {
    const button = root.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = form.dataset.draftDrop ?? "";
    button.addEventListener("click", () => {
      drop();
      notice.remove();
    });
    notice.append(button);
  }
  form.prepend(notice);
}
