// On a narrow window the rooms of the desk are folded, so that the page itself comes first.
export function attach(root: Document): void {
  const rooms = root.querySelector<HTMLDetailsElement>("[data-rooms]");
  const narrow = root.defaultView?.matchMedia("(max-width: 60rem)");
  if (!rooms || !narrow) return;
  const fold = (): void => {
    rooms.open = !narrow.matches;
  };
  fold();
  narrow.addEventListener("change", fold);
}
