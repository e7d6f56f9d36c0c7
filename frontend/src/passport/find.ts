// Finds the machine-readable lines in a grey picture: rows that cross more strokes than anything else on a page.
import { type Box, calmed, type Grey, inked, shrunk } from "./pixels";

const WORK_WIDTH = 1000;
const WIDEST = 35; // from one stroke of a line to the next, on the smaller picture
const STEEPEST = 0.12; // about seven degrees

interface Strokes {
  x: Float32Array;
  y: Float32Array;
}

interface Row {
  top: number;
  bottom: number;
  weight: number;
}

// The boxes of the lines, from the top; none where there is no group of two or three that looks so.
export function findLines(grey: Grey): Box[] {
  const small = shrunk(grey, WORK_WIDTH);
  const strokes = strokesOf(small);
  const slope = steepest(strokes, -STEEPEST, STEEPEST, 0.004);
  const rows = rowsOf(strokes, slope, small.height);
  const boxes = rows.flatMap((row) => boxOf(strokes, slope, row) ?? []);
  const ratio = grey.width / small.width;
  return grouped(boxes).map((box) => scaled(box, ratio));
}

function scaled(box: Box, ratio: number): Box {
  return { x: box.x * ratio, y: box.y * ratio, slope: box.slope, width: box.width * ratio, height: box.height * ratio };
}

// Where a row of pixels crosses a stroke of a letter: ink no longer than letters are thick, with paper on both sides.
function strokesOf(grey: Grey): Strokes {
  const { width, height } = grey;
  const ink = inked(calmed(grey), Math.round(width / 60), 0.88);
  const thickest = Math.max(3, Math.round(width / 110));
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < height; row += 1) {
    let start = -1;
    for (let column = 0; column < width; column += 1) {
      if (ink[row * width + column]) {
        if (start < 0) start = column;
      } else if (start >= 0) {
        const at = row * width + ((start + column) >> 1);
        // A stroke goes on above and below; a speck does not.
        if (column - start <= thickest && start > 0 && ink[at - width] && ink[at + width]) {
          x.push((start + column) / 2);
          y.push(row);
        }
        start = -1;
      }
    }
  }
  return { x: Float32Array.from(x), y: Float32Array.from(y) };
}

function profile(strokes: Strokes, slope: number, from: number, to: number): Float32Array {
  const counts = new Float32Array(Math.max(1, Math.ceil(to - from)));
  for (let at = 0; at < strokes.x.length; at += 1) {
    const row = Math.round(strokes.y[at]! - slope * strokes.x[at]! - from);
    if (row >= 0 && row < counts.length) counts[row]! += 1;
  }
  return counts;
}

// The slope along which the strokes lie in the fewest rows.
function steepest(strokes: Strokes, from: number, to: number, step: number): number {
  let best = 0;
  let most = -1;
  const [low, high] = range(strokes);
  for (let slope = from; slope <= to + step / 2; slope += step) {
    let sum = 0;
    for (const count of profile(strokes, slope, low - 150, high + 150)) sum += count * count;
    if (sum > most) [best, most] = [slope, sum];
  }
  return step > 0.0015 ? steepest(strokes, best - step, best + step, step / 4) : best;
}

function range(strokes: Strokes): [number, number] {
  let low = Infinity;
  let high = 0;
  for (const y of strokes.y) {
    if (y < low) low = y;
    if (y > high) high = y;
  }
  return [Math.min(low, high), high];
}

const OFFSET = 150; // rows above the picture that a slope may reach

function rowsOf(strokes: Strokes, slope: number, height: number): Row[] {
  const counts = smooth(profile(strokes, slope, -OFFSET, height + OFFSET));
  const enough = Math.max(12, Math.max(...counts) * 0.3);
  const rows: Row[] = [];
  let start = -1;
  let weight = 0;
  counts.forEach((count, row) => {
    if (count >= enough) {
      if (start < 0) start = row;
      weight += count;
    } else if (start >= 0) {
      rows.push({ top: start - OFFSET, bottom: row - OFFSET, weight });
      start = -1;
      weight = 0;
    }
  });
  return rows.filter((row) => row.bottom - row.top >= 6);
}

function smooth(counts: Float32Array): Float32Array {
  return counts.map((count, at) => (count + (counts[at - 1] ?? 0) + (counts[at + 1] ?? 0)) / 3);
}

// One line: how far it reaches, and its own slope, which leans a little where the camera stood askew.
function boxOf(strokes: Strokes, slope: number, row: Row): Box | null {
  const tall = row.bottom - row.top;
  const around = Math.max(tall * 0.4, 8);
  const near = within(strokes, slope, row.top - around, row.bottom + around);
  const ends = reach(near, tall);
  if (!ends) return null;
  const [left, right] = ends;
  const mine = only(near, (x) => x >= left && x <= right);
  const own = steepest(mine, slope - 0.02, slope + 0.02, 0.002);
  const middle = (left + right) / 2;
  const top = row.top + slope * middle;
  const counts = smooth(profile(moved(mine, middle), own, top - tall * 0.6, top + tall * 1.6));
  const edge = Math.max(...counts) * 0.25;
  const first = counts.findIndex((count) => count >= edge);
  const last = counts.length - 1 - [...counts].reverse().findIndex((count) => count >= edge);
  const height = last - first + 1;
  return { x: middle, y: top - tall * 0.6 + (first + last + 1) / 2, slope: own, width: right - left, height };
}

function within(strokes: Strokes, slope: number, top: number, bottom: number): Strokes {
  return pick(strokes, (at) => {
    const row = strokes.y[at]! - slope * strokes.x[at]!;
    return row >= top && row <= bottom;
  });
}

function only(strokes: Strokes, fits: (x: number) => boolean): Strokes {
  return pick(strokes, (at) => fits(strokes.x[at]!));
}

function pick(strokes: Strokes, fits: (at: number) => boolean): Strokes {
  const kept = [...strokes.x.keys()].filter(fits);
  return { x: Float32Array.from(kept, (at) => strokes.x[at]!), y: Float32Array.from(kept, (at) => strokes.y[at]!) };
}

function moved(strokes: Strokes, by: number): Strokes {
  return { x: strokes.x.map((x) => x - by), y: strokes.y };
}

// The longest stretch whose letters stand no further apart than letters do.
function reach(strokes: Strokes, tall: number): [number, number] | null {
  const across = Array.from(strokes.x).sort((one, other) => one - other);
  let best: [number, number] | null = null;
  let start = 0;
  for (let at = 1; at <= across.length; at += 1) {
    if (at < across.length && across[at]! - across[at - 1]! < Math.max(tall * 1.5, WIDEST)) continue;
    const stretch: [number, number] = [across[start] ?? 0, across[at - 1] ?? 0];
    if (!best || stretch[1] - stretch[0] > best[1] - best[0]) best = stretch;
    start = at;
  }
  return best && best[1] - best[0] > tall * 12 ? best : null;
}

// Two or three lines of one height, length and distance; where there are several such groups, the lowest.
export function grouped(boxes: Box[]): Box[] {
  const sorted = [...boxes].sort((one, other) => one.y - other.y);
  for (let last = sorted.length - 1; last > 0; last -= 1) {
    const group = [sorted[last]!];
    for (let at = last - 1; at >= 0 && group.length < 3; at -= 1) {
      if (belongs(sorted[at]!, group)) group.unshift(sorted[at]!);
    }
    if (group.length > 1) return group;
  }
  return [];
}

function belongs(box: Box, group: Box[]): boolean {
  const [first, second] = group as [Box, Box | undefined];
  const tall = (box.height + first.height) / 2;
  const apart = (first.y - box.y - first.slope * (first.x - box.x)) / tall;
  const alike = Math.abs(box.height - first.height) < tall * 0.4 && Math.abs(box.width - first.width) < first.width * 0.12;
  const even = !second || Math.abs(second.y - first.y - (first.y - box.y)) < tall * 0.6;
  return alike && even && apart > 1.5 && apart < 3.8 && Math.abs(box.x - first.x) < first.width * 0.08;
}
