// Three answers that are told apart without looking: a rising pair, a level triple, a low rough buzz; and how each feels.
import type { Verdict } from "./decide";

interface Note {
  at: number;
  lasts: number;
  pitch: number;
  shape: OscillatorType;
}

export const TUNES: Record<Verdict, Note[]> = {
  admit: [
    { at: 0, lasts: 0.09, pitch: 880, shape: "sine" },
    { at: 0.1, lasts: 0.16, pitch: 1320, shape: "sine" },
  ],
  ask: [0, 0.16, 0.32].map((at) => ({ at, lasts: 0.1, pitch: 620, shape: "triangle" })),
  refuse: [
    { at: 0, lasts: 0.28, pitch: 165, shape: "sawtooth" },
    { at: 0.34, lasts: 0.42, pitch: 130, shape: "sawtooth" },
  ],
};
export const SHAKES: Record<Verdict, number[]> = { admit: [60], ask: [90, 70, 90, 70, 90], refuse: [350, 120, 350] };

const LOUD = 0.6;

export class Sounds {
  private context: AudioContext | null = null;

  // A browser lets a page sound only after a touch: called with each.
  wake(): void {
    try {
      this.context ??= new AudioContext();
      if (this.context.state === "suspended") void this.context.resume().catch(() => undefined);
    } catch {
      // Without sound there are colour, word and vibration.
    }
  }

  play(verdict: Verdict): void {
    navigator.vibrate?.(SHAKES[verdict]);
    const { context } = this;
    if (context?.state !== "running") return;
    for (const note of TUNES[verdict]) sound(context, note);
  }
}

function sound(context: AudioContext, { at, lasts, pitch, shape }: Note): void {
  const [tone, volume, starts] = [context.createOscillator(), context.createGain(), context.currentTime + at];
  tone.type = shape;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, starts);
  volume.gain.linearRampToValueAtTime(LOUD, starts + 0.01);
  volume.gain.linearRampToValueAtTime(0, starts + lasts);
  tone.connect(volume).connect(context.destination);
  tone.start(starts);
  tone.stop(starts + lasts);
}
