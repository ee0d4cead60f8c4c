/**
 * Asks for the newest state only: waits until nothing has changed for a moment, and cancels a
 * request that has been overtaken.
 */
export class Latest<T> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | null = null;

  constructor(
    private readonly ask: (signal: AbortSignal) => Promise<T>,
    private readonly told: (answer: T) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  soon(ms: number): void {
    this.stop();
    this.timer = setTimeout(() => void this.now(), ms);
  }

  /** The answer, or null where it failed or was overtaken. */
  async now(): Promise<T | null> {
    this.stop();
    const own = new AbortController();
    this.running = own;
    try {
      const answer = await this.ask(own.signal);
      if (this.running !== own) return null;
      this.told(answer);
      return answer;
    } catch (error) {
      if (this.running === own) this.failed(error);
      return null;
    } finally {
      if (this.running === own) this.running = null;
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = null;
  }
}
