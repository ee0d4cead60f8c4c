import type { Suggested, Suggestion } from "./model";

export const SURE = 0.5; // below this the suggestions are more often wrong than right: shown folded

/** Replies that the search suggests for the newest message of the citizen. */
export class Suggestions {
  items: readonly Suggestion[] = [];
  private wanted = 0;
  private busy = false;

  constructor(private readonly fetch: () => Promise<Suggested>, private readonly changed: () => void) {}

  get areSure(): boolean { return (this.items[0]?.confidence ?? 0) >= SURE; }

  /** The citizen's newest message has number `seq`: fetch what answers it, once. */
  follow(seq: number): void {
    if (seq <= this.wanted) return;
    this.wanted = seq;
    if (!this.busy) void this.load();
  }

  private async load(): Promise<void> {
    this.busy = true;
    for (let asked = 0; asked < this.wanted;) {
      asked = this.wanted;
      const found = await this.fetch().then(({ suggestions }) => suggestions, () => []);
      if (asked === this.wanted) this.items = [...found].sort((one, other) => other.confidence - one.confidence);
    }
    this.busy = false;
    this.changed();
  }
}
