import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PlaceSpeaker } from "../src/widget/place-speaker";

describe("place speaker", () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  const setUp = () => {
    const said: string[] = [];
    return { said, speaker: new PlaceSpeaker((text) => said.push(text)) };
  };

  it("says the first line at once and the same line never again", () => {
    const { said, speaker } = setUp();
    for (let i = 0; i < 5; i += 1) speaker.follow("plats 3");
    vi.advanceTimersByTime(300_000);
    expect(said).toEqual(["plats 3"]);
  });

  it("holds changes back for half a minute and then says the last of them", () => {
    const { said, speaker } = setUp();
    speaker.follow("plats 5");
    vi.advanceTimersByTime(5_000);
    for (const line of ["plats 4", "plats 3", "plats 2"]) speaker.follow(line);
    vi.advanceTimersByTime(24_000);
    expect(said).toEqual(["plats 5"]);
    vi.advanceTimersByTime(2_000);
    expect(said).toEqual(["plats 5", "plats 2"]);
  });

  it("says nothing of a queue that has been left, and the place in the next one", () => {
    const { said, speaker } = setUp();
    speaker.follow("plats 2");
    speaker.follow("plats 1");
    speaker.follow(null);
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual(["plats 2"]);
    speaker.follow("plats 2");
    expect(said).toEqual(["plats 2", "plats 2"]);
  });
});
