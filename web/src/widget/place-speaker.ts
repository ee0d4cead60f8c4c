const QUIET_MS = 30_000;

/** Says where in the queue one stands when it changes, but never more often than every 30 seconds. */
export class PlaceSpeaker {
  private said: string | null = null;
  private current: string | null = null;
  private saidAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly say: (text: string) => void) {}

  /** Take in the line as it stands now; null when nobody waits. */
  follow(line: string | null): void {
    this.current = line;
    if (line === null) this.said = null;
    if (line === this.said || this.timer) return;
    const wait = this.saidAt + QUIET_MS - Date.now();
    if (wait <= 0) return this.speak();
    this.timer = setTimeout(() => this.speak(), wait);
  }

  private speak(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.current === null || this.current === this.said) return;
    this.said = this.current;
    this.saidAt = Date.now();
    this.say(this.current);
  }
}
