// The picture of one sign of a strip, made comparable with those of others.
import type { Grey } from "./pixels";

const ACROSS = 16;
const DOWN = 24;

// The picture of a sign, of one size, its mean zero and its length one; compared by the product of two.
export type Shape = Float32Array;

export interface Drawn {
  grey: Grey;
  ink: Uint8Array;
}

export function shapeOf(strip: Drawn, left: number, right: number): Shape {
  const [top, bottom] = tallness(strip, left, right);
  return shape(strip.grey, [left, right], [top, bottom]);
}

function tallness(strip: Drawn, left: number, right: number): [number, number] {
  let [top, bottom] = [strip.grey.height, 0];
  for (let y = 0; y < strip.grey.height; y += 1) {
    let count = 0;
    for (let x = Math.floor(left); x < right; x += 1) count += strip.ink[y * strip.grey.width + x]!;
    if (count > 1) [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  }
  return top < bottom ? [top, bottom] : [0, strip.grey.height];
}

function shape(grey: Grey, [left, right]: [number, number], [top, bottom]: [number, number]): Shape {
  const made = new Float32Array(ACROSS * DOWN);
  // Narrow signs stay narrow: what reaches across is as wide as the sign is tall, by the measure of a letter.
  const wide = Math.max(right - left, ((bottom - top) * ACROSS) / DOWN);
  const from = (left + right - wide) / 2;
  for (let v = 0; v < DOWN; v += 1) {
    const y = Math.floor(top + ((v + 0.5) * (bottom - top)) / DOWN);
    for (let u = 0; u < ACROSS; u += 1) {
      const x = Math.floor(from + ((u + 0.5) * wide) / ACROSS);
      made[v * ACROSS + u] = x >= 0 && x < grey.width ? 255 - grey.data[y * grey.width + x]! : 20;
    }
  }
  return normal(made);
}

function normal(made: Float32Array): Shape {
  const mean = made.reduce((sum, value) => sum + value, 0) / made.length;
  const length = Math.sqrt(made.reduce((sum, value) => sum + (value - mean) ** 2, 0)) || 1;
  return made.map((value) => (value - mean) / length);
}

export function likeness(one: Shape, other: Shape): number {
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0);
}

// The sign “<” as it should be: two arms from a point at the left, soft at their edges as a camera sees them.
export function chevron(): Shape {
  const made = new Float32Array(ACROSS * DOWN);
  for (let v = 0; v < DOWN; v += 1) {
    const arm = Math.abs((v + 0.5) / DOWN - 0.5) * 2;
    for (let u = 0; u < ACROSS; u += 1) made[v * ACROSS + u] = Math.max(0, 1 - Math.abs((u + 0.5) / ACROSS - arm) / 0.3);
  }
  return normal(made);
}

export function meanOf(shapes: Shape[]): Shape {
  const sum = new Float32Array(ACROSS * DOWN);
  for (const shape of shapes) shape.forEach((value, at) => (sum[at]! += value));
  return normal(sum);
}
