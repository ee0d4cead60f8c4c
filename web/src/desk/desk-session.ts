import type { Entry } from "../shared/outbox";
import { TabStore } from "../shared/storage";

/** What this tab keeps for one conversation until the server has it. */
export interface Kept { draft: string; outbox: readonly Entry[] }

const EMPTY: Kept = { draft: "", outbox: [] };

/** Drafts and unsent messages of one agent, by conversation; gone with the tab. */
export class DeskSession {
  private readonly store: TabStore<Record<string, Kept>>;
  private kept: Record<string, Kept>;

  /** Each agent has their own: on a shared computer nobody sends what a colleague began. */
  constructor(username: string) {
    this.store = new TabStore(`kommunbot-desk:${username}`);
    this.kept = this.store.load() ?? {};
  }

  get(id: string): Kept { return this.kept[id] ?? EMPTY; }

  update(id: string, change: Partial<Kept>): void {
    const next = { ...this.get(id), ...change };
    const others = Object.entries(this.kept).filter(([other]) => other !== id);
    const worthKeeping = next.draft || next.outbox.length;
    this.kept = Object.fromEntries(worthKeeping ? [...others, [id, next]] : others);
    this.store.save(this.kept);
  }

  /** Conversations with something unsent. */
  unsent(): string[] {
    return Object.entries(this.kept).flatMap(([id, { outbox }]) => (outbox.length ? [id] : []));
  }

  clear(): void {
    this.kept = {};
    this.store.clear();
  }
}
