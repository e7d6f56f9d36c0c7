// Turns the outlines of the world's land into rings of longitude and latitude, for the maps that Python draws: whole
// numbers of 32 bits, little end first; of each ring the number of its points, then their hundredths of a degree.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { feature } from "topojson-client";

const HUNDREDTHS = 100; // one hundredth of a degree: about a kilometre, and about a pixel on a summit's map
const TOLERANCE = 0.011; // degrees by which a simplified coast may leave the surveyed one

export function landRings() {
  const atlas = new URL("../node_modules/world-atlas/land-10m.json", import.meta.url);
  const topology = JSON.parse(readFileSync(atlas, "utf8"));
  const polygons = feature(topology, topology.objects.land).features.flatMap((item) =>
    item.geometry.type === "Polygon" ? [item.geometry.coordinates] : item.geometry.coordinates,
  );
  return polygons.flat().map((ring) => simplified(rounded(unwrapped(ring)))).filter((ring) => ring.length >= 4);
}

// The atlas sews its outlines together at the date line; here they run on past 180 degrees instead of jumping back.
// The one round a pole does not come home: it is closed along the pole.
function unwrapped(ring) {
  let turn = 0;
  const run = ring.map(([longitude, latitude], index) => {
    const step = index ? longitude - ring[index - 1][0] : 0;
    if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
    return [longitude + turn, latitude];
  });
  const [first, last] = [run[0], run.at(-1)];
  if (Math.abs(last[0] - first[0]) < 180) return run;
  const pole = first[1] < 0 ? -90 : 90;
  return [...run, [last[0], pole], [first[0], pole], first];
}

function rounded(ring) {
  const kept = [];
  for (const [longitude, latitude] of ring) {
    const point = [Math.round(longitude * HUNDREDTHS) / HUNDREDTHS, Math.round(latitude * HUNDREDTHS) / HUNDREDTHS];
    const last = kept.at(-1);
    if (!last || last[0] !== point[0] || last[1] !== point[1]) kept.push(point);
  }
  return kept;
}

// Douglas and Peucker, without recursion: an outline of a continent has a hundred thousand points.
function simplified(ring) {
  const keep = new Uint8Array(ring.length);
  keep[0] = keep[ring.length - 1] = 1;
  const stack = [[0, ring.length - 1]];
  while (stack.length) {
    const [from, to] = stack.pop();
    let [worst, at] = [TOLERANCE, -1];
    for (let index = from + 1; index < to; index++) {
      const distance = fromChord(ring[index], ring[from], ring[to]);
      if (distance > worst) [worst, at] = [distance, index];
    }
    if (at < 0) continue;
    keep[at] = 1;
    stack.push([from, at], [at, to]);
  }
  return ring.filter((_, index) => keep[index]);
}

function fromChord([x, y], [x1, y1], [x2, y2]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = Math.hypot(dx, dy);
  return length ? Math.abs(dy * (x - x1) - dx * (y - y1)) / length : Math.hypot(x - x1, y - y1);
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].replaceAll("\\", "/"))) {
  const target = resolve(process.argv[2]);
  mkdirSync(dirname(target), { recursive: true });
  const numbers = landRings().flatMap((ring) => [ring.length, ...ring.flat().map((degrees) => Math.round(degrees * HUNDREDTHS))]);
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, place) => bytes.writeInt32LE(number, place * 4));
  writeFileSync(target, bytes);
}
