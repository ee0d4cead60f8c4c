import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Feed, type Connection, type Line } from "../src/shared/feed";
import type { ServerFrame } from "../src/shared/types";

/** The browser's socket as far as the feed uses it, played by the test. */
class Socket {
  static all: Socket[] = [];
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static get last(): Socket { return Socket.all.at(-1)!; }
  readyState = 0;
  readonly sent: { type: string }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url: string) { Socket.all.push(this); }
  send(text: string): void { this.sent.push(JSON.parse(text)); }
  close(): void { this.readyState = 3; }

  opens(): void { this.readyState = 1; this.onopen?.(); }
  brings(frame: object | string): void {
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }
  breaks(code = 1006): void { this.readyState = 3; this.onclose?.({ code }); }
}

function setUp(poll: () => Promise<void> = async () => undefined) {
  const states: Connection[] = [];
  const frames: ServerFrame[] = [];
  const counts = { polls: 0, refused: 0 };
  const line: Line = {
    pollPauseMs: 1_000,
    socketUrl: () => "wss://kommun.example/socket",
    hello: () => ({ type: "hello", after: 3 }),
    receive: (frame) => { frames.push(frame); },
    poll: () => { counts.polls += 1; return poll(); },
    refused: () => { counts.refused += 1; },
    changed: (state) => { states.push(state); },
  };
  const feed = new Feed(line);
  feed.start();
  return { feed, states, frames, counts };
}

describe("feed", () => {
  const page = new EventTarget() as EventTarget & { visibilityState: string };

  beforeEach(() => {
    vi.useFakeTimers();
    Socket.all = [];
    page.visibilityState = "visible";
    const window = new EventTarget();
    vi.stubGlobal("WebSocket", Socket);
    vi.stubGlobal("document", page);
    vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
    vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
    vi.stubGlobal("dispatchEvent", window.dispatchEvent.bind(window));
  });
  afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers(); });

  it("says hello with the last number held and is online with the first frame", () => {
    const { states, frames } = setUp();
    Socket.last.opens();
    expect(Socket.last.sent).toEqual([{ type: "hello", after: 3 }]);
    expect(states).toEqual([]);
    Socket.last.brings({ type: "pulse", seq: 3 });
    expect(states).toEqual(["online"]);
    expect(frames).toEqual([{ type: "pulse", seq: 3 }]);
  });

  it("survives frames that are no JSON objects", () => {
    const { frames } = setUp();
    Socket.last.opens();
    for (const junk of ["", "null", "7", "{", "[]", "{\"a\":1}"]) Socket.last.brings(junk);
    expect(frames).toEqual([]);
  });

  it("notices a line that carries nothing back and opens a new one", async () => {
    const { states } = setUp();
    Socket.last.opens();
    Socket.last.brings({ type: "pulse", seq: 1 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(Socket.all.length).toBeGreaterThan(1);
    expect(states).toEqual(["online", "connecting"]);
    expect(Socket.all[0]!.sent.some(({ type }) => type === "pulse")).toBe(true);
  });

  it("keeps a line that pulses", async () => {
    setUp();
    Socket.last.opens();
    for (let i = 0; i < 20; i += 1) {
      Socket.last.brings({ type: "pulse", seq: 1 });
      await vi.advanceTimersByTimeAsync(20_000);
    }
    expect(Socket.all).toHaveLength(1);
  });

  it("polls after two sockets that would not open, and goes back to the socket when it does", async () => {
    const { states, counts } = setUp();
    Socket.last.breaks();
    await vi.advanceTimersByTimeAsync(1_000);
    Socket.last.breaks();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(counts.polls).toBeGreaterThan(2);
    expect(states.at(-1)).toBe("polling");
    await vi.advanceTimersByTimeAsync(15_000);
    Socket.last.opens();
    Socket.last.brings({ type: "pulse" });
    expect(states.at(-1)).toBe("online");
    const before = counts.polls;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(counts.polls).toBe(before);
  });

  it("is honest when polling fails too, and pauses longer each time", async () => {
    const { states, counts } = setUp(async () => { throw new Error("down"); });
    Socket.last.breaks();
    await vi.advanceTimersByTimeAsync(1_000);
    Socket.last.breaks();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(states.includes("polling")).toBe(false);
    expect(counts.polls).toBeLessThan(8);
  });

  it("gives up a socket that never opens", async () => {
    setUp();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(Socket.all.length).toBeGreaterThan(1);
  });

  it("asks its owner when the server refuses the token, and does not try again by itself", async () => {
    const { counts } = setUp();
    Socket.last.opens();
    Socket.last.breaks(4401);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(counts.refused).toBe(1);
    expect(Socket.all).toHaveLength(1);
  });

  it("reconnects at once when the network comes back", async () => {
    const { states } = setUp();
    Socket.last.opens();
    Socket.last.brings({ type: "pulse" });
    dispatchEvent(new Event("offline"));
    expect(states.at(-1)).toBe("connecting");
    dispatchEvent(new Event("online"));
    expect(Socket.all).toHaveLength(2);
  });

  it("hears nothing from a socket that it has left", async () => {
    const { feed, frames } = setUp();
    const old = Socket.last;
    old.opens();
    feed.stop();
    old.brings({ type: "pulse" });
    old.breaks();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(frames).toEqual([]);
    expect(Socket.all).toHaveLength(1);
  });
});
