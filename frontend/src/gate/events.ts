// What a gate's device tells the page while it works: codes and values; the page has the words.
import type { Doubt } from "./clock";
import type { Flag, Scan, WalkInAnswer } from "./wire";

export type GateEvent =
  | { kind: "online" }
  | { kind: "offline"; fault: "offline" | "strange" | "busy" }
  | { kind: "list"; revision: number; size: number; changed: number }
  | { kind: "list-refused"; reason: string } // unsigned, unsealed, shape, other-edition, older, index, revision
  | { kind: "confirmed"; at: string }
  | { kind: "counts"; inside: Record<string, number> }
  | { kind: "queue"; waiting: number; aside: number }
  | { kind: "aside"; scan: Scan; fault: string }
  | { kind: "flags"; flags: Flag[] }
  | { kind: "requests"; answers: WalkInAnswer[] }
  | { kind: "photos"; have: number; missing: number }
  | { kind: "gate"; gate: string }
  | { kind: "clock"; doubt: Doubt }
  | { kind: "full"; what: "photos" | "list" }
  | { kind: "locked" }
  | { kind: "unknown" } // the server knows no such device: it must be enrolled again; what waits is kept
  | { kind: "shut-out"; lost: number } // all is erased; so many scans were never delivered
  | { kind: "erased"; lost: number } // by ten wrong PINs, by hand, or in another tab
  | { kind: "gone" }; // the browser has taken the storage away while the page was open

export type Told = (event: GateEvent) => void;

export class Events {
  private readonly listeners = new Set<Told>();

  on(told: Told): () => void {
    this.listeners.add(told);
    return () => this.listeners.delete(told);
  }

  emit(event: GateEvent): void {
    for (const told of [...this.listeners]) told(event);
  }
}
