// The bar for many rows shows when a row is chosen; one box chooses all of the page.
export function attach(root: Document): void {
  const form = root.querySelector<HTMLFormElement>("form[data-many]");
  if (!form) return;
  chooseValue(form);
  const bar = form.querySelector<HTMLElement>("[data-picked]");
  if (!bar) return;
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=thing]")];
  const all = form.querySelector<HTMLInputElement>("[data-pick-all]");
  const show = (): void => {
    const n = boxes.filter((box) => box.checked).length;
    bar.hidden = n === 0;
    if (!all) return;
    all.checked = n > 0 && n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
  };
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
  }
  form.addEventListener("change", show);
  show();
}

// Where one value is given to many things, only the input of the field that is chosen is shown.
function chooseValue(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLSelectElement>("[data-many-field]");
  if (!field) return;
  const values = [...form.querySelectorAll<HTMLElement>("[data-many-value]")];
  const choose = (): void => {
    for (const value of values) value.hidden = value.dataset.manyValue !== field.value;
  };
  field.addEventListener("change", choose);
  choose();
}
