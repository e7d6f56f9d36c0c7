// Where a bilateral in somebody's hand is over: a slot (row) and a room (column) of the board.
export interface Spot {
  slot: number;
  room: number;
}

export interface Size {
  slots: number;
  rooms: number;
}

// The key moves as the eye sees it: in a table that reads from right to left, the left arrow goes to the next room.
export function moved(spot: Spot, key: string, size: Size, isRightToLeft: boolean): Spot | undefined {
  const forward = isRightToLeft ? "ArrowLeft" : "ArrowRight";
  const back = isRightToLeft ? "ArrowRight" : "ArrowLeft";
  const clamp = (value: number, count: number): number => Math.min(Math.max(value, 0), count - 1);
  switch (key) {
    case "ArrowDown":
      return { ...spot, slot: clamp(spot.slot + 1, size.slots) };
    case "ArrowUp":
      return { ...spot, slot: clamp(spot.slot - 1, size.slots) };
    case forward:
      return { ...spot, room: clamp(spot.room + 1, size.rooms) };
    case back:
      return { ...spot, room: clamp(spot.room - 1, size.rooms) };
    case "Home":
      return { ...spot, slot: 0 };
    case "End":
      return { ...spot, slot: size.slots - 1 };
    default:
      return undefined;
  }
}

// The spot under a point, from where the rows and the columns begin and end; nothing outside the board.
export function under(value: number, spans: readonly (readonly [number, number])[]): number {
  return spans.findIndex(([from, to]) => value >= from && value < to);
}

export function key(spot: Spot): string {
  return `${spot.slot}/${spot.room}`;
}

// The spots that are free, from what the server says: moments, and the rooms of each.
export function free(
  answer: readonly (readonly [string, readonly string[]])[],
  slots: readonly string[],
  rooms: readonly string[],
): Set<string> {
  const found = new Set<string>();
  for (const [moment, names] of answer) {
    const slot = slots.indexOf(moment);
    if (slot < 0) continue;
    for (const name of names) {
      const room = rooms.indexOf(name);
      if (room >= 0) found.add(key({ slot, room }));
    }
  }
  return found;
}
