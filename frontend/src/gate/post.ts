// What the screens of the gate share: the device behind them, the words, and the ways from one to another.
import type { Decision, Seen } from "./decide";
import type { GateDevice } from "./device";
import type { Memory } from "./memory";
import type { Place, State, Trouble } from "./screens";
import type { Entry, Scan, Way } from "./wire";
import type { Speech } from "./words";

export interface Post {
  root: HTMLElement;
  device: GateDevice;
  speech: Speech;
  memory: Memory;
  csrf: string;
  state: State;
  way: Way;
  isBusy: boolean; // something is being looked up or written
  go(to: Place): void;
  opened(): void; // the device was set up, or its PIN was right
  meet(entry: Entry, by?: Scan["by"]): Promise<void>; // who was found by name
  write(seen: Seen, decision: Decision, about: About): Promise<Scan | null>; // null: there is no room for it
  murmur(sentence: string): void; // said to who listens, in turn
  speak(sentence: string): void; // said to who listens, at once
  trouble(code: Trouble, isOn: boolean): void;
  moved(): void; // another gate, way or sound
}

export interface About {
  answer: Scan["answer"];
  by: Scan["by"];
  way?: Way;
  text?: string;
  group?: string;
  guests?: number;
  note?: string;
}

export interface ScreenOf {
  shown(): void;
  left?(): void;
}
