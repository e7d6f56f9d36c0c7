// The time at the gate: the device's clock, put right by the server's, and the doubt about it when it jumps.
export type Doubt = "" | "jump" | "behind";

export interface ClockState {
  offsetMs: number; // to add to the device's clock
  lastSeen: number; // the latest right time that was seen, in ms since 1970
}

export interface Ticks {
  wall(): number;
  steady(): number;
}

export const JUMP_MS = 120_000;
// The device's own keeper of time sets it back by moments, which is no reason to stop a queue of people.
const SLACK_MS = 5_000;

const OWN: Ticks = { wall: () => Date.now(), steady: () => performance.now() };

export class Clock {
  private doubt: Doubt = "";
  private base: { wall: number; steady: number };

  constructor(
    private kept: ClockState = { offsetMs: 0, lastSeen: 0 },
    private readonly ticks: Ticks = OWN,
  ) {
    this.base = this.both();
    this.check();
  }

  now(): Date {
    return new Date(this.ticks.wall() + this.kept.offsetMs);
  }

  // How far the device's own clock is ahead of the right time.
  skewMs(): number {
    return Math.round(-this.kept.offsetMs);
  }

  state(): ClockState {
    return { ...this.kept };
  }

  // Looks at both clocks. A doubt stays until the server, or a person, has told the time.
  check(): Doubt {
    const { wall, steady } = this.both();
    const jumped = Math.abs(wall - this.base.wall - (steady - this.base.steady)) > JUMP_MS;
    this.base = { wall, steady };
    const now = wall + this.kept.offsetMs;
    if (!this.doubt) this.doubt = now < this.kept.lastSeen - SLACK_MS ? "behind" : jumped ? "jump" : "";
    if (!this.doubt) this.kept.lastSeen = Math.max(this.kept.lastSeen, now);
    return this.doubt;
  }

  isTrusted(): boolean {
    return this.check() === "";
  }

  // The server told the time; `sentAt` is `mark()` taken before the question was sent.
  heard(serverNow: string, sentAt: number): void {
    const server = Date.parse(serverNow);
    if (Number.isNaN(server)) return;
    const half = Math.max(0, this.ticks.steady() - sentAt) / 2;
    this.settle(server + half);
  }

  // A person at the gate has looked at a watch and says what time it is.
  confirm(right: Date = this.now()): void {
    this.settle(right.getTime());
  }

  mark(): number {
    return this.ticks.steady();
  }

  private settle(right: number): void {
    this.base = this.both();
    this.kept = { offsetMs: right - this.base.wall, lastSeen: right };
    this.doubt = "";
  }

  private both(): { wall: number; steady: number } {
    return { wall: this.ticks.wall(), steady: this.ticks.steady() };
  }
}
