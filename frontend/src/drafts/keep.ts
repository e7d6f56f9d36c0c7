// What is typed into a long form is kept in this tab until it is saved: a lost sign-in or a closed lid loses nothing.
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

export function attach(root: Document): void {
  const store = root.defaultView?.sessionStorage;
  if (!store) return;
  // What was sent is saved once a page says so; until then it is kept, also through a new sign-in.
  if (root.querySelector(".notice.success, .notice.info")) {
    store.removeItem(store.getItem(SENT) ?? "");
    store.removeItem(SENT);
  }
  const form = root.querySelector<HTMLFormElement>("form[data-draft]");
  if (!form) return;
  const key = `draft ${form.dataset.draft ?? ""}`;
  const shown = JSON.stringify(fieldsOf(form));
  const kept = store.getItem(key);
  // A form that came back with faults holds what was typed already.
  if (kept && kept !== shown && !root.querySelector("[data-faults]")) {
    put(form, readDraft(kept));
    tell(root, form, () => {
      store.removeItem(key);
      put(form, readDraft(shown));
    });
  }
  // What another form says is saved says nothing of these words, which may never have arrived.
  root.addEventListener("submit", (event) => {
    if (event.target !== form) store.removeItem(SENT);
  });
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = root.defaultView?.setTimeout(() => store.setItem(key, JSON.stringify(fieldsOf(form))), 400) ?? 0;
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    store.setItem(key, JSON.stringify(fieldsOf(form)));
    store.setItem(SENT, key);
  });
}

function tell(root: Document, form: HTMLFormElement, drop: () => void): void {
  const notice = root.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  const words = root.createElement("span");
  words.textContent = form.dataset.draftWords ?? "";
  const button = root.createElement("button");
  button.type = "button";
  button.className = "small";
  button.textContent = form.dataset.draftDrop ?? "";
  button.addEventListener("click", () => {
    drop();
    notice.remove();
  });
  notice.append(words, button);
  form.before(notice);
}
