import { backoff } from "../shared/backoff";
import { ApiError } from "../shared/http";
import { newErrand, newMove, type CitizenEntry, type ErrandEntry } from "../shared/outbox";
import type { Audience, ChatEvent, ChatMessage, Handover, Notice, Receipt, Survey, WidgetInfo } from "../shared/types";
import { languageOf, type Language } from "../shared/languages";
import { textsFor, type Texts } from "../shared/texts";
import { CitizenApi } from "./citizen-api";
import { Conversation, isGone, type Listener } from "./conversation";
import { flawOf, type ErrandForm } from "./errand-form";
import { HandoverCard } from "./handover-card";
import type { Kind } from "./kind";
import { leaveFor } from "./leaving";
import { phaseOf } from "./phase";
import { newSession, SessionStore } from "./session";
import { withheldOf, withoutNumbers, type Withheld } from "./withheld";

const NOTICES_EVERY_MS = 60_000;

/** The states of a talk that no person has a part in. */
const ALONE: ReadonlySet<string> = new Set(["bot", "closed"]);

export interface ChatView {
  changed(): void;
  heard(events: readonly ChatEvent[]): void;
}

/** Everything the panel shows: the conversation, its draft, contact ways and what went wrong. */
export class Chat implements Listener {
  readonly store: SessionStore;
  readonly card: HandoverCard;
  conversation: Conversation;
  audience: Audience = "privat";
  kind: Kind = "citizen";
  info: WidgetInfo | null = null;
  notices: readonly Notice[] = [];
  alert = "";
  /** What the citizen wanted to send, until they have said what to do with the numbers in it. */
  withheld: Withheld | null = null;
  draft: string;
  /** The talk before was deleted just now. */
  erased = false;
  private erasing = false;
  private readonly api: CitizenApi;
  private opened = false;
  private readonly openedAt = new Date().toISOString();
  private noticing: ReturnType<typeof setInterval> | undefined;

  constructor(readonly base: string, public texts: Texts, private readonly view: ChatView) {
    this.api = new CitizenApi(base, () => this.texts.language);
    this.store = new SessionStore(base);
    this.draft = this.store.get().draft;
    this.card = new HandoverCard(
      this.store, () => this.api.handover(this.store.get(), this.audience), () => this.view.changed(),
    );
    this.conversation = this.begin();
  }

  /** Start fetching; called when the panel is first opened or an earlier chat continues. */
  open(): void {
    if (this.opened) return;
    this.opened = true;
    this.conversation.open();
    void this.loadInfo(1);
    void this.loadNotices();
    this.noticing = setInterval(() => { if (document.visibilityState === "visible") void this.loadNotices(); }, NOTICES_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.noticing);
    this.conversation.stop();
  }

  /** What the citizen has said of the answer at `seq`, or null. */
  ratingOf(seq: number): boolean | null { return this.store.get().ratings?.[seq] ?? null; }

  /** Say whether the answer at `seq` helped. Worth no second try: it is asked of nobody twice. */
  rate(seq: number, helpful: boolean): void {
    const session = this.store.get();
    this.store.update({ ratings: { ...session.ratings, [seq]: helpful } });
    void this.api.rate(session, seq, helpful).catch(() => undefined);
    this.view.changed();
  }

  get maxLength(): number { return this.info?.max_length ?? 2000; }

  setDraft(draft: string): void {
    this.drop();
    this.draft = draft;
    this.store.update({ draft });
    this.conversation.writes(draft);
  }

  /** The text that was held back is being changed. */
  drop(): void {
    if (!this.withheld) return;
    this.withheld = null;
    this.view.changed();
  }

  /** Send what the citizen has written, unless it holds numbers that nobody needs. */
  submit(text: string): void {
    this.withheld = withheldOf(text);
    if (!this.withheld) this.send(text);
  }

  /** Ask for a call at a number that was held back; the rest of what was written says what about. */
  callAt(phone: string): void {
    const text = this.withheld ? withoutNumbers(this.withheld, "").trim() : "";
    this.withheld = null;
    this.clearDraft();
    this.card.callAt(phone, text);
  }

  send(text: string, choice: string | null = null): void {
    this.alert = "";
    this.erased = false;
    this.withheld = null;
    if (choice === null) this.clearDraft();
    if (!this.card.form) this.card.giveWay();
    this.conversation.send(text, choice);
  }

  /** Say how it was, or that one would rather not. Worth no second try: it is asked once. */
  survey(answers: Survey | null): void {
    const session = this.store.get();
    this.store.update({ surveyed: true });
    if (answers) void this.api.survey(session, answers).catch(() => undefined);
    this.view.changed();
  }

  /** How it was has not been asked yet, and there is something to say about. */
  get asksHowItWas(): boolean {
    return phaseOf(this.conversation.status) === "ended" && this.hasWritten && !this.store.get().surveyed;
  }

  /** Stand in the queue. */
  wait(): void {
    this.conversation.move("hand_off");
    this.closeCard();
  }

  closeCard(): void { this.card.close(this.conversation.log.events); }

  /** Send what the card's fields say; what is wrong with them is said there. */
  leaveErrand(): void {
    const { form } = this.card;
    if (!form) return;
    const flaw = flawOf(form, !this.hasWritten);
    if (flaw) return this.card.complain(flaw);
    this.alert = "";
    this.conversation.leave(newErrand(form.kind, form.contact.trim(), this.textOf(form)));
    this.closeCard();
  }

  /** What an errand says; of a report the place first. */
  private textOf({ text, report }: ErrandForm): string | null {
    if (!report) return text.trim() || null;
    return `${this.texts.texts.report.place} ${report.place.trim()}\n${text.trim()}`;
  }

  /** What stands in the log: before there is a conversation the welcome, so that the assistant is named first. */
  get events(): readonly ChatEvent[] {
    const { events } = this.conversation.log;
    return events.length || this.store.get().conversationId ? events : [this.welcome];
  }

  /** What the municipality finds the talk by; null before anything has been sent. */
  get number(): string | null { return this.store.get().conversationId; }

  /** Nothing has been sent yet. */
  get isFresh(): boolean {
    return !this.store.get().conversationId && !this.conversation.outbox.entries.length;
  }

  private get welcome(): ChatMessage {
    const text = this.info?.welcome || this.texts.texts.welcome;
    return { type: "message", seq: 0, at: this.openedAt, actor: "bot", text };
  }

  /** There is something in the conversation that tells what the citizen wants. */
  get hasWritten(): boolean {
    const { log, unsent } = this.conversation;
    return unsent.length > 0 || log.events.some(({ type, actor }) => type === "message" && actor === "citizen");
  }

  get references(): readonly string[] { return this.store.get().references ?? []; }

  /** End the conversation and forget it here. */
  restart(): void {
    const session = this.store.get();
    const { status } = this.conversation;
    if (session.conversationId && phaseOf(status) !== "ended") {
      void this.api.move(session, newMove("close"), true).catch(() => undefined);
    }
    this.alert = "";
    this.card.giveWay();
    this.replace("");
  }

  /** Only the bot has had the talk: no person has it or waits for it, and nothing has been promised. */
  get canErase(): boolean {
    const { log } = this.conversation;
    const withPeople = log.events.some((event) => event.type === "state" && !ALONE.has(event.state));
    return this.store.get().conversationId !== null && !withPeople && !this.references.length;
  }

  /** Delete the conversation at the municipality and begin anew; false where it is refused. */
  async erase(): Promise<boolean> {
    this.erasing = true;
    const problem = await this.api.erase(this.store.get()).then(() => null, (error: unknown) => error);
    this.erasing = false;
    const gone = problem === null || isGone(problem);
    this.alert = gone ? "" : (problem instanceof ApiError && problem.text) || this.texts.texts.erase.failed;
    this.erased = gone;
    if (gone) this.card.giveWay();
    if (gone) this.replace("");
    this.view.changed();
    return gone;
  }

  /** End the conversation, leave nothing of it in this tab, and go to another page. */
  leaveFor(address: string): void {
    this.restart();
    this.store.forget();
    leaveFor(address);
  }

  /** Read and be answered in another language from now on; false where its texts cannot be fetched. */
  async speak(language: Language): Promise<boolean> {
    if (!(await this.read(language))) return false;
    this.store.update({ language });
    await this.conversation.speak();
    this.card.renew();
    return true;
  }

  /** The page has changed its language; it holds for who has chosen none. */
  async followPage(tag: string): Promise<void> {
    if (!this.store.get().language) await this.read(languageOf(tag) ?? "sv");
  }

  changed(): void { this.view.changed(); }

  heard(events: readonly ChatEvent[]): void { this.view.heard(events); }

  queueClosed(handover: Handover | null): void { this.card.open(null, handover); }

  promised({ reference }: Receipt): void {
    this.store.update({ references: [...this.references.filter((one) => one !== reference), reference] });
  }

  refused(entry: CitizenEntry, error: ApiError): void {
    if (entry.kind === "errand") return this.refusedErrand(entry, error);
    if (entry.kind === "message" && error.code === "choice_not_offered") {
      return this.conversation.send(entry.text); // the label says the same in words
    }
    if (entry.kind === "message" && entry.choice === null) this.rescue([entry.text]);
    this.alert = error.text || this.texts.texts.refused;
    this.view.changed();
  }

  gone(): void {
    if (this.erasing) return; // the answer to that comes, too
    const { outbox, form } = this.store.get();
    this.rescue(outbox.flatMap((entry) => (entry.kind === "message" ? [entry.text] : [])));
    this.alert = this.texts.texts.lost;
    this.replace(this.draft, form);
    const errand = outbox.find((entry) => entry.kind === "errand");
    if (errand) this.card.restore(errand);
    this.view.changed();
  }

  private begin(): Conversation {
    const beginning = () => ({ language: this.texts.language, audience: this.audience, kind: this.kind });
    return new Conversation(this.api, this.store, beginning, this);
  }

  /** What is wrong with a field is said beside it; anything else above the place to write. */
  private refusedErrand(entry: ErrandEntry, { text, body }: ApiError): void {
    const { fields = [] } = (body ?? {}) as { fields?: string[] };
    const flaw = fields.includes("contact") ? "contact" : null;
    this.card.restore(entry, flaw);
    this.alert = flaw ? "" : text || this.texts.texts.refused;
    this.view.changed();
  }

  private replace(draft: string, form: ErrandForm | null = null): void {
    this.conversation.stop();
    this.draft = draft;
    const { openOn, language } = this.store.get();
    this.store.replace({ ...newSession(draft, openOn), form, language });
    this.conversation = this.begin();
    this.view.changed();
  }

  private clearDraft(): void {
    this.draft = "";
    this.store.update({ draft: "" });
  }

  /** Put unsent words back before what is being written. */
  private rescue(unsent: readonly string[]): void {
    this.draft = [...unsent, this.draft].filter(Boolean).join("\n");
    this.store.update({ draft: this.draft });
  }

  private async read(language: Language): Promise<boolean> {
    if (language === this.texts.language) return true;
    const texts = await textsFor(language);
    if (!texts) return false;
    this.texts = texts;
    if (this.info) this.info = { ...this.info, welcome: "" }; // until it comes in this language
    if (this.opened) void this.loadInfo(1);
    this.view.changed();
    return true;
  }

  /** Notices that cannot be fetched stay as they were. */
  private async loadNotices(): Promise<void> {
    try {
      this.notices = await this.api.notices();
      this.view.changed();
    } catch { /* the next minute tries again */ }
  }

  private async loadInfo(attempt: number): Promise<void> {
    const { language } = this.texts;
    try {
      const info = await this.api.info();
      if (language !== this.texts.language) return; // changed meanwhile, and fetched anew
      this.info = info;
      this.view.changed();
    } catch {
      setTimeout(() => void this.loadInfo(attempt + 1), backoff(attempt));
    }
  }
}
