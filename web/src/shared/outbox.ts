import { backoff } from "./backoff";
import { ApiError, isTemporary } from "./http";
import type { ErrandKind } from "./types";

export interface MessageEntry {
  kind: "message";
  /** UUID; the server uses it to recognise a repeat. */
  id: string;
  text: string;
  choice: string | null;
  at: string;
}

export interface MoveEntry { kind: "move"; id: string; move: string }

/** A question left to be answered later, or a wish to be called. */
export interface ErrandEntry {
  kind: "errand";
  /** UUID; a repeat makes no second errand. */
  id: string;
  errand: ErrandKind;
  contact: string;
  text: string | null;
}

export type Entry = MessageEntry | MoveEntry;

/** What a citizen sends; the desk makes no errands this way. */
export type CitizenEntry = Entry | ErrandEntry;

export interface OutboxOptions<E extends { id: string }> {
  entries?: readonly E[];
  /** Send one entry; must be safe to repeat. */
  deliver(entry: E): Promise<void>;
  /** Called on every change, before anything is sent: the place to store the entries. */
  changed(entries: readonly E[]): void;
  /** The server said no for good; the entry has left the outbox. */
  refused(entry: E, error: ApiError): void;
  random?: () => number;
}

/**
 * What the writer has sent and the server has not yet acknowledged, in order.
 *
 * An entry leaves only when the server has it or has refused it. One is sent at a time, so that
 * order holds; after a failure the same entry is tried again, with growing pauses.
 */
export class Outbox<E extends { id: string } = Entry> {
  private list: E[];
  private failures = 0;
  private busy = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: OutboxOptions<E>) {
    this.list = [...(options.entries ?? [])];
  }

  get entries(): readonly E[] { return this.list; }

  /** True when the last try failed and a new one is waiting. */
  get failing(): boolean { return this.failures > 0; }

  add(entry: E): void {
    this.list = [...this.list, entry];
    this.options.changed(this.list);
    void this.flush();
  }

  /** Start sending what is left from before, or try again at once. */
  retry(): void {
    this.clearTimer();
    void this.flush();
  }

  /** The server has shown that it holds these; another tab or an earlier try sent them. */
  acknowledge(ids: readonly string[]): void {
    const left = this.list.filter((entry) => !ids.includes(entry.id));
    if (left.length === this.list.length) return;
    this.list = left;
    this.options.changed(this.list);
  }

  /** Stop for good; returns what was not delivered. */
  stop(): readonly E[] {
    this.stopped = true;
    this.clearTimer();
    return this.list;
  }

  private async flush(): Promise<void> {
    if (this.busy || this.timer) return;
    this.busy = true;
    while (!this.stopped && this.list[0]) {
      if (!(await this.attempt(this.list[0]))) break;
    }
    this.busy = false;
  }

  /** Returns false when the next try has to wait. */
  private async attempt(entry: E): Promise<boolean> {
    try {
      await this.options.deliver(entry);
    } catch (error) {
      if (this.stopped) return false;
      if (isTemporary(error)) return this.postpone(error);
      this.settle(entry);
      this.options.refused(entry, error as ApiError);
      return true;
    }
    this.settle(entry);
    return true;
  }

  private settle(entry: E): void {
    this.failures = 0;
    if (!this.stopped) this.acknowledge([entry.id]);
  }

  private postpone(error: unknown): false {
    this.failures += 1;
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    const wait = Math.max(asked, backoff(this.failures, this.options.random));
    this.timer = setTimeout(() => this.retry(), wait);
    this.options.changed(this.list);
    return false;
  }

  private clearTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

export function newMessage(text: string, choice: string | null = null): MessageEntry {
  return { kind: "message", id: crypto.randomUUID(), text, choice, at: new Date().toISOString() };
}

export function newMove(move: string): MoveEntry {
  return { kind: "move", id: crypto.randomUUID(), move };
}

export function newErrand(errand: ErrandKind, contact: string, text: string | null): ErrandEntry {
  return { kind: "errand", id: crypto.randomUUID(), errand, contact, text };
}
