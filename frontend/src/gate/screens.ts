// Which screen of the gate follows from what happened; pure, so that no path through them is left to chance.
import type { Health } from "./store";

export type Screen = "opening" | "setup" | "pin" | "ready" | "verdict" | "group" | "find" | "walkin" | "recent" | "settings" | "ended";
export type Place = Extract<Screen, "ready" | "find" | "walkin" | "recent" | "settings">;
export type End = "shut-out" | "erased" | "unknown" | "gone" | "no-storage";
export type Trouble = "list-old" | "clock" | "list-refused" | "full" | "aside" | "torn" | "temporary" | "no-worker" | "flags";

export interface State {
  screen: Screen;
  isOpen: boolean; // the PIN was given
  end: End | "";
  lost: number; // scans that were never delivered
  isDropped: boolean; // what this browser kept was thrown away
  troubles: Trouble[]; // the newest last
}

export type Happened =
  | { kind: "opened"; health: Health }
  | { kind: "unlocked" } // set up, or the PIN was right
  | { kind: "locked" }
  | { kind: "ended"; end: End; lost: number }
  | { kind: "anew" }
  | { kind: "went"; to: Place }
  | { kind: "judged" }
  | { kind: "grouped" }
  | { kind: "trouble"; code: Trouble; isOn: boolean };

export const START: State = { screen: "opening", isOpen: false, end: "", lost: 0, isDropped: false, troubles: [] };

export function next(state: State, happened: Happened): State {
  switch (happened.kind) {
    case "opened":
      return opened(happened.health);
    case "unlocked":
      return { ...state, screen: "ready", isOpen: true, isDropped: false, end: "" };
    case "locked":
      return state.isOpen ? { ...state, screen: "pin", isOpen: false } : state;
    case "ended":
      return { ...START, screen: "ended", end: happened.end, lost: happened.lost };
    case "anew":
      return state.end === "no-storage" ? state : { ...START, screen: "setup" };
    case "trouble":
      return troubled(state, happened.code, happened.isOn);
    default:
      return state.isOpen ? moved(state, happened) : state;
  }
}

function opened({ state: health, lost }: Health): State {
  if (health === "enrolled") return { ...START, screen: "pin" };
  if (health === "torn") return { ...START, screen: "pin", lost, troubles: ["torn"] };
  return { ...START, screen: "setup", lost, isDropped: health === "dropped" };
}

function moved(state: State, happened: Extract<Happened, { kind: "went" | "judged" | "grouped" }>): State {
  if (happened.kind === "judged") return { ...state, screen: "verdict" };
  if (happened.kind === "grouped") return state.screen === "verdict" ? { ...state, screen: "group" } : state;
  return { ...state, screen: happened.to };
}

function troubled(state: State, code: Trouble, isOn: boolean): State {
  if (state.troubles.includes(code) === isOn) return state;
  const others = state.troubles.filter((each) => each !== code);
  return { ...state, troubles: isOn ? [...others, code] : others };
}

export type Waiting = "no" | "rests" | "asks"; // of a verdict: none; shown for a moment; until it is answered

// Whether a pass is judged now. A camera looks all the time and waits for the officer; who pulls a reader's trigger means it.
export function mayJudge({ screen, isOpen }: State, waiting: Waiting, by: "camera" | "reader" | "name"): boolean {
  if (!isOpen || waiting === "asks" || screen === "group") return false;
  if (by === "camera") return screen === "ready" || (screen === "verdict" && waiting === "no");
  return true;
}
