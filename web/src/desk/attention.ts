import { deskTexts as t } from "../texts/sv-desk";
import type { SettingsStore } from "./settings";
import type { Signal } from "./signals";
import { Sounds } from "./sounds";

/** What the browser says of notices outside its window. */
export type Permission = NotificationPermission | "missing";

/** Calls for the agent: a sound, and a notice outside the window where the page is not looked at. */
export class Attention {
  readonly sounds: Sounds;

  constructor(private readonly settings: SettingsStore, changed: () => void, private readonly open: (id: string) => void) {
    this.sounds = new Sounds(changed);
  }

  /** True while a sound that the agent counts on cannot be heard. */
  get muted(): boolean { return this.settings.value.sound && this.sounds.blocked; }

  get permission(): Permission { return "Notification" in globalThis ? Notification.permission : "missing"; }

  start(): void {
    addEventListener("click", this.woken); // not pointerdown: the line about sound goes away under the pointer
    addEventListener("keydown", this.woken);
    if (this.settings.value.sound) this.sounds.prepare();
  }

  stop(): void {
    removeEventListener("click", this.woken);
    removeEventListener("keydown", this.woken);
    this.sounds.stop();
  }

  /** Signals that came together are one sound, the most pressing one. */
  call(signals: readonly Signal[]): void {
    const first = signals[0];
    if (!first) return;
    const { sound, volume, notices } = this.settings.value;
    if (sound) void this.sounds.play(first.kind, volume);
    if (notices && !document.hasFocus()) for (const one of signals) this.notify(one);
  }

  /** Play the sound that the agent has asked to hear; returns whether it is heard. */
  test(): Promise<boolean> { return this.sounds.play("offer", this.settings.value.volume); }

  /** Ask the browser; only in the agent's own click, else browsers refuse unasked. */
  async askPermission(): Promise<void> {
    if (this.permission === "missing") return;
    const answer = await Notification.requestPermission();
    this.settings.set({ notices: answer === "granted" });
  }

  private notify({ kind, summary }: Signal): void {
    if (this.permission !== "granted") return;
    try {
      // never what the citizen wrote: notices are seen on locked and shared screens
      const notice = new Notification(t.signals[kind], { tag: `${kind}-${summary.conversation_id}`, body: summary.topic ?? "", lang: "sv" });
      notice.onclick = () => { focus(); this.open(summary.conversation_id); notice.close(); };
    } catch {
      // some phones have notices for service workers only
    }
  }

  private readonly woken = (): void => { if (this.muted) this.sounds.unlock(); };
}
