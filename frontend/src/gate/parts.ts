// Finding and making the parts of the page.
export function part<T extends HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`The page lacks ${selector}.`);
  return found;
}

export interface Made {
  class?: string;
  text?: string;
  dir?: string;
  act?: () => void;
  label?: string;
}

export function made<K extends keyof HTMLElementTagNameMap>(tag: K, about: Made = {}, ...inside: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (about.class) element.className = about.class;
  if (about.text) element.textContent = about.text;
  if (about.dir) element.dir = about.dir;
  if (about.label) element.setAttribute("aria-label", about.label);
  if (about.act) element.addEventListener("click", about.act);
  if (element instanceof HTMLButtonElement) element.type = "button";
  element.append(...inside);
  return element;
}

// Text, and nothing of the room it takes where there is none.
export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

export function submitted(form: HTMLFormElement, act: (fields: Record<string, string>) => void): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])));
  });
}

// A sentence about what is wrong with a form, and the field in which it is.
export function fault(form: HTMLElement, sentence: string, field = ""): void {
  write(part(form, "[data-faults]"), sentence);
  for (const input of form.querySelectorAll<HTMLInputElement>("[name]")) {
    const isWrong = sentence !== "" && input.name === field;
    if (isWrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (isWrong) input.focus();
  }
}

export async function paint(canvas: HTMLCanvasElement, photo: Blob | null): Promise<boolean> {
  const picture = photo && (await createImageBitmap(photo).catch(() => null));
  canvas.hidden = !picture;
  if (!picture) return false;
  // Painted, so that nothing of a person needs an address.
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  picture.close();
  return true;
}
