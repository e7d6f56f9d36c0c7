// In a table of boxes the arrow keys go from box to box, as in a sheet; Space ticks, as everywhere.
export type Move = "up" | "down" | "start" | "end";

export function moveOf(key: string, isRightToLeft: boolean): Move | null {
  if (key === "ArrowUp") return "up";
  if (key === "ArrowDown") return "down";
  if (key === "ArrowLeft") return isRightToLeft ? "end" : "start";
  if (key === "ArrowRight") return isRightToLeft ? "start" : "end";
  return null;
}

// Where a move leads in a table of this many rows and columns: at an edge it stays.
export function led(at: { row: number; column: number }, move: Move, size: { rows: number; columns: number }): { row: number; column: number } {
  const step = { up: [-1, 0], down: [1, 0], start: [0, -1], end: [0, 1] }[move] as [number, number];
  const bound = (value: number, most: number): number => Math.min(most - 1, Math.max(0, value));
  return { row: bound(at.row + step[0], size.rows), column: bound(at.column + step[1], size.columns) };
}

export function attach(root: Document): void {
  for (const table of root.querySelectorAll<HTMLTableElement>("table[data-arrows]")) {
    const rows = [...table.rows].map((row) => [...row.querySelectorAll<HTMLInputElement>("input[type=checkbox]")]).filter((row) => row.length > 0);
    if (rows.length > 0) follow(table, rows);
  }
}

function follow(table: HTMLTableElement, rows: HTMLInputElement[][]): void {
  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = moveOf(event.key, getComputedStyle(table).direction === "rtl");
    const row = rows.findIndex((boxes) => boxes.includes(event.target as HTMLInputElement));
    if (!move || row < 0) return;
    const boxes = rows[row] ?? [];
    const column = boxes.indexOf(event.target as HTMLInputElement);
    const to = led({ row, column }, move, { rows: rows.length, columns: boxes.length });
    event.preventDefault();
    rows[to.row]?.[to.column]?.focus();
  });
}
