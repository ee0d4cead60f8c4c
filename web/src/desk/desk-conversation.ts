import { acknowledged, EventLog } from "../shared/event-log";
import type { ApiError } from "../shared/http";
import { newMessage, newMove, Outbox, type Entry, type MessageEntry } from "../shared/outbox";
import { TypingSender, TypingState } from "../shared/typing";
import type { ChatEvent, DeskMove, Dossier, EventsReply, Status } from "../shared/types";
import type { DeskApi } from "./desk-api";
import type { DeskSession } from "./desk-session";

export interface DeskListener {
  changed(): void;
  heard(conversation: DeskConversation, events: readonly ChatEvent[]): void;
  refused(conversation: DeskConversation, entry: Entry, error: ApiError): void;
  typing(id: string, on: boolean): void;
  /** A request failed because nobody is logged in any more. */
  failed(error: unknown): void;
}

/** One conversation on the desk: events so far, dossier, draft and what is still unsent. */
export class DeskConversation {
  readonly log = new EventLog();
  readonly outbox: Outbox;
  readonly typing = new TypingState<"citizen">(() => this.listener.changed());
  status: Status | null = null;
  dossier: Dossier | null = null;
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
    this.outbox.add(newMessage(text));
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
    if (added.some((event) => event.actor === "citizen")) this.typing.set("citizen", false);
    this.outbox.acknowledge(acknowledged(events));
    if (!this.status || status.seq >= this.status.seq) this.status = status;
    const news = this.synced ? added.filter((event) => event.actor !== "agent") : [];
    this.synced = true;
    if (news.length) this.listener.heard(this, news);
    this.notice(status.seq);
    this.listener.changed();
  }

  /** The agent has the conversation before their eyes up to its last event. */
  markSeen(): void {
    const { last } = this.log;
    if (last <= this.seen) return;
    this.seen = last;
    // not repeated when it fails: the next event tells the same and more
    this.api.seen(this.id, last).catch((error: unknown) => this.listener.failed(error));
  }

  /** It is neither ours nor in the queue any more: what follows is not for us to read. */
  leave(): void {
    if (this.status && this.status.state !== "closed") this.status = { ...this.status, state: "bot" };
    this.typing.set("citizen", false);
  }

  stop(): void {
    this.ownTyping.stop();
    this.outbox.stop();
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
  }

  private refused(entry: Entry, error: ApiError): void {
    if (entry.kind === "message") {
      const draft = [entry.text, this.draft].filter(Boolean).join("\n");
      this.session.update(this.id, { draft });
    }
    this.listener.refused(this, entry, error);
  }
}
