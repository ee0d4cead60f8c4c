import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Sounds } from "../src/desk/sounds";

/** As much of the browser's sound as is used; it runs when the browser lets it. */
class Device {
  state = "suspended";
  currentTime = 0;
  destination = {};
  started = 0;
  constructor(private readonly allowed: () => boolean) {}
  async resume(): Promise<void> {
    if (!this.allowed()) throw new Error("NotAllowedError");
    this.state = "running";
  }
  async close(): Promise<void> { this.state = "closed"; }
  createGain() {
    const gain = { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined };
    return { gain, connect: (next: object) => next };
  }
  createOscillator() {
    return { frequency: { value: 0 }, connect: (next: object) => next, start: () => { this.started += 1; }, stop: () => undefined };
  }
}

describe("sounds", () => {
  let allowed: boolean;
  let made: Device[];
  let sounds: Sounds;

  beforeEach(() => {
    allowed = true;
    made = [];
    vi.stubGlobal("navigator", { userActivation: { get hasBeenActive() { return allowed; } } });
    sounds = new Sounds(() => undefined, () => {
      const device = new Device(() => allowed);
      made.push(device);
      return device as unknown as AudioContext;
    });
  });
  afterEach(() => { vi.unstubAllGlobals(); });

  it("say that they are blocked before the page has been clicked, and start nothing", async () => {
    allowed = false;
    sounds.prepare();
    expect(await sounds.play("queue", 1)).toBe(false);
    expect([sounds.blocked, made]).toEqual([true, []]);
  });

  it("are heard from the first click on", async () => {
    allowed = false;
    sounds.prepare();
    allowed = true;
    sounds.unlock();
    await vi.waitFor(() => expect(sounds.blocked).toBe(false));
    expect(await sounds.play("offer", 1)).toBe(true);
    expect(made[0]!.started).toBe(3);
  });

  it("are heard again after the device has been asleep", async () => {
    await sounds.play("message", 1);
    made[0]!.state = "suspended";
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 60_000);
    expect(await sounds.play("message", 1)).toBe(true);
    expect(made[0]!.started).toBe(2);
    vi.restoreAllMocks();
  });

  it("say so when the device does not let them be heard", async () => {
    sounds.prepare();
    await vi.waitFor(() => expect(made[0]!.state).toBe("running"));
    made[0]!.state = "suspended";
    allowed = false;
    expect(await sounds.play("message", 1)).toBe(false);
    expect(sounds.blocked).toBe(true);
  });

  it("of many chats at once are one now and one after it", async () => {
    vi.spyOn(Date, "now").mockReturnValue(1_000_000);
    for (let chats = 0; chats < 10; chats += 1) await sounds.play("message", 1);
    expect(made[0]!.started).toBe(2);
    vi.restoreAllMocks();
  });
});
