// The bar for many rows shows when a row is chosen; one box chooses all of the page; only the value asked for is shown.
export function attach(root: Document): void {
  const form = root.querySelector<HTMLFormElement>("form[data-many]");
  const bar = form?.querySelector<HTMLElement>("[data-picked]");
  if (!form || !bar) return;
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=thing]")];
  const all = form.querySelector<HTMLInputElement>("[data-pick-all]");
  const field = form.querySelector<HTMLSelectElement>("[data-many-field]");
  const values = [...form.querySelectorAll<HTMLElement>("[data-many-value]")];

  const show = (): void => {
    const n = boxes.filter((box) => box.checked).length;
    bar.hidden = n === 0;
    if (!all) return;
    all.checked = n > 0 && n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
  };
  const choose = (): void => {
    for (const value of values) value.hidden = value.dataset.manyValue !== field?.value;
  };
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
  }
  field?.addEventListener("change", choose);
  form.addEventListener("change", show);
  show();
  choose();
}
