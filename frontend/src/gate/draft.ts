// A scan as it is written: what was seen, what the device decided, and what the officer did.
import type { Clock } from "./clock";
import type { Decision, Seen } from "./decide";
import type { Draft } from "./queue";
import type { Scan, Way } from "./wire";

const [MOST_TEXT, MOST_NOTE] = [200, 300];

// What an officer did about what was decided.
export interface Done {
  way: Way;
  answer: "admitted" | "refused";
  by: Scan["by"];
  text?: string; // what was read, where it was no pass
  group?: string | null;
  guests?: number;
  note?: string;
}

interface Here {
  gate: string;
  zone: string;
  clock: Clock;
  isOnline: boolean;
}

export function draftOf(seen: Seen, decision: Decision, done: Done, { gate, zone, clock, isOnline }: Here): Draft {
  const isKnown = decision.number !== null;
  return {
    gate,
    zone,
    way: done.way,
    n: decision.number,
    p: isKnown ? (seen.payload?.print ?? seen.entry?.p ?? null) : null,
    text: isKnown ? "" : (done.text ?? "").slice(0, MOST_TEXT),
    verdict: decision.verdict,
    reason: decision.reason,
    answer: done.answer,
    by: done.by,
    at: clock.now().toISOString(),
    skew_ms: clock.skewMs(),
    offline: !isOnline,
    group: done.group ?? null,
    guests: done.guests ?? 0,
    note: (done.note ?? "").slice(0, MOST_NOTE),
  };
}
