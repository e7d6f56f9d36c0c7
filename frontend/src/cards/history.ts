// What can be taken back: the states of a thing that somebody works on, without equal ones beside each other.
export class History<State> {
  private past: State[] = [];
  private future: State[] = [];

  constructor(
    private here: State,
    private readonly isSame: (one: State, other: State) => boolean,
    private readonly most = 100,
  ) {}

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  // Notes a state that was reached; what had been taken back cannot be done again then.
  note(state: State): void {
    if (this.isSame(this.here, state)) {
      this.here = state;
      return;
    }
    this.past = [...this.past, this.here].slice(-this.most);
    this.future = [];
    this.here = state;
  }

  undo(): State | null {
    const before = this.past.pop();
    if (before === undefined) return null;
    this.future.push(this.here);
    return (this.here = before);
  }

  redo(): State | null {
    const after = this.future.pop();
    if (after === undefined) return null;
    this.past.push(this.here);
    return (this.here = after);
  }
}
