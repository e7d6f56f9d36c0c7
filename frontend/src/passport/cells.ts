// Parts a line into its places: the signs of such a line all stand at one distance, and each place holds one.
import { type Box, calmed, type Grey, upright } from "./pixels";
import { chevron, type Drawn, likeness, meanOf, type Shape, shapeOf } from "./shape";

export const LENGTHS = [44, 36, 30];
export const STRIP = 64; // pixels from the top to the foot of a strip; letters take five eighths of it
const TALL = 40;

export interface Cell {
  // From where to where the ink of the sign reaches, in the strip.
  left: number;
  right: number;
  isFiller: boolean;
}

export interface Strip extends Drawn {
  cells: Cell[];
}

export function stripOf(grey: Grey, box: Box): Strip {
  const share = STRIP / TALL;
  const room = { ...box, width: box.width + box.height * 2, height: box.height * share };
  const flat = levelled(upright(grey, room, STRIP));
  const calm = calmed(calmed(flat));
  const dark = threshold(calm);
  const drawn = { grey: flat, ink: calm.data.map((value) => (value < dark ? 1 : 0)) };
  return { ...drawn, cells: cellsOf(drawn) };
}

// The paper made white along the line, whatever the light.
export function levelled(grey: Grey): Grey {
  const { width, height } = grey;
  const paper = new Float32Array(width);
  for (let x = 0; x < width; x += 1) {
    const column = Array.from({ length: height }, (_, y) => grey.data[y * width + x]!).sort((one, other) => other - one);
    paper[x] = column[Math.floor(height * 0.25)]!;
  }
  const around = TALL;
  const data = new Uint8Array(grey.data.length);
  for (let x = 0; x < width; x += 1) {
    const near = [...paper.slice(Math.max(0, x - around), x + around + 1)].sort((one, other) => one - other);
    const white = Math.max(20, near[Math.floor(near.length / 2)]!);
    for (let y = 0; y < height; y += 1) data[y * width + x] = Math.min(255, (grey.data[y * width + x]! / white) * 235);
  }
  return { width, height, data };
}

// Otsu: the value that parts ink from paper best.
export function threshold(grey: Grey): number {
  const counts = new Float64Array(256);
  for (const value of grey.data) counts[value]! += 1;
  const total = grey.data.length;
  const whole = counts.reduce((sum, count, value) => sum + count * value, 0);
  let [below, sum, best, found] = [0, 0, -1, 128];
  for (let value = 0; value < 255; value += 1) {
    below += counts[value]!;
    sum += counts[value]! * value;
    if (!below || below === total) continue;
    const apart = sum / below - (whole - sum) / (total - below);
    const parted = below * (total - below) * apart * apart;
    if (parted > best) [best, found] = [parted, value + 1];
  }
  return found;
}

type Piece = [left: number, right: number];

const FILLER_SEED = 0.6;
const FILLER = 0.81;

function cellsOf(drawn: Drawn): Cell[] {
  const [top, bottom] = [(STRIP - TALL) / 2 - 3, (STRIP + TALL) / 2 + 3];
  const pieces = placed(piecesOf(drawn.grey.width, drawn.ink, top, bottom));
  const isFiller = fillers(pieces.map(([left, right]) => shapeOf(drawn, left, right)));
  return pieces.map(([left, right], at) => ({ left, right, isFiller: isFiller[at]! }));
}

// Fillers are what looks as “<” should, and what looks as those do: blur and slant change all of them alike.
function fillers(shapes: Shape[]): boolean[] {
  const ideal = chevron();
  const seeds = shapes.filter((shape) => likeness(shape, ideal) > FILLER_SEED);
  if (!seeds.length) return shapes.map(() => false);
  const usual = meanOf(seeds);
  return shapes.map((shape) => likeness(shape, usual) > FILLER);
}

function piecesOf(width: number, ink: Uint8Array, top: number, bottom: number): Piece[] {
  const pieces: Piece[] = [];
  let [start, whole] = [-1, 0];
  for (let x = 0; x <= width; x += 1) {
    let count = 0;
    if (x < width) for (let y = top; y < bottom; y += 1) count += ink[y * width + x]!;
    if (count > 1) {
      if (start < 0) start = x;
      whole += count;
    } else if (start >= 0) {
      // Less ink than a stroke is a speck.
      if (whole > TALL) pieces.push([start, x]);
      [start, whole] = [-1, 0];
    }
  }
  return pieces;
}

// Joins what broke, parts what ran together, leaves out what stands beside the line, until one piece stands per place.
function placed(pieces: Piece[]): Piece[] {
  const pitch = pitchOf(pieces);
  if (!pitch) return [];
  const whole: Piece[] = [];
  for (const [left, right] of pieces) {
    const before = whole.at(-1);
    if (before && right - before[0] < pitch * 0.95 && (right - left < pitch * 0.4 || before[1] - before[0] < pitch * 0.4)) {
      before[1] = right;
    } else {
      whole.push([left, right]);
    }
  }
  const parted = whole.flatMap(([left, right]): Piece[] => {
    const parts = Math.round((right - left + pitch * 0.2) / pitch);
    if (parts < 2) return [[left, right]];
    return Array.from({ length: parts }, (_, at) => [left + ((right - left) * at) / parts, left + ((right - left) * (at + 1)) / parts]);
  });
  return LENGTHS.includes(parted.length) ? parted : trimmed(parted, pitch);
}

function pitchOf(pieces: Piece[]): number {
  const steps = pieces.slice(1).map((piece, at) => middle(piece) - middle(pieces[at]!));
  const usual = steps.filter((step) => step > TALL * 0.6 && step < TALL * 1.6).sort((one, other) => one - other);
  return usual.length > 15 ? usual[Math.floor(usual.length / 2)]! : 0;
}

function middle([left, right]: Piece): number {
  return (left + right) / 2;
}

// The longest run of pieces at the distance of signs: an edge of the page before or behind it is no sign.
function trimmed(pieces: Piece[], pitch: number): Piece[] {
  let best: Piece[] = [];
  let run: Piece[] = [];
  for (const piece of pieces) {
    const before = run.at(-1);
    const step = before ? middle(piece) - middle(before) : pitch;
    if (Math.abs(step - pitch) > pitch * 0.35) run = [];
    run.push(piece);
    if (run.length > best.length) best = [...run];
  }
  return best;
}
