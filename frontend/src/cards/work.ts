// The working copy of a design: it stands in the form, and the server draws it anew after each change.
import type { Box } from "./geometry";

export interface State {
  elements: string;
  place: string;
  width: string;
  height: string;
  fold: string;
}

// What a redrawing renews, and what only a change of the open element does: fields in which somebody types stay.
const LOOKED = ["sides", "state", "elements", "held", "categories"];
const OPENED = [...LOOKED, "element"];

export function isSame(one: State, other: State): boolean {
  return (["elements", "width", "height", "fold"] as const).every((name) => one[name] === other[name]);
}

export function field(form: HTMLFormElement, name: string): HTMLInputElement | HTMLSelectElement | null {
  return form.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`);
}

function valueOf(form: HTMLFormElement, name: string): string {
  return field(form, name)?.value ?? "";
}

export function stateOf(form: HTMLFormElement): State {
  return {
    elements: valueOf(form, "elements"),
    place: valueOf(form, "e-place"),
    width: valueOf(form, "width"),
    height: valueOf(form, "height"),
    fold: valueOf(form, "fold"),
  };
}

export function restore(form: HTMLFormElement, state: State): void {
  for (const name of ["elements", "width", "height", "fold"] as const) {
    const input = field(form, name);
    if (input) input.value = state[name];
  }
  // What stands in the fields of the open element belongs to the state that is left.
  field(form, "e-place")?.remove();
}

// Puts a box into the working copy: into the list, and of the open element also into its fields.
export function put(form: HTMLFormElement, place: string, box: Box): void {
  if (place === valueOf(form, "e-place")) {
    for (const name of ["x", "y", "w", "h"] as const) {
      const input = field(form, `e-${name}`);
      if (input) input.value = String(box[name]);
    }
  }
  const held = field(form, "elements");
  if (!held) return;
  const elements = JSON.parse(held.value) as Record<string, unknown>[];
  elements[Number(place)] = { ...elements[Number(place)], ...box };
  held.value = JSON.stringify(elements);
}

export function swap(form: HTMLFormElement, page: ParentNode, isOpened: boolean): void {
  for (const name of isOpened ? OPENED : LOOKED) {
    const old = form.querySelector(`[data-part="${name}"]`);
    const fresh = page.querySelector(`[data-part="${name}"]`);
    if (old && fresh && !(name === "categories" && old.contains(document.activeElement))) old.replaceWith(fresh);
  }
}

// Asks for the working copy as it looks now; nothing is kept. Null when the answer is not that.
export async function draw(form: HTMLFormElement, act: string): Promise<Document | null> {
  const sent = new FormData(form);
  sent.set("act", act);
  const answer = await fetch(form.dataset.work ?? "", { method: "POST", body: sent }).catch(() => null);
  if (!answer?.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-designer-work]") ? page : null;
}
