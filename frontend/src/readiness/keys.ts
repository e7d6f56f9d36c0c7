// What a key does on the chart: it goes from row to row, past the names of groups, and changes the zoom.
import { ZOOMS, type Zoom } from "./geometry";

// Where the key leads from a row; undefined where it leads nowhere on the chart.
export function moved(key: string, from: number, page: number, isRow: readonly boolean[]): number | undefined {
  const end = isRow.length - 1;
  const wanted: Readonly<Record<string, readonly [to: number, way: 1 | -1]>> = {
    ArrowDown: [from + 1, 1],
    ArrowUp: [from - 1, -1],
    PageDown: [Math.min(from + page, end), 1],
    PageUp: [Math.max(from - page, 0), -1],
    Home: [0, 1],
    End: [end, -1],
  };
  const found = wanted[key];
  if (!found) return undefined;
  const [to, way] = found;
  return nearest(to, way, isRow) ?? nearest(to, way === 1 ? -1 : 1, isRow);
}

function nearest(from: number, way: 1 | -1, isRow: readonly boolean[]): number | undefined {
  for (let place = Math.max(-1, Math.min(from, isRow.length)); place >= -1 && place <= isRow.length; place += way) {
    if (isRow[place]) return place;
  }
  return undefined;
}

export function zoomed(key: string, zoom: Zoom): Zoom | undefined {
  const step = key === "+" || key === "=" ? -1 : key === "-" ? 1 : 0;
  return step ? ZOOMS[ZOOMS.indexOf(zoom) + step] : undefined;
}
