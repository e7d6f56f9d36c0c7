// The choice between light, dark and the system's own; remembered in this browser only.
export const KEY = "ejlas-theme";
export type Theme = "system" | "light" | "dark";

export function themeFrom(stored: string | null | undefined): Theme {
  return stored === "light" || stored === "dark" ? stored : "system";
}

function remembered(): Theme {
  try {
    return themeFrom(localStorage.getItem(KEY));
  } catch {
    return "system";
  }
}

function remember(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage is forbidden: the choice holds for this page.
  }
}

function show(root: Document, buttons: HTMLButtonElement[], theme: Theme): void {
  if (theme === "system") delete root.documentElement.dataset.theme;
  else root.documentElement.dataset.theme = theme;
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
}

export function attach(root: Document): void {
  const group = root.querySelector<HTMLElement>("[data-theme-choices]");
  if (!group) return;
  const buttons = [...group.querySelectorAll<HTMLButtonElement>("[data-theme-choice]")];
  group.hidden = false;
  show(root, buttons, remembered());
  for (const button of buttons)
    button.addEventListener("click", () => {
      const theme = themeFrom(button.dataset.themeChoice);
      remember(theme);
      show(root, buttons, theme);
    });
}
