// What else counts as readiness is told once the page is there: to count it takes a while.
export function attach(root: Document): void {
  const place = root.querySelector<HTMLElement>("[data-ready-part]");
  const where = place?.dataset.readyPart;
  if (place && where) void tell(place, where);
}

async function tell(place: HTMLElement, where: string): Promise<void> {
  try {
    const answer = await fetch(where);
    if (!answer.ok || answer.redirected) return;
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...told.body.childNodes);
  } catch {
    // The link that stands in its place leads to the same.
  }
}
