// A camera sees the same code many times a second: it counts anew only once it was out of sight for a while.
export const SIGHT_MS = 3_000;

export class Repeats {
  private text = "";
  private seenAt = -Infinity;

  isNew(text: string, at: number): boolean {
    const isAnother = text !== this.text || at - this.seenAt > SIGHT_MS;
    [this.text, this.seenAt] = [text, at];
    return isAnother;
  }

  // A person stands here again on purpose.
  forget(): void {
    this.text = "";
  }
}
