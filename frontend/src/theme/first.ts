// Runs before the page is drawn, so that a chosen theme never flashes; imports nothing, as it is no module.
try {
  const chosen = localStorage.getItem("ejlas-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that forbids storage shows the theme of its system.
}
