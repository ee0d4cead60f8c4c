const RESEND_MS = 3_000;
const FORGET_MS = 15_000; // a lost "stopped" must not leave somebody writing for ever

/** Tells the other side that we write: at most every three seconds, and once when we stop. */
export class TypingSender {
  private sentAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (on: boolean) => void) {}

  written(text: string): void {
    if (!text.trim()) return this.stop();
    if (Date.now() - this.sentAt >= RESEND_MS) {
      this.sentAt = Date.now();
      this.send(true);
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stop(), RESEND_MS * 2);
  }

  stop(): void {
    clearTimeout(this.timer);
    if (!this.sentAt) return;
    this.sentAt = 0;
    this.send(false);
  }
}

/** Who is writing on the other side, as far as we have heard lately. */
export class TypingState<Who> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current: Who | null = null;

  constructor(private readonly changed: () => void) {}

  get who(): Who | null { return this.current; }

  set(who: Who, on: boolean): void {
    if (!on && this.current !== who) return;
    clearTimeout(this.timer);
    this.current = on ? who : null;
    if (on) this.timer = setTimeout(() => this.set(who, false), FORGET_MS);
    this.changed();
  }
}
