// One box chooses all lines of a workstream, and shows whether all, some or none of them are chosen.
export type Mark = "all" | "some" | "none";

export function markOf(chosen: readonly boolean[]): Mark {
  const n = chosen.filter(Boolean).length;
  if (n === 0) return "none";
  return n === chosen.length ? "all" : "some";
}

export function attach(root: Document): void {
  for (const stream of root.querySelectorAll<HTMLElement>("[data-stream]")) follow(stream);
}

function follow(stream: HTMLElement): void {
  const all = stream.querySelector<HTMLInputElement>("[data-stream-all]");
  const boxes = [...stream.querySelectorAll<HTMLInputElement>("input[name=line]")];
  if (!all || boxes.length === 0) return;
  const show = (): void => {
    const mark = markOf(boxes.map((box) => box.checked));
    all.checked = mark === "all";
    all.indeterminate = mark === "some";
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  for (const box of boxes) box.addEventListener("change", show);
  show();
}
