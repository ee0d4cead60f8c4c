import type { Status } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";

const QUIET_MS = 30_000;

/** Says the place in the queue when it changes, but never more often than every 30 seconds. */
export class PlaceSpeaker {
  private said: number | null = null;
  private current: number | null = null;
  private saidAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly say: (text: string) => void) {}

  follow(status: Status | null, texts: WidgetTexts): void {
    this.current = status?.state === "waiting" ? status.queue_place : null;
    if (this.current === null) this.said = null;
    if (this.current === this.said || this.timer) return;
    const wait = this.saidAt + QUIET_MS - Date.now();
    if (wait <= 0) return this.speak(texts);
    this.timer = setTimeout(() => this.speak(texts), wait);
  }

  private speak(texts: WidgetTexts): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.current === null || this.current === this.said) return;
    this.said = this.current;
    this.saidAt = Date.now();
    this.say(texts.place(this.current));
  }
}
