import { backoff } from "./backoff";
import type { ServerFrame } from "./types";

export type Connection = "connecting" | "online" | "polling";

/** What a feed is attached to: one citizen's conversation, or a whole desk. */
export interface Line {
  socketUrl(): string;
  /** The first frame, with the last seq already held. */
  hello(): object;
  receive(frame: ServerFrame): void;
  /** One round of fetching by HTTP; may wait at the server. Throws when it failed. */
  poll(signal: AbortSignal): Promise<void>;
  /** Pause between two polls, milliseconds. */
  pollPauseMs: number;
  /** The server does not accept our token or login. */
  refused(): void;
  changed(connection: Connection): void;
}

const PULSE_MS = 20_000;
const SILENCE_MS = 45_000; // two pulses of the server missed: the line is dead in one direction
const OPEN_MS = 10_000; // some proxies swallow the upgrade without an answer
const TRIES_BEFORE_POLLING = 2;
const SOCKET_AGAIN_MS = 15_000;
const REFUSED = 4401;

/**
 * Keeps news flowing: by WebSocket, or by polling where sockets are blocked.
 *
 * The feed only wakes; whoever owns the line asks for what came after its last seq, so a frame
 * that is lost, doubled or late does no harm.
 */
export class Feed {
  private socket: WebSocket | null = null;
  private failures = 0;
  private heardAt = 0;
  private pulsedAt = 0;
  private running = false;
  private polling: AbortController | null = null;
  private timers = new Set<ReturnType<typeof setTimeout>>();
  private pulse: ReturnType<typeof setInterval> | undefined;
  private state: Connection = "connecting";

  constructor(private readonly line: Line) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    addEventListener("online", this.wake);
    addEventListener("offline", this.cut);
    document.addEventListener("visibilitychange", this.wake);
    this.pulse = setInterval(this.beat, PULSE_MS / 4);
    this.connect();
  }

  stop(): void {
    this.running = false;
    removeEventListener("online", this.wake);
    removeEventListener("offline", this.cut);
    document.removeEventListener("visibilitychange", this.wake);
    clearInterval(this.pulse);
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.stopPolling();
    this.drop();
  }

  /** Send a frame if the socket is open; returns whether it was. */
  send(frame: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN || this.state !== "online") return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private connect(): void {
    if (!this.running || this.socket) return;
    const socket = this.open();
    if (!socket) return;
    this.socket = socket;
    this.heardAt = Date.now();
    socket.onopen = () => socket.send(JSON.stringify(this.line.hello()));
    socket.onmessage = ({ data }) => { if (socket === this.socket) this.hear(String(data)); };
    socket.onclose = ({ code }) => { if (socket === this.socket) this.lost(code); };
  }

  private open(): WebSocket | null {
    try {
      return new WebSocket(this.line.socketUrl());
    } catch {
      this.lost(0); // forbidden by the page's policy
      return null;
    }
  }

  private hear(data: string): void {
    this.heardAt = Date.now();
    this.failures = 0;
    this.stopPolling();
    this.setState("online");
    const frame = parse(data);
    if (frame) this.line.receive(frame);
  }

  private lost(code: number): void {
    this.drop();
    if (!this.running) return;
    if (code === REFUSED) return this.line.refused();
    this.failures += 1;
    if (this.polling) return this.later(() => this.connect(), this.socketPause());
    this.setState("connecting");
    if (this.failures >= TRIES_BEFORE_POLLING) return this.startPolling();
    this.later(() => this.connect(), backoff(this.failures));
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private startPolling(): void {
    this.polling = new AbortController();
    void this.pollLoop(this.polling.signal);
    this.later(() => this.connect(), this.socketPause());
  }

  private socketPause(): number {
    return Math.min(SOCKET_AGAIN_MS * 8, SOCKET_AGAIN_MS * 2 ** (this.failures - TRIES_BEFORE_POLLING));
  }

  private stopPolling(): void {
    this.polling?.abort();
    this.polling = null;
  }

  private async pollLoop(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      const worked = await this.line.poll(signal).then(() => true, () => false);
      if (signal.aborted) return;
      failures = worked ? 0 : failures + 1;
      this.setState(worked ? "polling" : "connecting");
      await this.pause(worked ? this.line.pollPauseMs : backoff(failures), signal);
    }
  }

  private pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => { signal.removeEventListener("abort", done); resolve(); };
      this.later(done, ms);
      signal.addEventListener("abort", done);
    });
  }

  /** Our pulse, and the check that the server's has come. */
  private readonly beat = (): void => {
    if (!this.socket) return;
    const silent = Date.now() - this.heardAt;
    const opening = this.socket.readyState === WebSocket.CONNECTING;
    if (silent > (opening ? OPEN_MS : SILENCE_MS)) return this.lost(0);
    if (Date.now() - this.pulsedAt < PULSE_MS) return;
    this.pulsedAt = Date.now();
    this.send({ type: "pulse" });
  };

  /** The network is back, or the page is looked at again after sleep: do not wait for a timer. */
  private readonly wake = (): void => {
    if (document.visibilityState === "hidden") return;
    if (this.socket && Date.now() - this.heardAt > PULSE_MS * 1.25) this.drop();
    this.connect();
  };

  /** A socket says nothing for minutes after the network is gone; the browser knows at once. */
  private readonly cut = (): void => { if (this.socket) this.lost(0); };

  private setState(state: Connection): void {
    if (state === this.state) return;
    this.state = state;
    this.line.changed(state);
  }

  private later(action: () => void, ms: number): void {
    const timer = setTimeout(() => { this.timers.delete(timer); action(); }, ms);
    this.timers.add(timer);
  }
}

function parse(data: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(data);
    return frame && typeof frame === "object" && "type" in frame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
