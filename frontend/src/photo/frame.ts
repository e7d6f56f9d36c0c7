// The frame of a portrait: a box of 3:4 within a picture, in parts of its width and height.
export interface Size {
  width: number;
  height: number;
}

export interface Box extends Size {
  x: number;
  y: number;
}

export const SHAPE = 3 / 4;
// A frame is never so small that it cannot be taken hold of.
const LEAST_PART = 0.08;

export function between(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

// Height of a box in parts, for its width in parts.
function heightFor(width: number, picture: Size): number {
  return (width * picture.width) / SHAPE / picture.height;
}

// Largest width in parts that the picture allows.
export function mostWidth(picture: Size): number {
  return Math.min(1, (picture.height * SHAPE) / picture.width);
}

export function leastWidth(picture: Size, least: Size): number {
  return between(Math.max(least.width / picture.width, (least.height * SHAPE) / picture.width), LEAST_PART, mostWidth(picture));
}

// A face is mostly in the middle, and above it.
export function firstBox(picture: Size): Box {
  const width = mostWidth(picture) * 0.8;
  const height = heightFor(width, picture);
  return { x: (1 - width) / 2, y: (1 - height) / 3, width, height };
}

export function moved(box: Box, across: number, down: number): Box {
  return { ...box, x: between(box.x + across, 0, 1 - box.width), y: between(box.y + down, 0, 1 - box.height) };
}

// The middle stays where it is, as far as the picture reaches.
export function sized(box: Box, width: number, picture: Size, least: Size): Box {
  const wide = between(width, leastWidth(picture, least), mostWidth(picture));
  const high = heightFor(wide, picture);
  const grown = { x: box.x + (box.width - wide) / 2, y: box.y + (box.height - high) / 2, width: wide, height: high };
  return moved(grown, 0, 0);
}

export function spelled(box: Box): string {
  return [box.x, box.y, box.width, box.height].map((part) => part.toFixed(4)).join(",");
}

export function points(box: Box, picture: Size): Size {
  return { width: Math.round(box.width * picture.width), height: Math.round(box.height * picture.height) };
}

// What a key does to the frame; nothing where the key is not for it. With Shift, steps are small.
export function keyed(key: string, isFine: boolean, box: Box, picture: Size, least: Size): Box | null {
  const step = isFine ? 0.005 : 0.03;
  switch (key) {
    case "ArrowLeft":
      return moved(box, -step, 0);
    case "ArrowRight":
      return moved(box, step, 0);
    case "ArrowUp":
      return moved(box, 0, -step);
    case "ArrowDown":
      return moved(box, 0, step);
    case "+":
    case "=":
      return sized(box, box.width * (1 + 2 * step), picture, least);
    case "-":
    case "_":
      return sized(box, box.width / (1 + 2 * step), picture, least);
    default:
      return null;
  }
}

export type Grip = "size" | "move" | "";

// What a pointer takes hold of at a place, all in the same points as `reach`.
export function gripAt(x: number, y: number, box: Box, reach: number): Grip {
  const corners = [box.x, box.x + box.width].flatMap((cx) => [box.y, box.y + box.height].map((cy) => Math.hypot(x - cx, y - cy)));
  if (Math.min(...corners) <= reach) return "size";
  const isInside = x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
  return isInside ? "move" : "";
}
