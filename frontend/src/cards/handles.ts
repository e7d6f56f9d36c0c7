// The handles over the picture of a card: dragged by a pointer, moved and sized by keys.
import { byKey, leftOf, moved, sized, type Box, type Card } from "./geometry";

export interface Acts {
  // A hand is on an element: nothing is renewed under it.
  hold(): void;
  // Somebody put an element to another place or size; `isDone` once the hand is off it.
  put(place: string, box: Box, isDone: boolean): void;
  open(place: string): void;
  remove(place: string): void;
  step(place: string, by: number): void;
}

export function cardOf(face: SVGSVGElement): Card {
  return { width: Number(face.dataset.width), height: Number(face.dataset.height), isRtl: "rtl" in face.dataset };
}

function frame(handle: Element): SVGRectElement {
  return handle.querySelector("rect") as SVGRectElement;
}

export function boxOf(handle: Element, card: Card): Box {
  const read = (name: string): number => Number(frame(handle).getAttribute(name));
  const [left, w] = [read("x"), read("width")];
  return { x: leftOf({ x: left, y: 0, w, h: 0 }, card), y: read("y"), w, h: read("height") };
}

export function show(handle: Element, box: Box, card: Card): void {
  const left = leftOf(box, card);
  const set = (rect: Element | null, name: string, value: number): void => rect?.setAttribute(name, String(value));
  const rect = frame(handle);
  for (const [name, value] of Object.entries({ x: left, y: box.y, width: box.w, height: box.h })) set(rect, name, value);
  const grip = handle.classList.contains("chosen") ? (handle.parentElement?.querySelector("[data-grip]") ?? null) : null;
  set(grip, "x", (card.isRtl ? left : left + box.w) - 1.5);
  set(grip, "y", box.y + box.h - 1.5);
}

function millimetres(face: SVGSVGElement, event: PointerEvent): DOMPoint {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(face.getScreenCTM()?.inverse());
}

function drag(face: SVGSVGElement, handle: SVGGElement, begun: PointerEvent, acts: Acts): void {
  const [card, from, isSizing] = [cardOf(face), millimetres(face, begun), begun.currentTarget !== handle];
  const before = boxOf(handle, card);
  const place = handle.dataset.element ?? "";
  let box = before;
  acts.hold();
  const move = (event: PointerEvent): void => {
    const to = millimetres(face, event);
    box = (isSizing ? sized : moved)(before, to.x - from.x, to.y - from.y, card, event.altKey ? 0.1 : 1);
    show(handle, box, card);
    acts.put(place, box, false);
  };
  const end = (event: PointerEvent): void => {
    if (event.type === "pointercancel") show(handle, before, card);
    else if (JSON.stringify(box) === JSON.stringify(before)) acts.open(place);
    else acts.put(place, box, true);
  };
  const held = begun.currentTarget as SVGElement;
  held.setPointerCapture(begun.pointerId);
  const watch = new AbortController();
  held.addEventListener("pointermove", move, { signal: watch.signal });
  for (const name of ["pointerup", "pointercancel"] as const) {
    held.addEventListener(name, (event) => (watch.abort(), end(event)), { once: true, signal: watch.signal });
  }
}

function press(face: SVGSVGElement, handle: SVGGElement, event: KeyboardEvent, acts: Acts): void {
  const place = handle.dataset.element ?? "";
  const others: Record<string, () => void> = {
    PageUp: () => acts.step(place, -1),
    PageDown: () => acts.step(place, 1),
    Delete: () => acts.remove(place),
    Enter: () => acts.open(place),
    " ": () => acts.open(place),
  };
  const change = byKey(event.key, event.shiftKey, event.altKey);
  if (event.ctrlKey || event.metaKey || !(change || others[event.key])) return;
  event.preventDefault();
  others[event.key]?.();
  if (!change) return;
  const card = cardOf(face);
  const box = change(boxOf(handle, card), card);
  show(handle, box, card);
  acts.put(place, box, true);
}

// Makes the handles of a card usable; one of them at a time is reached by the tab key.
export function attach(face: SVGSVGElement, hint: string, acts: Acts): void {
  const handles = [...face.querySelectorAll<SVGGElement>(".handle")];
  const first = handles.find((each) => each.classList.contains("chosen")) ?? handles[0];
  for (const handle of handles) {
    handle.setAttribute("role", "button");
    handle.setAttribute("tabindex", handle === first ? "0" : "-1");
    handle.setAttribute("aria-pressed", String(handle.classList.contains("chosen")));
    handle.setAttribute("aria-label", `${handle.dataset.label ?? ""}: ${hint}`);
    const take = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      event.preventDefault();
      handle.focus();
      drag(face, handle, event, acts);
    };
    handle.addEventListener("pointerdown", take);
    if (handle.classList.contains("chosen")) {
      face.querySelector<SVGElement>("[data-grip]")?.addEventListener("pointerdown", take);
    }
    handle.addEventListener("keydown", (event) => press(face, handle, event, acts));
  }
}
