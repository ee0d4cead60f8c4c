import type { Signal } from "./signals";

/** A tone: Hz, start and length in seconds. */
type Tone = readonly [number, number, number];

const TUNES: Record<Signal["kind"], readonly Tone[]> = {
  message: [[740, 0, 0.14]],
  note: [[880, 0, 0.1], [740, 0.12, 0.14]],
  asked: [[587, 0, 0.14], [587, 0.2, 0.14], [784, 0.4, 0.22]],
  queue: [[523, 0, 0.16], [659, 0.17, 0.22]],
  offer: [[659, 0, 0.14], [784, 0.15, 0.14], [988, 0.3, 0.26]],
};
const PAUSE_MS = 700; // sounds come after each other, not on top of each other

/**
 * Plays short tones, and knows whether they are heard.
 *
 * Browsers give no sound to a page before its reader has clicked or typed in it. Until then
 * `blocked` is true, so that the page can say so: an agent who trusts a silent sound loses chats.
 */
export class Sounds {
  blocked = false;
  private context: AudioContext | null = null;
  private playedAt = 0;

  constructor(private readonly changed: () => void, private readonly make: () => AudioContext = () => new AudioContext()) {}

  /** See whether sound works; without a click so far, nothing is started. */
  prepare(): void {
    if (navigator.userActivation?.hasBeenActive) this.unlock();
    else this.setBlocked(true);
  }

  /** Call in the reader's own click or key press. */
  readonly unlock = (): void => { void this.running(); };

  /** Play a signal; returns whether it is heard. */
  async play(kind: Signal["kind"], volume: number): Promise<boolean> {
    if (!this.context && !navigator.userActivation?.hasBeenActive) {
      this.setBlocked(true);
      return false;
    }
    const context = await this.running();
    if (!context) return false;
    const now = Date.now();
    if (this.playedAt > now) return true; // one is about to be heard: ten chats at once are not ten sounds
    const wait = Math.max(0, this.playedAt + PAUSE_MS - now);
    this.playedAt = now + wait;
    for (const [frequency, from, length] of TUNES[kind]) sound(context, [frequency, from + wait / 1000, length], volume);
    return true;
  }

  stop(): void {
    void this.context?.close().catch(() => undefined);
    this.context = null;
  }

  /** The context, running; null where the browser does not let it run. */
  private async running(): Promise<AudioContext | null> {
    try {
      this.context ??= this.make();
      // resume() may stay unanswered for as long as sound is forbidden
      if (this.context.state !== "running") await Promise.race([this.context.resume(), pause(500)]);
    } catch {
      // no sound device, or not allowed
    }
    const runs = this.context?.state === "running";
    this.setBlocked(!runs);
    return runs ? this.context : null;
  }

  private setBlocked(blocked: boolean): void {
    if (blocked === this.blocked) return;
    this.blocked = blocked;
    this.changed();
  }
}

function sound(context: AudioContext, [frequency, from, length]: Tone, volume: number): void {
  const start = context.currentTime + from;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.0001, start);
  gain.gain.exponentialRampToValueAtTime(Math.max(0.001, volume * 0.5), start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
  const oscillator = context.createOscillator();
  oscillator.frequency.value = frequency;
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + length + 0.02);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}
