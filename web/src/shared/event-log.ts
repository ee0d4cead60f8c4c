import type { ChatEvent } from "./types";

/**
 * The events of one conversation in server order.
 *
 * Events may arrive twice, late and out of order (a socket, a poll and the answer to a POST all
 * bring them). Only the unbroken run from seq 1 is shown: an event beyond a gap waits for the
 * missing ones, so nothing is ever inserted above something already read.
 */
export class EventLog {
  private readonly bySeq = new Map<number, ChatEvent>();
  private shown: readonly ChatEvent[] = [];

  /** The unbroken run, oldest first. */
  get events(): readonly ChatEvent[] { return this.shown; }

  /** The last number of the unbroken run; 0 when empty. */
  get last(): number { return this.shown.length; }

  /** True when an event is held back because one before it is missing. */
  get hasGap(): boolean { return this.bySeq.size > this.shown.length; }

  /** Take in events; returns those newly shown, oldest first. */
  merge(events: readonly ChatEvent[]): ChatEvent[] {
    for (const event of events) this.bySeq.set(event.seq, event);
    const added: ChatEvent[] = [];
    for (let next = this.bySeq.get(this.last + 1); next;) {
      added.push(next);
      next = this.bySeq.get(this.last + added.length + 1);
    }
    if (added.length) this.shown = [...this.shown, ...added];
    return added;
  }
}

/** Ids of the client's own messages that the server has stored. */
export function acknowledged(events: readonly ChatEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === "message" && event.client_message_id ? [event.client_message_id] : []);
}
