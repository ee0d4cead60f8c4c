import { describe, expect, it } from "vitest";
import { acknowledged, EventLog } from "../src/shared/event-log";
import type { ChatEvent } from "../src/shared/types";

const event = (seq: number): ChatEvent => ({
  type: "message", seq, at: "2026-11-10T08:00:00Z", actor: "citizen", text: `text ${seq}`, client_message_id: `id-${seq}`,
});
const seqs = (events: readonly ChatEvent[]) => events.map(({ seq }) => seq);

/** A small repeatable generator: the same shuffles in every run. */
function randomness(seed: number): () => number {
  return () => (seed = (seed * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items.map((item) => [random(), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item);
}

describe("event log", () => {
  it("shows events in server order however they arrive, doubled or late", () => {
    const random = randomness(7);
    for (let round = 0; round < 200; round += 1) {
      const sent = Array.from({ length: 12 }, (_, i) => event(i + 1));
      const log = new EventLog();
      const shown: number[] = [];
      for (const one of shuffled([...sent, ...sent.slice(3, 8)], random)) shown.push(...seqs(log.merge([one])));
      expect(shown).toEqual(seqs(sent));
      expect(seqs(log.events)).toEqual(seqs(sent));
      expect(log.hasGap).toBe(false);
    }
  });

  it("holds back what lies beyond a gap and tells of it", () => {
    const log = new EventLog();
    log.merge([event(1), event(4)]);
    expect(seqs(log.events)).toEqual([1]);
    expect(log.last).toBe(1);
    expect(log.hasGap).toBe(true);
    expect(seqs(log.merge([event(3), event(2)]))).toEqual([2, 3, 4]);
  });

  it("keeps two messages with the same words", () => {
    const log = new EventLog();
    log.merge([{ ...event(1), text: "ja" } as ChatEvent, { ...event(2), text: "ja" } as ChatEvent]);
    expect(log.last).toBe(2);
  });

  it("replaces the list when something is added, so that views notice", () => {
    const log = new EventLog();
    log.merge([event(1)]);
    const before = log.events;
    log.merge([event(1)]);
    expect(log.events).toBe(before);
    log.merge([event(2)]);
    expect(log.events).not.toBe(before);
  });

  it("names the client's own stored messages", () => {
    expect(acknowledged([event(1), { ...event(2), client_message_id: null } as ChatEvent])).toEqual(["id-1"]);
  });
});
