import { acknowledged, EventLog } from "../shared/event-log";
import { Feed, type Connection, type Line } from "../shared/feed";
import { ApiError } from "../shared/http";
import {
  newMessage, newMove, Outbox, type CitizenEntry, type ErrandEntry, type MessageEntry, type MoveEntry,
} from "../shared/outbox";
import { Trouble } from "../shared/trouble";
import { TypingSender, TypingState } from "../shared/typing";
import type {
  ChatEvent, CitizenMove, EventsReply, Handover, Receipt, ServerFrame, Status,
} from "../shared/types";
import type { Beginning, CitizenApi } from "./citizen-api";
import { phaseOf } from "./phase";
import type { Session, SessionStore } from "./session";

export interface Listener {
  changed(): void;
  /** Events that came while the citizen was here, oldest first; not the history after a reload. */
  heard(events: readonly ChatEvent[]): void;
  refused(entry: CitizenEntry, error: ApiError): void;
  /** Nobody can be waited for in the chat any more. */
  queueClosed(handover: Handover | null): void;
  promised(receipt: Receipt): void;
  /** The server no longer has this conversation. */
  gone(): void;
}

const REFUSED_PAUSE_MS = 5_000;
const NOT_FOUND = "conversation_not_found";
const CLOSED = "conversation_closed";
const QUEUE_CLOSED = "queue_closed";

/**
 * One conversation as the citizen's tab sees it.
 *
 * The server has the truth; here are the events fetched so far, and the outbox of what it has not
 * yet acknowledged. The conversation is created with the first thing sent.
 */
export class Conversation implements Line {
  readonly log = new EventLog();
  readonly typing = new TypingState<"bot" | "agent">(() => this.listener.changed());
  readonly trouble = new Trouble(() => this.listener.changed());
  readonly outbox: Outbox<CitizenEntry>;
  readonly pollPauseMs = 250; // the server does the waiting
  status: Status | null = null;
  private readonly feed = new Feed(this);
  private readonly ownTyping = new TypingSender((on) => this.tellTyping(on));
  private stopped = false;
  private synced = false;
  private refetching = false;
  private stayedFor: string | null = null;

  constructor(
    private readonly api: CitizenApi,
    private readonly store: SessionStore,
    private readonly beginning: () => Beginning,
    private readonly listener: Listener,
  ) {
    this.outbox = new Outbox({
      entries: store.get().outbox,
      deliver: (entry) => this.deliver(entry),
      changed: (outbox) => this.keep(outbox),
      refused: (entry, error) => this.refusedEntry(entry, error),
    });
    addEventListener("online", this.online);
  }

  private readonly online = (): void => this.outbox.retry();

  /** Continue what an earlier page of this tab began. */
  open(): void {
    if (this.session.conversationId) this.follow();
    this.outbox.retry();
  }

  stop(): readonly CitizenEntry[] {
    this.stopped = true;
    removeEventListener("online", this.online);
    this.feed.stop();
    this.trouble.stop();
    return this.outbox.stop();
  }

  get unsent(): MessageEntry[] {
    return this.outbox.entries.filter((entry) => entry.kind === "message");
  }

  send(text: string, choice: string | null = null): void {
    this.ownTyping.stop();
    if (phaseOf(this.status) === "ended") this.outbox.add(newMove(this.status?.can_reopen ? "reopen" : "resume"));
    this.outbox.add(newMessage(text, choice));
  }

  move(move: CitizenMove): void {
    const underway = this.outbox.entries.some((entry) => entry.kind === "move" && entry.move === move);
    if (!underway) this.outbox.add(newMove(move));
  }

  /** Leave an errand; one at a time, so that two presses are not two errands. */
  leave(errand: ErrandEntry): void {
    if (!this.outbox.entries.some(({ kind }) => kind === "errand")) this.outbox.add(errand);
  }

  /** The citizen's draft changed. Only that they write is told, and only to a person. */
  writes(text: string): void {
    if (phaseOf(this.status) !== "active") return;
    this.ownTyping.written(text);
    if (text.trim()) this.stay();
  }

  /** The citizen is there: a conversation that is about to be ended goes on. Said once a warning. */
  stay(): void {
    const warned = this.status?.closes_at ?? null;
    if (!warned || warned === this.stayedFor) return;
    this.stayedFor = warned;
    this.move("stay");
  }

  /** Tell the server which language holds from now on; a server that cannot is still understood. */
  async speak(): Promise<void> {
    if (this.session.conversationId) await this.api.speak(this.session).catch(() => undefined);
  }

  // --- Line: what the feed asks for -----------------------------------------------------------

  socketUrl(): string { return this.api.socketUrl(this.session); }

  hello(): object { return { type: "hello", token: this.session.secret, after: this.log.last }; }

  receive(frame: ServerFrame): void {
    if (this.stopped) return;
    switch (frame.type) {
      case "events": return this.take(frame);
      case "status": return this.setStatus(frame.status);
      case "pulse": return this.notice(frame.seq ?? 0);
      case "typing":
        if (frame.actor === "bot" || frame.actor === "agent") this.typing.set(frame.actor, frame.on);
    }
  }

  async poll(signal: AbortSignal): Promise<void> {
    await this.fetch(true, signal);
  }

  /** The token was not accepted: ask by HTTP, which tells gone from a passing fault. */
  refused(): void {
    const again = () => setTimeout(() => this.feedAgain(), REFUSED_PAUSE_MS);
    this.fetch(false).then(again, again);
  }

  changed(connection: Connection): void {
    if (this.stopped) return;
    this.trouble.follow(connection);
    if (connection !== "connecting" && this.outbox.failing) this.outbox.retry();
    this.listener.changed();
  }

  // --------------------------------------------------------------------------------------------

  private get session(): Session { return this.store.get(); }

  private follow(): void {
    this.trouble.follow("connecting");
    this.feed.start();
  }

  private feedAgain(): void {
    if (this.stopped) return;
    this.feed.stop();
    this.feed.start();
  }

  private async fetch(wait: boolean, signal?: AbortSignal): Promise<void> {
    try {
      this.take(await this.api.events(this.session, this.log.last, wait, signal));
    } catch (error) {
      if (isGone(error)) return this.lose();
      throw error;
    }
  }

  private take({ events, status }: EventsReply): void {
    if (this.stopped) return;
    const added = this.log.merge(events);
    if (added.some((event) => event.actor === "bot")) this.typing.set("bot", false);
    if (added.some((event) => event.actor === "agent")) this.typing.set("agent", false);
    this.outbox.acknowledge(acknowledged(events));
    this.setStatus(status);
    const news = this.synced ? added.filter((event) => event.type === "state" || event.actor !== "citizen") : [];
    this.synced = true;
    if (news.length) this.listener.heard(news);
    this.notice(status.seq);
  }

  private setStatus(status: Status): void {
    if (this.status && status.seq < this.status.seq) return; // overtaken on the way
    this.status = status;
    this.typing.set("bot", status.pending);
    this.listener.changed();
  }

  /** The server has events up to `seq`; fetch if some are missing here. */
  private notice(seq: number): void {
    if (this.refetching || (seq <= this.log.last && !this.log.hasGap)) return;
    this.refetching = true;
    void this.fetch(false).catch(() => undefined).finally(() => { this.refetching = false; });
  }

  private keep(outbox: readonly CitizenEntry[]): void {
    if (this.stopped) return;
    this.store.update({ outbox });
    this.listener.changed();
  }

  private async deliver(entry: CitizenEntry): Promise<void> {
    await this.ensureCreated();
    switch (entry.kind) {
      case "move": return this.deliverMove(entry);
      case "errand": return this.deliverErrand(entry);
      case "message": return this.deliverMessage(entry);
    }
  }

  private async ensureCreated(): Promise<void> {
    if (this.session.conversationId) return;
    const beginning = this.beginning();
    const created = await this.api.create(this.session, beginning);
    if (this.stopped) return;
    this.store.update({ conversationId: created.conversation_id });
    if (this.beginning().language !== beginning.language) void this.speak(); // changed on the way
    this.take(created);
    this.follow();
  }

  /** Where the conversation was closed before we heard of it: back to the agent, else to the bot. */
  private async deliverMessage(entry: MessageEntry): Promise<void> {
    const waysBack: CitizenMove[] = ["reopen", "resume"];
    for (;;) {
      try {
        return await this.sendMessage(entry);
      } catch (error) {
        const way = isRefusal(error, CLOSED) ? waysBack.shift() : undefined;
        if (!way) throw error;
        await this.deliverMove(newMove(way));
      }
    }
  }

  private async sendMessage(entry: MessageEntry): Promise<void> {
    const event = await this.api.send(this.session, entry);
    if (this.stopped) return;
    this.log.merge([event]);
    this.notice(event.seq);
  }

  private async deliverMove(entry: MoveEntry): Promise<void> {
    try {
      const { status } = await this.api.move(this.session, entry);
      if (this.stopped) return;
      this.setStatus(status);
      this.notice(status.seq);
    } catch (error) {
      // somebody was faster, such as an agent taking the conversation we wanted to leave
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
      if (error.code === QUEUE_CLOSED) this.listener.queueClosed(handoverOf(error));
      this.notice(Infinity);
    }
  }

  private async deliverErrand(entry: ErrandEntry): Promise<void> {
    const receipt = await this.api.leaveErrand(this.session, entry);
    if (this.stopped) return;
    this.listener.promised(receipt);
    this.notice(Infinity);
  }

  private refusedEntry(entry: CitizenEntry, error: ApiError): void {
    if (this.stopped) return;
    if (isGone(error)) return this.lose(entry);
    this.listener.refused(entry, error);
  }

  /** Keep what was not delivered in the outbox' place, so that the listener can rescue it. */
  private lose(entry?: CitizenEntry): void {
    if (this.stopped) return;
    if (entry) this.store.update({ outbox: [entry, ...this.outbox.entries] });
    this.listener.gone();
  }

  private tellTyping(on: boolean): void {
    if (this.feed.send({ type: "typing", on })) return;
    void this.api.typing(this.session, on).catch(() => undefined); // worth no second try
  }
}

/** The conversation is not there, or not any longer. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && error.code === NOT_FOUND;
}

function isRefusal(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.code === code;
}

function handoverOf({ body }: ApiError): Handover | null {
  return (body as { handover?: Handover } | null)?.handover ?? null;
}
