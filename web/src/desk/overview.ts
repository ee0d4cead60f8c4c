import type { Summary } from "../shared/types";
import { told } from "./problem";

const AGAIN_MS = 5_000; // nothing here waits for this agent

interface OverviewUse {
  fetch(): Promise<{ conversations: Summary[] }>;
  /** Takes in what was fetched, with `take`, and draws it. */
  renew(take: () => void): void;
  failed(error: unknown): void;
}

/** What colleagues have: fetched again and again while somebody looks, and kept no longer than that. */
export class Overview {
  /** Null while nobody looks, and until the first answer. */
  items: readonly Summary[] | null = null;
  opened = false;
  problem = "";
  private timer: ReturnType<typeof setInterval> | undefined;
  private asked = 0;
  private stopped = false;

  constructor(private readonly use: OverviewUse) {}

  /** Somebody looks, or nobody does any more. */
  watch(wanted: boolean): void {
    if (this.stopped || wanted === (this.timer !== undefined)) return;
    clearInterval(this.timer);
    this.timer = undefined;
    if (!wanted) return this.drop();
    this.timer = setInterval(() => void this.load(), AGAIN_MS);
    void this.load();
  }

  stop(): void {
    this.watch(false);
    this.stopped = true;
  }

  /** Fetch now, where somebody looks; of answers that overtake each other the latest counts. */
  async load(): Promise<void> {
    if (this.timer === undefined) return;
    const asked = (this.asked += 1);
    const take = await this.use.fetch().then(
      ({ conversations }) => () => { this.items = conversations; this.problem = ""; },
      (error: unknown) => { this.use.failed(error); return () => { this.problem = told(error); }; },
    );
    if (asked === this.asked) this.use.renew(take);
  }

  private drop(): void {
    this.asked += 1;
    this.items = null;
    this.problem = "";
  }
}
