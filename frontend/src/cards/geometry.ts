// Boxes on a card in millimetres, from the corner where lines begin; a card written from the right is mirrored.
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Card {
  width: number;
  height: number;
  isRtl: boolean;
}

const LEAST = 1;

// To the hundredth, as lengths are kept.
function tidy(value: number): number {
  return Math.round(value * 100) / 100;
}

export function snapped(value: number, step: number): number {
  return tidy(Math.round(value / step) * step);
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, Math.max(least, most)));
}

// Moves a box by what a pointer or a key moved on the screen; it stays on the card.
export function moved(box: Box, dx: number, dy: number, card: Card, step = 1): Box {
  const along = card.isRtl ? -dx : dx;
  const x = dx ? snapped(box.x + along, step) : box.x;
  const y = dy ? snapped(box.y + dy, step) : box.y;
  return { ...box, x: tidy(between(0, x, card.width - box.w)), y: tidy(between(0, y, card.height - box.h)) };
}

// Sizes a box by its corner where lines end; it stays on the card, and never vanishes.
export function sized(box: Box, dx: number, dy: number, card: Card, step = 1): Box {
  const along = card.isRtl ? -dx : dx;
  const w = dx ? snapped(box.w + along, step) : box.w;
  const h = dy ? snapped(box.h + dy, step) : box.h;
  return {
    ...box,
    w: tidy(dx ? between(LEAST, w, card.width - box.x) : box.w),
    h: tidy(dy ? between(LEAST, h, card.height - box.y) : box.h),
  };
}

// Where the left edge of a box lies on the screen.
export function leftOf(box: Box, card: Card): number {
  return tidy(card.isRtl ? card.width - box.x - box.w : box.x);
}

// What a key does: a move or a size by a step of the screen, if it does either.
export function byKey(key: string, isSizing: boolean, isFine: boolean): ((box: Box, card: Card) => Box) | null {
  const step = isFine ? 0.1 : 1;
  const ways: Record<string, [number, number]> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, -step],
    ArrowDown: [0, step],
  };
  const way = ways[key];
  if (!way) return null;
  const change = isSizing ? sized : moved;
  return (box, card) => change(box, way[0], way[1], card, step);
}
