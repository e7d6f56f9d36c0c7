// On a narrow window what only leads elsewhere is folded, so that the page itself comes first; a filter in use stays open.
export function attach(root: Document): void {
  const narrow = root.defaultView?.matchMedia("(max-width: 60rem)");
  if (!narrow) return;
  const folds = [...root.querySelectorAll<HTMLDetailsElement>("details[data-fold]")];
  const fold = (): void => {
    for (const each of folds) each.open = !narrow.matches || each.dataset.fold === "in use";
  };
  fold();
  narrow.addEventListener("change", fold);
}
