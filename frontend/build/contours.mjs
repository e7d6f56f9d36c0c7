// Draws the motif: lines of equal distance from the shore of the Caspian, as a chart shows the depth, lying on its side.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { landRings } from "./land.mjs";

const [WIDTH, HEIGHT] = [1600, 720];
const STEP = 8; // pixels between the points of the grid
const LEVELS = [4, 16, 30, 46, 64, 84, 106, 130, 156]; // pixels from the shore

// The sea is the hole in the land whose points all lie here.
function shoreline(rings) {
  const inside = ([longitude, latitude]) => longitude > 46 && longitude < 56 && latitude > 36 && latitude < 48;
  return rings.filter((ring) => ring.every(inside)).sort((one, other) => other.length - one.length)[0];
}

// North points to the left, so that the long sea lies along a heading.
function projected(ring) {
  const cos = Math.cos((42 * Math.PI) / 180);
  const flat = ring.map(([longitude, latitude]) => [-latitude, -longitude * cos]);
  const [xs, ys] = [flat.map(([x]) => x), flat.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const scale = Math.max((WIDTH * 1.02) / (Math.max(...xs) - left), (HEIGHT * 0.98) / (Math.max(...ys) - top));
  return flat.map(([x, y]) => [(x - left) * scale, (y - top) * scale]);
}

function distanceToShore(x, y, shore) {
  let nearest = Infinity;
  let isInside = false;
  for (let index = 1; index < shore.length; index++) {
    const [[x1, y1], [x2, y2]] = [shore[index - 1], shore[index]];
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, (x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2);
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isInside = !isInside;
  }
  return (isInside ? 1 : -1) * Math.sqrt(nearest);
}

function field(shore) {
  const rows = [];
  for (let y = -STEP; y <= HEIGHT + STEP; y += STEP) {
    const row = [];
    for (let x = -STEP; x <= WIDTH + STEP; x += STEP) row.push(distanceToShore(x, y, shore));
    rows.push(row);
  }
  return rows;
}

// Marching squares: the pieces of one level's line, each between two sides of a square.
function pieces(rows, level) {
  const found = [];
  const cross = (a, b, [x1, y1], [x2, y2]) => {
    const part = (level - a) / (b - a);
    return [x1 + (x2 - x1) * part, y1 + (y2 - y1) * part];
  };
  for (let row = 0; row + 1 < rows.length; row++) {
    for (let column = 0; column + 1 < rows[row].length; column++) {
      const corners = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
      const values = corners.map(([x, y]) => rows[y][x]);
      const points = [];
      for (let side = 0; side < 4; side++) {
        const next = (side + 1) % 4;
        if (values[side] > level !== values[next] > level)
          points.push(cross(values[side], values[next], corners[side], corners[next]));
      }
      for (let pair = 0; pair + 1 < points.length; pair += 2) found.push([points[pair], points[pair + 1]]);
    }
  }
  return found;
}

function joined(found) {
  const key = ([x, y]) => `${x.toFixed(3)},${y.toFixed(3)}`;
  const ends = new Map();
  for (const piece of found) for (const point of piece) ends.set(key(point), [...(ends.get(key(point)) ?? []), piece]);
  const [used, lines] = [new Set(), []];
  const grow = (line) => {
    for (;;) {
      const tip = line.at(-1);
      const piece = ends.get(key(tip)).find((candidate) => !used.has(candidate));
      if (!piece) return line;
      used.add(piece);
      line.push(key(piece[0]) === key(tip) ? piece[1] : piece[0]);
    }
  };
  for (const piece of found) {
    if (used.has(piece)) continue;
    used.add(piece);
    lines.push(grow(grow([...piece]).reverse()));
  }
  return lines.filter((line) => line.length > 24);
}

// A calm hand: every third point, joined by curves through the middles; a line that meets itself is closed.
function drawn(line) {
  const pixel = ([x, y]) => [Math.round((x - 1) * STEP), Math.round((y - 1) * STEP)];
  const middle = ([x1, y1], [x2, y2]) => [(x1 + x2) >> 1, (y1 + y2) >> 1];
  const isClosed = Math.hypot(line[0][0] - line.at(-1)[0], line[0][1] - line.at(-1)[1]) < 0.01;
  const points = line.filter((_, index) => index % 3 === 0).map(pixel);
  const ring = isClosed ? [...points, points[0], points[1]] : points;
  const start = isClosed ? middle(ring[0], ring[1]) : ring[0];
  const curves = ring.slice(1, -1).map((point, index) => `Q${[...point, ...middle(point, ring[index + 2])].join(" ")}`);
  return `M${start.join(" ")}${curves.join("")}`;
}

// The sea floor has no creases: the mean of each point and its neighbours, a few times over.
function calmed(rows, times) {
  const at = (row, column) => rows[row]?.[column];
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const around = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => [down, right]));
  const next = rows.map((line, row) =>
    line.map((_, column) =>
      mean(around.map(([down, right]) => at(row + down, column + right)).filter((value) => value !== undefined)),
    ),
  );
  return times > 1 ? calmed(next, times - 1) : next;
}

const rows = calmed(field(projected(shoreline(landRings()))), 3);
const paths = LEVELS.map((level) => `<path d="${joined(pieces(rows, level)).map(drawn).join("")}"/>`);
const target = resolve(process.argv[2]);
mkdirSync(dirname(target), { recursive: true });
writeFileSync(
  target,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="xMidYMid slice" ` +
    `fill="none" stroke="#000" stroke-width="1.25">${paths.join("")}</svg>\n`,
);
