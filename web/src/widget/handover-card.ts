import type { CitizenEntry, ErrandEntry } from "../shared/outbox";
import type { ChatEvent, ErrandKind, Handover } from "../shared/types";
import type { Conversation } from "./conversation";
import type { ErrandForm, Flaw } from "./errand-form";
import { phaseOf } from "./phase";
import type { SessionStore } from "./session";

const REFRESH_MS = 30_000;
const LOCATE_MS = 15_000;

/**
 * The ways to a person: when the card with them stands open, what it knows, what was filled in.
 *
 * It opens when the citizen asks for it, when the queue turns out to be closed, and by itself under
 * the bot's last message when that offers a person. It closes when an agent is there.
 */
export class HandoverCard {
  info: Handover | null = null;
  /** Nothing could be fetched: what is known without the server has to do. */
  failed = false;
  flaw: Flaw | null = null;
  /** The device is being asked where it is; false when it did not say, null when it was not asked. */
  locating: boolean | null = null;
  private asked: boolean;
  /** A number is being left, also while an agent is there: in the chat it would be hidden. */
  private calling = false;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly store: SessionStore,
    private readonly fetch: () => Promise<Handover>,
    private readonly changed: () => void,
  ) {
    this.asked = Boolean(store.peek()?.form); // a reload in the middle of filling it in
  }

  get form(): ErrandForm | null { return this.store.get().form ?? null; }

  /** The citizen has asked to see it; it does not only stand under the bot's offer. */
  get wanted(): boolean { return this.asked; }

  shows({ status, log, outbox }: Conversation): boolean {
    const phase = phaseOf(status);
    if (phase === "active" && !this.calling) return false;
    if (sending(outbox.entries) !== null) return true;
    if (this.asked) return phase !== "waiting" || this.form !== null;
    return phase === "bot" && this.isOffered(log.events, outbox.entries);
  }

  /** Open it, with what the server has just said if it did. */
  open(kind: ErrandKind | null = null, info: Handover | null = null): void {
    this.asked = true;
    this.info = info ?? this.info;
    if (kind) this.fillIn(kind);
    this.changed();
  }

  /** Close it and forget what was filled in; the offer under the bot's message does not come back. */
  close(events: readonly ChatEvent[]): void {
    this.giveWay();
    this.flaw = null;
    this.store.update({ form: null, declinedOffer: events.at(-1)?.seq });
    this.changed();
  }

  /** Show the fields of one kind of errand; what stands in them stays. */
  fillIn(kind: ErrandKind): void {
    this.asked = true;
    this.flaw = null;
    this.store.update({ form: { contact: "", text: "", ...this.form, kind } });
    this.changed();
  }

  /** Show the fields of a call with a number in them, whoever holds the conversation. */
  callAt(phone: string, text: string): void {
    this.calling = true;
    this.store.update({ form: { kind: "callback", contact: phone, text } });
    this.fillIn("callback");
  }

  /** Show the fields of a report of a fault; `eService` is where pictures can be sent. */
  fillInReport(eService: string | null): void {
    this.asked = true;
    this.flaw = null;
    const { contact = "", text = "" } = this.form ?? {};
    this.store.update({ form: { kind: "errand", contact, text, report: { place: "", eService } } });
    this.changed();
  }

  backToChoices(): void {
    this.store.update({ form: null });
    this.flaw = null;
    this.changed();
  }

  /** Fetch what it says anew, if it says anything. */
  renew(): void { if (this.timer) void this.refresh(); }

  /** Keep each letter; nothing has to be drawn for it. */
  write(change: Partial<ErrandForm>): void {
    if (this.form) this.store.update({ form: { ...this.form, ...change } });
  }

  /** Ask the device where it is, since the citizen wished it, and put that into the report. */
  locate(say: (coordinates: string) => string): void {
    this.locating = true;
    this.changed();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.located(say(`${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`)),
      () => this.located(null),
      { enableHighAccuracy: true, timeout: LOCATE_MS },
    );
  }

  private located(place: string | null): void {
    this.locating = place === null ? false : null;
    const report = this.form?.report;
    if (place !== null && report) this.write({ report: { ...report, place } });
    this.changed();
  }

  complain(flaw: Flaw): void {
    this.flaw = flaw;
    this.changed();
  }

  /** Put back what was not accepted, so that it can be mended. */
  restore({ errand, contact, text }: ErrandEntry, flaw: Flaw | null = null): void {
    this.store.update({ form: { kind: errand, contact, text: text ?? "" } });
    this.asked = true;
    this.flaw = flaw;
  }

  /** Call after drawing: an agent, or a place in the queue, answers the wish for a person. */
  follow(conversation: Conversation, visible: boolean): void {
    const phase = phaseOf(conversation.status);
    if ((phase === "active" && !this.calling) || (phase === "waiting" && !this.form)) this.giveWay();
    this.keepFresh(visible && this.shows(conversation));
  }

  /** Close it; what was filled in stays for another time. */
  giveWay(): void {
    this.asked = false;
    this.calling = false;
  }

  /** Fetch for as long as it stands open: at once, and then every half minute. */
  private keepFresh(open: boolean): void {
    if (open === (this.timer !== undefined)) return;
    clearInterval(this.timer);
    this.timer = undefined;
    if (!open) return this.forget();
    void this.refresh();
    this.timer = setInterval(() => void this.refresh(), REFRESH_MS);
  }

  private forget(): void {
    this.info = null;
    this.failed = false;
  }

  private async refresh(): Promise<void> {
    try {
      this.info = await this.fetch();
      this.failed = false;
    } catch {
      this.failed = true;
    }
    if (this.timer) this.changed();
  }

  /** The bot's message that offers a person is the last word said. */
  private isOffered(events: readonly ChatEvent[], entries: readonly CitizenEntry[]): boolean {
    const last = events.at(-1);
    return last?.type === "message" && last.actor === "bot" && last.decision?.outcome === "handoff"
      && last.seq !== this.store.get().declinedOffer && !entries.some(({ kind }) => kind === "message");
  }
}

/** The way that was chosen and has not reached the server yet. */
export function sending(entries: readonly CitizenEntry[]): "hand_off" | ErrandKind | null {
  for (const entry of entries) {
    if (entry.kind === "errand") return entry.errand;
    if (entry.kind === "move" && entry.move === "hand_off") return "hand_off";
  }
  return null;
}
