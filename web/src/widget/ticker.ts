const TICK_MS = 1_000;

/** A clock that runs only while something on the screen counts down. */
export class Ticker {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly tick: () => void) {}

  run(on: boolean): void {
    if (on === (this.timer !== undefined)) return;
    clearInterval(this.timer);
    this.timer = on ? setInterval(this.tick, TICK_MS) : undefined;
  }
}
