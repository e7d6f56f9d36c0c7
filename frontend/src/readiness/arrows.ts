// What comes before the chosen row, and what after it, as arrows between bars.
import type { Plan } from "./data";
import { arrow, bar } from "./geometry";

const SVG = "http://www.w3.org/2000/svg";

export interface Path {
  readonly d: string;
  readonly isBefore: boolean;
}

// Rows are named by their place in the plan; `at` says where each that is shown stands.
export function paths(plan: Plan, chosen: number, at: ReadonlyMap<number, number>, width: number): Path[] {
  const found: Path[] = [];
  for (const [before, after] of plan.links) {
    if (before !== chosen && after !== chosen) continue;
    const ends = [before, after].map((place) => {
      const [row, seen] = [plan.rows[place], at.get(place)];
      return row && seen !== undefined ? { ...bar(row.begin, row.end, width), place: seen } : undefined;
    });
    if (ends[0] && ends[1]) found.push({ d: arrow(ends[0], ends[1]), isBefore: after === chosen });
  }
  return found;
}

export function layer(root: Document): SVGSVGElement {
  const found = root.createElementNS(SVG, "svg");
  found.setAttribute("class", "gantt-arrows");
  found.setAttribute("aria-hidden", "true");
  return found;
}

export function draw(svg: SVGSVGElement, found: readonly Path[]): void {
  const root = svg.ownerDocument;
  svg.replaceChildren(
    ...found.flatMap(({ d, isBefore }) => {
      const line = root.createElementNS(SVG, "path");
      line.setAttribute("d", d);
      line.setAttribute("class", isBefore ? "is-before" : "is-after");
      const tip = root.createElementNS(SVG, "path");
      const [x, y] = ends(d);
      tip.setAttribute("d", `M${x} ${y}l-6-4v8z`);
      tip.setAttribute("class", `tip ${isBefore ? "is-before" : "is-after"}`);
      return [line, tip];
    }),
  );
}

function ends(d: string): readonly [number, number] {
  const [, y, x] = /V([\d.-]+)H([\d.-]+)$/.exec(d) ?? ["", "0", "0"];
  return [Number(x), Number(y)];
}
