import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backoff } from "../src/shared/backoff";
import { ApiError, NetworkError } from "../src/shared/http";
import { newErrand, newMessage, newMove, Outbox, type CitizenEntry as Entry } from "../src/shared/outbox";

/** A gateway that keeps what it gets once by id, and can fail before or after keeping it. */
class Server {
  readonly stored: Entry[] = [];
  calls = 0;
  constructor(private readonly plan: (() => void)[] = []) {}

  readonly deliver = async (entry: Entry): Promise<void> => {
    this.calls += 1;
    const before = this.plan.shift();
    before?.();
    if (!this.stored.some(({ id }) => id === entry.id)) this.stored.push(entry);
    this.plan.shift()?.();
  };
}

const offline = () => { throw new NetworkError("offline"); };
const refuses = (status: number, wait: number | null = null) => () => {
  throw new ApiError(status, "code", "Nej.", wait);
};
const fine = () => undefined;

function setUp(plan: (() => void)[] = [], entries: Entry[] = []) {
  const server = new Server(plan);
  const saved: (readonly Entry[])[] = [];
  const refused: [Entry, ApiError][] = [];
  const outbox = new Outbox<Entry>({
    entries,
    deliver: server.deliver,
    changed: (now) => { saved.push(now); },
    refused: (entry, error) => { refused.push([entry, error]); },
    random: () => 0,
  });
  return { server, saved, refused, outbox };
}

const texts = (entries: readonly Entry[]) =>
  entries.map((entry) => (entry.kind === "message" ? entry.text : entry.kind === "move" ? entry.move : entry.contact));

describe("outbox", () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it("stores an entry before it is sent, and forgets it when the server has it", async () => {
    const { server, saved, outbox } = setUp();
    outbox.add(newMessage("hej"));
    expect(saved[0]).toHaveLength(1);
    await vi.runAllTimersAsync();
    expect(texts(server.stored)).toEqual(["hej"]);
    expect(saved.at(-1)).toEqual([]);
  });

  it("repeats with the same id until it gets through, so that nothing is doubled", async () => {
    const { server, outbox } = setUp([offline, fine, offline, offline, refuses(503)]);
    outbox.add(newMessage("hej"));
    await vi.runAllTimersAsync();
    expect(texts(server.stored)).toEqual(["hej"]);
    expect(server.calls).toBe(5);
    expect(outbox.entries).toEqual([]);
  });

  it("keeps the order while the first entry waits for its next try", async () => {
    const { server, outbox } = setUp([offline]);
    outbox.add(newMove("resume"));
    outbox.add(newMessage("ett"));
    outbox.add(newMessage("två"));
    expect(server.stored).toEqual([]);
    await vi.runAllTimersAsync();
    expect(texts(server.stored)).toEqual(["resume", "ett", "två"]);
  });

  it("carries an errand between messages, and makes it once however often the answer is lost", async () => {
    const { server, outbox } = setUp([fine, fine, fine, offline, fine, offline]);
    outbox.add(newMessage("ett"));
    outbox.add(newErrand("callback", "070-123 45 67", null));
    outbox.add(newMessage("två"));
    await vi.runAllTimersAsync();
    expect(texts(server.stored)).toEqual(["ett", "070-123 45 67", "två"]);
    expect(server.calls).toBe(5);
  });

  it("hands back what the server refuses and goes on with the rest", async () => {
    const { server, refused, outbox } = setUp([refuses(422)]);
    outbox.add(newMessage("för långt"));
    outbox.add(newMessage("kort"));
    await vi.runAllTimersAsync();
    expect(refused.map(([entry, error]) => [texts([entry])[0], error.status])).toEqual([["för långt", 422]]);
    expect(texts(server.stored)).toEqual(["kort"]);
  });

  it("waits as long as the server asks when it is busy", async () => {
    const { server, refused, outbox } = setUp([refuses(429, 40)]);
    outbox.add(newMessage("hej"));
    await vi.advanceTimersByTimeAsync(39_000);
    expect(server.stored).toEqual([]);
    expect(outbox.failing).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(texts(server.stored)).toEqual(["hej"]);
    expect(outbox.failing).toBe(false);
    expect(refused).toEqual([]);
  });

  it("tries at once when asked to, without waiting for the timer", async () => {
    const { server, outbox } = setUp([refuses(429, 600)]);
    outbox.add(newMessage("hej"));
    await vi.advanceTimersByTimeAsync(1_000);
    outbox.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(texts(server.stored)).toEqual(["hej"]);
    await vi.runAllTimersAsync();
    expect(server.calls).toBe(2);
  });

  it("sends what an earlier page left", async () => {
    const { server, outbox } = setUp([], [newMessage("från förr")]);
    expect(server.stored).toEqual([]);
    outbox.retry();
    await vi.runAllTimersAsync();
    expect(texts(server.stored)).toEqual(["från förr"]);
  });

  it("forgets an entry that the feed has shown to be stored", async () => {
    const entry = newMessage("hej");
    const { server, outbox } = setUp([offline], [entry]);
    outbox.retry();
    await vi.advanceTimersByTimeAsync(0);
    outbox.acknowledge([entry.id, "annat"]);
    await vi.runAllTimersAsync();
    expect(outbox.entries).toEqual([]);
    expect(server.calls).toBe(1);
  });

  it("sends nothing after it was stopped and returns what is left", async () => {
    const { server, outbox } = setUp([offline]);
    outbox.add(newMessage("hej"));
    await vi.advanceTimersByTimeAsync(0);
    expect(texts(outbox.stop())).toEqual(["hej"]);
    await vi.runAllTimersAsync();
    expect(server.stored).toEqual([]);
  });
});

describe("backoff", () => {
  it("grows to a ceiling and is spread between half and whole", () => {
    for (let failures = 1; failures < 40; failures += 1) {
      expect(backoff(failures, () => 0) * 2).toBeCloseTo(backoff(failures, () => 1), -1);
      expect(backoff(failures + 1, () => 0.5)).toBeGreaterThanOrEqual(backoff(failures, () => 0.5));
      expect(backoff(failures, () => 1)).toBeLessThanOrEqual(30_000);
    }
  });
});
