// Draws a picture, and over it the frame of the part that is used.
import type { Box, Size } from "./frame";

const GRIP = 9;

// The size at which a picture is shown: as wide as there is room for, and never higher than a screen bears.
export function shownSize(picture: Size, most: Size): Size {
  const scale = Math.min(1, most.width / picture.width, most.height / picture.height);
  return { width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)) };
}

export function draw(canvas: HTMLCanvasElement, picture: CanvasImageSource, box: Box | null): void {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const { width, height } = canvas;
  pen.drawImage(picture, 0, 0, width, height);
  if (!box) return;
  const [x, y, wide, high] = [box.x * width, box.y * height, box.width * width, box.height * height];
  pen.fillStyle = "rgb(0 0 0 / 0.55)";
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.rect(x, y, wide, high);
  pen.fill("evenodd");
  // Light within dark: seen before any picture.
  for (const [colour, thick] of [["#000", 4], ["#fff", 2]] as const) {
    pen.strokeStyle = colour;
    pen.lineWidth = thick;
    pen.strokeRect(x, y, wide, high);
  }
  for (const cx of [x, x + wide])
    for (const cy of [y, y + high]) {
      pen.fillStyle = "#fff";
      pen.fillRect(cx - GRIP, cy - GRIP, 2 * GRIP, 2 * GRIP);
      pen.lineWidth = 2;
      pen.strokeStyle = "#000";
      pen.strokeRect(cx - GRIP, cy - GRIP, 2 * GRIP, 2 * GRIP);
    }
}
