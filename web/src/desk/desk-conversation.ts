import { acknowledged, EventLog } from "../shared/event-log";
import type { ApiError } from "../shared/http";
import { newMessage, newMove, Outbox, type Entry, type MessageEntry } from "../shared/outbox";
import { TypingSender, TypingState } from "../shared/typing";
import type { ChatEvent, DeskMove, Dossier, EventsReply, Status, Summary } from "../shared/types";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskApi } from "./desk-api";
import type { DeskSession } from "./desk-session";
import { Ending } from "./ending";
import { Handover } from "./handover";
import type { Closed, Destination, Note } from "./model";
import { Notes } from "./notes";
import { told } from "./problem";
import { Suggestions } from "./suggestions";

export interface DeskListener {
  changed(): void;
  heard(conversation: DeskConversation, events: readonly ChatEvent[]): void;
  refused(conversation: DeskConversation, entry: Entry, error: ApiError): void;
  typing(id: string, on: boolean): void;
  /** It is the agent's own. */
  isHeld(id: string): boolean;
  /** The agent writes to the citizen in it: it is their own, or they have joined. */
  writesIn(id: string): boolean;
  /** A move of the agent is made: where the lists put the conversation may differ. */
  moved(conversation: DeskConversation): void;
  /** Colleagues have advised the agent in it. */
  advised(conversation: DeskConversation): void;
  /** A request failed because nobody is logged in any more. */
  failed(error: unknown): void;
}

/** Who writes, where it is not a colleague. */
export const CITIZEN = "citizen";

/** What lies over the composer while it is used. */
export type Sheet = "replies" | "transfer" | "close";

/** One conversation on the desk: events so far, dossier, draft and what is still unsent. */
export class DeskConversation {
  readonly log = new EventLog();
  readonly outbox: Outbox;
  /** The citizen or a colleague, by name. */
  readonly typing = new TypingState<string>(() => this.listener.changed());
  readonly suggestions: Suggestions;
  readonly notes: Notes;
  /** Own messages that editors have been shown. */
  readonly proposed = new Set<number>();
  status: Status | null = null;
  dossier: Dossier | null = null;
  /** What colleagues advise, until the agent has made use of it. */
  advice: readonly Note[] = [];
  sheet: Sheet | null = null;
  ending: Ending | null = null;
  handover = new Handover();
  private readonly ownTyping = new TypingSender((on) => this.listener.typing(this.id, on));
  private synced = false;
  private loading = false;
  private seen = 0;

  constructor(
    readonly id: string,
    private readonly api: DeskApi,
    private readonly session: DeskSession,
    private readonly listener: DeskListener,
  ) {
    const changed = () => listener.changed();
    this.suggestions = new Suggestions(() => api.suggestions(id), changed);
    this.notes = new Notes({
      load: () => api.notes(id), add: (note) => api.addNote(id, note), changed, advised: (notes) => this.advised(notes),
    });
    this.outbox = new Outbox({
      entries: session.get(id).outbox,
      deliver: (entry) => this.deliver(entry),
      changed: (outbox) => { session.update(id, { outbox }); listener.changed(); },
      refused: (entry, error) => this.refused(entry, error),
    });
    this.outbox.retry();
  }

  get draft(): string { return this.session.get(this.id).draft; }

  get unsent(): MessageEntry[] {
    return this.outbox.entries.filter((entry) => entry.kind === "message");
  }

  setDraft(draft: string): void {
    this.session.update(this.id, { draft });
    this.ownTyping.written(draft);
  }

  send(text: string): void {
    this.ownTyping.stop();
    this.session.update(this.id, { draft: "" });
    this.advice = [];
    this.outbox.add(newMessage(text));
  }

  /** The agent has read what colleagues advise. */
  heed(): void {
    this.advice = [];
    this.listener.changed();
  }

  move(move: DeskMove): void {
    this.ownTyping.stop();
    const underway = this.outbox.entries.some((entry) => entry.kind === "move");
    if (!underway) this.outbox.add(newMove(move));
  }

  /** Fetch what came after the last event, and the dossier. */
  async load(signal?: AbortSignal): Promise<void> {
    const reply = await this.api.conversation(this.id, this.log.last, signal);
    this.dossier = reply.dossier;
    this.take(reply);
  }

  take({ events, status }: EventsReply): void {
    const added = this.log.merge(events);
    for (const { actor, agent_name } of added) this.typing.set(actor === "agent" ? agent_name ?? "" : actor, false);
    this.outbox.acknowledge(acknowledged(events));
    if (!this.status || status.seq >= this.status.seq) this.status = status;
    const news = this.synced ? added : [];
    this.synced = true;
    if (news.length) this.listener.heard(this, news);
    this.prepare();
    this.notice(status.seq);
    this.listener.changed();
  }

  /** What the list says of it. */
  follow(summary: Summary): void {
    this.notes.follow(summary.notes ?? 0);
    this.prepare();
    if (summary.state === "wrap_up") this.beginEnding();
  }

  /** The agent has the conversation before their eyes up to its last event. */
  markSeen(): void {
    const { last } = this.log;
    if (last <= this.seen) return;
    this.seen = last;
    // not repeated when it fails: the next event tells the same and more
    this.api.seen(this.id, last).catch((error: unknown) => this.listener.failed(error));
  }

  /** Have the form for the outcome ready, with what the server proposes. */
  beginEnding(to: Destination = "end"): void {
    const begun = this.ending;
    this.ending ??= new Ending();
    this.ending.to = to;
    if (!begun) void this.propose(this.ending);
  }

  async propose(ending: Ending): Promise<void> {
    ending.problem = "";
    await this.api.closing(this.id).then(
      (closing) => ending.offer(closing, this.dossier?.question ?? ""),
      (error: unknown) => { ending.problem = `${t.closingFailed} ${told(error)}`; this.listener.failed(error); },
    );
    this.listener.changed();
  }

  /** Close with the outcome as it is chosen; null when something is missing or it failed. */
  async finish(): Promise<Closed | null> {
    const { ending } = this;
    if (!ending || ending.busy) return null;
    ending.problem = ending.check().length ? t.closeMissing : this.unsent.length ? t.closeUnsent : "";
    if (ending.problem) return this.told();
    ending.busy = true;
    this.ownTyping.stop();
    this.listener.changed();
    try {
      if (ending.to === "bot") await this.keepNote(this.handover);
      const closed = await this.api.close(this.id, ending.request);
      this.status = closed.status;
      this.ending = null;
      this.sheet = null;
      this.handover = new Handover();
      return closed;
    } catch (error) {
      ending.problem = told(error);
      this.listener.failed(error);
      return null;
    } finally {
      ending.busy = false;
      this.listener.changed();
    }
  }

  /** Hand it to a colleague or a department, or give it back to the queue; the note goes with it. */
  async handOver(move: "transfer" | "return_to_queue"): Promise<boolean> {
    const { handover } = this;
    handover.problem = "";
    if (handover.busy || (move === "transfer" && !handover.check())) return this.told() !== null;
    handover.busy = true;
    this.listener.changed();
    try {
      await this.pass(handover, move);
      this.sheet = null;
      this.handover = new Handover();
      return true;
    } catch (error) {
      handover.problem = told(error);
      this.listener.failed(error);
      return false;
    } finally {
      handover.busy = false;
      this.listener.changed();
    }
  }

  /** It is neither ours nor in the queue any more: what follows is not for us to read. */
  leave(): void {
    if (this.status && this.status.state !== "closed") this.status = { ...this.status, state: "bot" };
    this.typing.set(CITIZEN, false);
  }

  stop(): void {
    this.ownTyping.stop();
    this.outbox.stop();
  }

  private async pass(handover: Handover, move: "transfer" | "return_to_queue"): Promise<void> {
    const { moveId, receiver, note } = handover;
    if (move === "transfer" && receiver) {
      this.status = (await this.api.transfer(this.id, moveId, receiver, note.trim())).status;
      return;
    }
    await this.keepNote(handover);
    this.move("return_to_queue");
  }

  private async keepNote({ noteId, note }: Handover): Promise<void> {
    const text = note.trim();
    if (text) await this.api.addNote(this.id, { note_id: noteId, text, kind: "note" });
  }

  /** Advice is for the one who has the conversation; to others it is a note like any. */
  private advised(notes: readonly Note[]): void {
    if (!this.listener.isHeld(this.id)) return;
    this.advice = [...this.advice, ...notes];
    this.listener.advised(this);
  }

  /** Search for replies to the citizen's newest message, where we are the one to reply. */
  private prepare(): void {
    if (!this.listener.writesIn(this.id)) return;
    const asked = [...this.log.events].reverse().find((event) => event.type === "message" && event.actor === "citizen");
    if (asked) this.suggestions.follow(asked.seq);
  }

  private told(): null {
    this.listener.changed();
    return null;
  }

  private notice(seq: number): void {
    if (this.status?.state === "bot") return;
    if (this.loading || (seq <= this.log.last && !this.log.hasGap)) return;
    this.loading = true;
    this.load().catch((error: unknown) => this.listener.failed(error)).finally(() => { this.loading = false; });
  }

  private async deliver(entry: Entry): Promise<void> {
    if (entry.kind === "message") {
      const event = await this.api.send(this.id, entry);
      this.log.merge([event]);
      return this.notice(event.seq);
    }
    const { status } = await this.api.move(this.id, entry);
    this.status = status;
    this.notice(status.seq);
    this.listener.moved(this);
  }

  private refused(entry: Entry, error: ApiError): void {
    if (entry.kind === "message") {
      const draft = [entry.text, this.draft].filter(Boolean).join("\n");
      this.session.update(this.id, { draft });
    }
    this.listener.refused(this, entry, error);
  }
}
