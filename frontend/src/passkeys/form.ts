// Forms that a passkey fills in: data-passkey is login, answer or add; the answer goes into the hidden field.
import { type Asking, answered, askingOptions, type Creation, created, creationOptions } from "./credentials";

// A passkey is made for a name: an address in numbers has none, and its browser would refuse.
export function isNumber(host: string): boolean {
  return /^[\d.]+$|:/.test(host);
}

export function attach(root: Document): void {
  if (!window.PublicKeyCredential || isNumber(location.hostname)) {
    for (const without of root.querySelectorAll<HTMLElement>("[data-passkey-without]")) without.hidden = false;
    return;
  }
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void fill(form);
    });
  }
}

async function fill(form: HTMLFormElement): Promise<void> {
  const fault = form.querySelector<HTMLElement>("[data-passkey-fault]");
  if (fault) fault.hidden = true;
  try {
    const credential = await ask(form);
    const field = form.querySelector<HTMLInputElement>("input[name=credential]");
    if (!field || !credential) return;
    field.value = JSON.stringify(credential);
    form.submit();
  } catch {
    // The person closed the window, or has no passkey here: the page says what else works.
    if (fault) fault.hidden = false;
  }
}

async function ask(form: HTMLFormElement): Promise<object | null> {
  if (form.dataset.passkey === "add") {
    const made = await navigator.credentials.create(creationOptions(held<{ creation_options: Creation }>(form).creation_options));
    return made instanceof PublicKeyCredential ? created(made) : null;
  }
  const asked = form.dataset.passkey === "login" ? await fetched(form) : held<{ request_options: Asking }>(form);
  const found = await navigator.credentials.get(askingOptions(asked.request_options));
  return found instanceof PublicKeyCredential ? answered(found) : null;
}

function held<T>(form: HTMLFormElement): T {
  return JSON.parse(form.ownerDocument.getElementById("passkey-data")?.textContent ?? "{}") as T;
}

async function fetched(form: HTMLFormElement): Promise<{ request_options: Asking }> {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as { request_options: Asking };
}
