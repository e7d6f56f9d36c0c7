// What cannot stand any more is told above the board once the page is there: to find it out takes a while.
export function attach(root: Document): void {
  const place = root.querySelector<HTMLElement>("[data-unfit]");
  const where = place?.dataset.unfit;
  if (place && where) void tell(place, where);
}

async function tell(place: HTMLElement, where: string): Promise<void> {
  try {
    const answer = await fetch(where);
    if (answer.status !== 200 || answer.redirected) return;
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...told.body.childNodes);
  } catch {
    // Without it the page of the repair tells the same.
  }
}
