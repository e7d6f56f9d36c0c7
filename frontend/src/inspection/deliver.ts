// Brings what waits to the server in order, each answer once, whatever breaks on the way.
import { type Obstacle, Refused, type Server } from "./server";
import type { Fault, Kept, Line, Talk } from "./shape";

export interface Shelf {
  waiting(): Promise<Kept[]>;
  drop(place: number): Promise<void>;
  judge(place: number, fault: Fault): Promise<void>;
}

export interface Delivered {
  obstacle: Obstacle | ""; // why something still waits
  talk: Talk | null; // what the server told
}

const FAULTS: string[] = ["closed", "line-gone", "shape"];

export async function deliver(shelf: Shelf, server: Server, took: (answer: Kept, line: Line) => void = () => undefined): Promise<Delivered> {
  let talk: Talk | null = null;
  try {
    // A token of the page may be old: a page that was kept, or a sign-in since.
    talk = await server.lines();
    for (const answer of await shelf.waiting()) {
      if (!answer.fault) await one(answer, shelf, server, talk, took);
    }
    return { obstacle: "", talk };
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return { obstacle: refused.fault as Obstacle, talk };
  }
}

async function one(answer: Kept, shelf: Shelf, server: Server, talk: Talk, took: (answer: Kept, line: Line) => void): Promise<void> {
  // What one person saw is never told under another's name.
  if (answer.who !== talk.who) return shelf.judge(answer.place, "other-person");
  try {
    const line = await server.answer(answer, talk.csrf);
    talk.lines[answer.line] = line;
    await shelf.drop(answer.place);
    took(answer, line);
  } catch (refused) {
    if (!(refused instanceof Refused) || !FAULTS.includes(refused.fault)) throw refused;
    await shelf.judge(answer.place, refused.fault as Fault);
  }
}
