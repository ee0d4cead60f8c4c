import { expect, it } from "vitest";
import { formatDay, formatShare, formatWait } from "../src/shared/format";
import { TypingSender, TypingState } from "../src/shared/typing";
import { afterEach, beforeEach, describe, vi } from "vitest";

it("writes a review date in words and leaves what is no date", () => {
  expect(formatDay("2026-11-10")).toBe("10 november 2026");
  expect(formatDay("okänt")).toBe("okänt");
});

it("writes a share as a Swedish percentage", () => {
  expect(formatShare(0.62)).toBe("62\u00a0%");
});

it.each([[0, "0.00"], [65, "1.05"], [3599, "59.59"], [3600, "1 tim 0 min"], [-5, "0.00"]])(
  "writes a wait of %i seconds as %s", (seconds, text) => {
    const since = Date.parse("2026-11-10T08:00:00Z");
    expect(formatWait("2026-11-10T08:00:00Z", since + seconds * 1000)).toBe(text);
  });

describe("typing", () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it("is told at most every three seconds while one writes, and ends when one stops", () => {
    const told: boolean[] = [];
    const sender = new TypingSender((on) => told.push(on));
    for (let i = 0; i < 70; i += 1) { sender.written("text"); vi.advanceTimersByTime(100); }
    expect(told).toEqual([true, true, true]);
    vi.advanceTimersByTime(10_000);
    expect(told.at(-1)).toBe(false);
    expect(told).toHaveLength(4);
  });

  it("is forgotten when the end of it was lost on the way", () => {
    const state = new TypingState<"agent">(() => undefined);
    state.set("agent", true);
    expect(state.who).toBe("agent");
    vi.advanceTimersByTime(15_001);
    expect(state.who).toBeNull();
  });
});
