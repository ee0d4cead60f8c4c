import type { Connection } from "./feed";

const PATIENCE_MS = 3_000; // a socket that is replaced at once is nobody's concern

/** Turns a connection's state into the honest line for the reader: no contact, for a while now. */
export class Trouble {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private troubled = false;

  constructor(private readonly changed: () => void) {}

  get now(): boolean { return this.troubled; }

  follow(connection: Connection): void {
    clearTimeout(this.timer);
    if (connection === "connecting") this.timer = setTimeout(() => this.set(true), PATIENCE_MS);
    else this.set(false);
  }

  stop(): void { clearTimeout(this.timer); }

  private set(troubled: boolean): void {
    if (troubled === this.troubled) return;
    this.troubled = troubled;
    this.changed();
  }
}
