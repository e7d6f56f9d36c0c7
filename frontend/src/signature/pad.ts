// A field to sign in with a finger, a pen or a mouse; what was drawn goes with the form as a small PNG.
export interface Point {
  x: number;
  y: number;
}

const WIDTH = 600;
const HEIGHT = 200;
// Fewer dots than this are a touch by mistake, not a signature.
const LEAST_POINTS = 4;

export function placed(client: Point, box: { left: number; top: number; width: number; height: number }): Point {
  const part = (value: number, length: number): number => (length > 0 ? Math.min(1, Math.max(0, value / length)) : 0);
  return { x: part(client.x - box.left, box.width) * WIDTH, y: part(client.y - box.top, box.height) * HEIGHT };
}

export function isSigned(strokes: readonly (readonly Point[])[]): boolean {
  return strokes.reduce((sum, stroke) => sum + stroke.length, 0) >= LEAST_POINTS;
}

export function attach(root: Document): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-signature]")) pad(root, box);
}

function pad(root: Document, box: HTMLElement): void {
  const value = box.querySelector<HTMLInputElement>("[data-signature-value]");
  const canvas = root.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!value || !pen) return;
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  canvas.tabIndex = -1;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", box.dataset.label ?? "");
  const strokes: Point[][] = [];

  const blank = (): void => {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.strokeStyle = "#06242d";
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.lineJoin = "round";
  };
  const note = (): void => {
    value.value = isSigned(strokes) ? canvas.toDataURL("image/png") : "";
    box.dataset.signed = value.value ? "yes" : "no";
  };
  const here = (event: PointerEvent): Point => placed({ x: event.clientX, y: event.clientY }, canvas.getBoundingClientRect());
  const draw = (from: Point, to: Point): void => {
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    const point = here(event);
    strokes.push([point]);
    draw(point, point);
  });
  canvas.addEventListener("pointermove", (event) => {
    const stroke = strokes.at(-1);
    const last = stroke?.at(-1);
    if (!stroke || !last || !canvas.hasPointerCapture(event.pointerId)) return;
    const point = here(event);
    draw(last, point);
    stroke.push(point);
  });
  for (const over of ["pointerup", "pointercancel"]) canvas.addEventListener(over, note);

  const clear = root.createElement("button");
  clear.type = "button";
  clear.textContent = box.dataset.clear ?? "";
  clear.addEventListener("click", () => {
    strokes.length = 0;
    blank();
    note();
  });
  blank();
  box.append(canvas, clear);
}
