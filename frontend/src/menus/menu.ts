// A menu made of `details` closes on Escape and on a press elsewhere.
export function attach(root: Document): void {
  const menus = [...root.querySelectorAll<HTMLDetailsElement>("details[data-menu]")];
  root.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" ? menus.find((menu) => menu.open) : undefined;
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
  root.addEventListener("click", (event) => {
    for (const menu of menus) if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
}
