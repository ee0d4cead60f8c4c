import { TabStore } from "../shared/storage";
import type { Work } from "./work";

/** What one editor has begun in this tab, by entry; survives a reload and an ended login. */
export class Works {
  private readonly store: TabStore<Record<string, Work>>;
  private kept: Record<string, Work>;

  /** Each editor has their own: on a shared computer nobody publishes what a colleague began. */
  constructor(username: string, private readonly changed: () => void = () => undefined) {
    this.store = new TabStore(`kommunbot-editor:${username}`);
    this.kept = this.store.load() ?? {};
  }

  get(key: string): Work | null { return this.kept[key] ?? null; }

  get keys(): string[] { return Object.keys(this.kept); }

  get all(): [string, Work][] { return Object.entries(this.kept); }

  keep(key: string, work: Work): void { this.save({ ...this.kept, [key]: work }); }

  forget(key: string): void {
    this.save(Object.fromEntries(this.all.filter(([other]) => other !== key)));
  }

  clear(): void {
    this.kept = {};
    this.store.clear();
    this.changed();
  }

  private save(kept: Record<string, Work>): void {
    this.kept = kept;
    this.store.save(kept);
    this.changed();
  }
}
