// Filters act as soon as one is chosen, and the address carries only those that are set.
export function address(path: string, entries: Iterable<readonly [string, string]>): string {
  const kept = [...entries].filter(([, value]) => value !== "");
  const query = new URLSearchParams(kept.map(([name, value]) => [name, value])).toString();
  return query ? `${path}?${query}` : path;
}

function entriesOf(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string");
}

export function attach(root: Document): void {
  const form = root.querySelector<HTMLFormElement>("form[data-filters]");
  if (!form) return;
  const go = (): void => {
    const path = new URL(form.action, root.baseURI).pathname;
    root.defaultView?.location.assign(address(path, entriesOf(form)));
  };
  // A keyboard moves through the choices of a list and changes it at each step: only a pointer's choice acts at once.
  let byKeyboard = false;
  form.addEventListener("keydown", () => (byKeyboard = true));
  form.addEventListener("pointerdown", () => (byKeyboard = false));
  form.addEventListener("change", () => byKeyboard || go());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
}
