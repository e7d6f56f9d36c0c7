// The summary of what is wrong takes the focus, so that it is read before anything else.
export function attach(root: Document): void {
  root.querySelector<HTMLElement>("[data-faults]")?.focus();
}
