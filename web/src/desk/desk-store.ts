import { Feed, type Connection, type Line } from "../shared/feed";
import { ApiError, isTemporary } from "../shared/http";
import type { Entry } from "../shared/outbox";
import { TabStore } from "../shared/storage";
import { Trouble } from "../shared/trouble";
import type { ChatEvent, Lists, Presence, ServerFrame, Summary } from "../shared/types";
import { deskTexts as t } from "../texts/sv-desk";
import { DeskConversation, type DeskListener } from "./desk-conversation";
import type { DeskApi } from "./desk-api";
import { DeskSession } from "./desk-session";
import { Intake, type Reception } from "./intake";
import { formatDue } from "./timing";
import { Panes, type PanesState } from "./panes";
import { newSignals, type Signal } from "./signals";

const POLL_MS = 3_000;

export interface DeskView {
  changed(): void;
  heard(conversation: DeskConversation, events: readonly ChatEvent[]): void;
  /** Something is new that the agent does not have before their eyes. */
  called(signals: readonly Signal[]): void;
  /** The agent looks at the page, not at another window. */
  attentive(): boolean;
  /** The login has ended. */
  loggedOut(): void;
}

/** What a conversation is to this agent. */
export type Role = "queue" | "offered" | "held" | "wrap_up" | "gone";

/** Everything a logged-in agent sees; one feed brings the news of all conversations. */
export class DeskStore implements DeskListener, Reception {
  lists: Lists | null = null;
  connection: Connection = "connecting";
  /** When the server was last heard, ms; 0 before. */
  heardAt = 0;
  alert = "";
  message = "";
  readonly panes: Panes;
  readonly intake: Intake;
  readonly trouble = new Trouble(() => this.view.changed());
  private readonly conversations = new Map<string, DeskConversation>();
  private readonly feed = new Feed(this.line());
  private readonly session: DeskSession;
  private readonly keptPanes: TabStore<PanesState>;

  constructor(private readonly api: DeskApi, username: string, private readonly view: DeskView) {
    this.session = new DeskSession(username);
    this.keptPanes = new TabStore(`kommunbot-desk-panes:${username}`);
    this.panes = new Panes(this.keptPanes.load());
    this.intake = new Intake(api, this);
  }

  start(): void {
    this.trouble.follow("connecting");
    this.feed.start();
    for (const id of this.session.unsent()) this.open(id);
    for (const id of this.panes.ids) this.load(this.open(id));
    void this.refresh();
  }

  stop(): void {
    this.feed.stop();
    this.trouble.stop();
    for (const conversation of this.conversations.values()) conversation.stop();
  }

  /** A wished log-out leaves nothing on a shared computer. */
  forget(): void {
    this.stop();
    this.session.clear();
    this.keptPanes.clear();
  }

  get selectedId(): string | null { return this.panes.focused; }

  get selected(): DeskConversation | null {
    return this.selectedId ? (this.conversations.get(this.selectedId) ?? null) : null;
  }

  get waiting(): readonly Summary[] { return this.lists?.waiting ?? []; }

  get mine(): readonly Summary[] { return this.lists?.mine ?? []; }

  get offered(): readonly Summary[] { return this.mine.filter(({ state }) => state === "offered"); }

  /** Those that the agent answers in or has to finish. */
  get held(): readonly Summary[] { return this.mine.filter(({ state }) => state !== "offered"); }

  summaryOf(id: string): Summary | null {
    return [...this.mine, ...this.waiting].find((summary) => summary.conversation_id === id) ?? null;
  }

  roleOf(id: string): Role {
    const own = this.mine.find((summary) => summary.conversation_id === id);
    if (own) return own.state === "offered" || own.state === "wrap_up" ? own.state : "held";
    return this.waiting.some((summary) => summary.conversation_id === id) ? "queue" : "gone";
  }

  isHeld(id: string): boolean { return this.roleOf(id) === "held"; }

  conversation(id: string): DeskConversation { return this.open(id); }

  hasDraft(id: string): boolean { return this.session.get(id).draft.trim() !== ""; }

  select(id: string | null): void {
    this.alert = "";
    this.message = "";
    if (id) {
      this.panes.show(id);
      this.load(this.open(id));
    } else {
      this.panes.leave();
    }
    this.arranged();
  }

  togglePin(id: string): void {
    this.panes.togglePin(id);
    this.arranged();
  }

  closePane(id: string): void {
    this.panes.close(id);
    this.arranged();
  }

  /** Go to the agent's next (1) or previous (-1) own conversation. */
  step(by: 1 | -1): void {
    const ids = this.mine.map((summary) => summary.conversation_id);
    if (!ids.length) return;
    const at = ids.indexOf(this.selectedId ?? "");
    const next = at < 0 ? 0 : (at + by + ids.length) % ids.length;
    this.select(ids[next] ?? null);
  }

  decline(id: string): void {
    this.open(id).move("decline");
    this.closePane(id);
  }

  /** Close a conversation with its outcome, and say what was promised. */
  async finish(conversation: DeskConversation): Promise<boolean> {
    const closed = await conversation.finish();
    if (!closed) return false;
    this.panes.close(conversation.id);
    await this.refresh();
    const { errand } = closed;
    this.tell(errand ? t.closedWith(errand.reference, formatDue(errand.due_at, Date.now())) : t.closed);
    this.arranged();
    return true;
  }

  /** Show editors an own message, as an answer for everybody. A repeat is harmless. */
  async propose(conversation: DeskConversation, seq: number): Promise<void> {
    try {
      await this.api.propose(conversation.id, crypto.randomUUID(), seq);
      conversation.proposed.add(seq);
      this.tell(t.proposed);
    } catch (error) {
      this.warn(t.wentWrong, error);
    }
  }

  async handOver(conversation: DeskConversation, move: "transfer" | "return_to_queue" | "return_to_bot"): Promise<boolean> {
    if (!(await conversation.handOver(move))) return false;
    await this.refresh();
    return true;
  }

  // --- Reception ------------------------------------------------------------------------------

  /** Lists that another source has overtaken are fetched again: an old one would stay. */
  async refresh(): Promise<void> {
    const TRIES = 3;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const before = this.lists;
      const lists = await this.api.lists().catch((error: unknown) => { this.failed(error); return null; });
      if (!lists) return;
      if (before === this.lists) return this.setLists(lists);
    }
  }

  setPresence(presence: Presence): void {
    if (this.lists) this.lists = { ...this.lists, presence: { ...this.lists.presence, ...presence } };
    this.view.changed();
  }

  tell(message: string): void {
    this.message = message;
    this.alert = "";
    this.view.changed();
  }

  warn(problem: string, error: unknown): void {
    this.failed(error);
    this.alert = problem;
    this.view.changed();
  }

  // --- the feed -------------------------------------------------------------------------------

  private line(): Line {
    return {
      pollPauseMs: POLL_MS,
      socketUrl: () => this.api.socketUrl(),
      hello: () => ({ type: "hello", after: this.known() }),
      receive: (frame) => this.receive(frame),
      poll: (signal) => this.poll(signal),
      refused: () => this.view.loggedOut(),
      changed: (connection) => this.setConnection(connection),
    };
  }

  /** The last seq held of each conversation. */
  private known(): Record<string, number> {
    return Object.fromEntries([...this.conversations].map(([id, { log }]) => [id, log.last]));
  }

  private receive(frame: ServerFrame): void {
    this.heardAt = Date.now();
    switch (frame.type) {
      case "conversations": return this.setLists(frame);
      case "events": return this.takeEvents(frame);
      case "pulse": this.feed.send({ type: "here" }); return; // keeps the agent's lease, also in a hidden page
      case "typing":
        if (frame.conversation_id && frame.actor === "citizen") {
          this.conversations.get(frame.conversation_id)?.typing.set("citizen", frame.on);
        }
    }
  }

  private async poll(signal: AbortSignal): Promise<void> {
    try {
      this.setLists(await this.api.lists(signal));
      this.heardAt = Date.now();
      await Promise.all(this.watched().map((conversation) => conversation.load(signal)));
    } catch (error) {
      this.failed(error);
      if (isTemporary(error)) throw error;
    }
  }

  // --- DeskListener ---------------------------------------------------------------------------

  refused(conversation: DeskConversation, _entry: Entry, error: ApiError): void {
    this.failed(error);
    if (this.panes.ids.includes(conversation.id)) this.alert = error.text || t.refused;
    this.load(conversation);
    void this.refresh();
  }

  changed(): void { this.view.changed(); }

  heard(conversation: DeskConversation, events: readonly ChatEvent[]): void {
    this.view.heard(conversation, events);
  }

  typing(id: string, on: boolean): void {
    if (!this.isHeld(id)) return;
    if (this.feed.send({ type: "typing", conversation_id: id, on })) return;
    this.api.typing(id, on).catch((error: unknown) => this.failed(error));
  }

  failed(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) this.view.loggedOut();
  }

  // --------------------------------------------------------------------------------------------

  private open(id: string): DeskConversation {
    const known = this.conversations.get(id);
    if (known) return known;
    const conversation = new DeskConversation(id, this.api, this.session, this);
    this.conversations.set(id, conversation);
    const summary = this.summaryOf(id);
    if (summary) conversation.follow(summary);
    return conversation;
  }

  private load(conversation: DeskConversation): void {
    conversation.load().catch((error: unknown) => {
      this.failed(error);
      if (!(error instanceof ApiError)) return;
      if (error.status === 404) conversation.leave();
      else if (conversation.id === this.selectedId) this.alert = error.text;
      this.view.changed();
    });
  }

  private setConnection(connection: Connection): void {
    this.connection = connection;
    this.trouble.follow(connection);
    if (connection === "connecting") return this.view.changed();
    for (const { outbox } of this.conversations.values()) if (outbox.failing) outbox.retry();
    if (this.selected) this.load(this.selected);
    this.view.changed();
  }

  private setLists({ waiting, mine, presence, errands }: Lists): void {
    const before = this.lists;
    const roles = new Map(this.panes.ids.map((id) => [id, before && this.stateOf(id)]));
    this.lists = {
      waiting: unique(waiting), mine: unique(mine),
      presence: presence ?? before?.presence, errands: errands ?? before?.errands,
    };
    this.view.called(newSignals(before, this.lists).filter((signal) => this.isNews(signal)));
    for (const summary of [...this.waiting, ...this.mine]) this.conversations.get(summary.conversation_id)?.follow(summary);
    this.prune(before === null);
    for (const [id, state] of roles) this.reloadIfMoved(id, state);
    this.arranged();
  }

  /** Not what the agent reads just now, and no queue for who takes nobody. */
  private isNews({ kind, summary }: Signal): boolean {
    if (kind === "queue") return (this.lists?.presence?.limit ?? 1) > 0;
    return kind !== "message" || summary.conversation_id !== this.selectedId || !this.view.attentive();
  }

  /** Let go of what is neither ours, nor looked at, nor has anything unsent. */
  private prune(first: boolean): void {
    for (const id of this.panes.ids) {
      if (this.roleOf(id) === "gone" && (first || id !== this.selectedId)) this.panes.close(id);
    }
    for (const [id, conversation] of this.conversations) {
      if (this.roleOf(id) !== "gone" && this.roleOf(id) !== "queue") continue;
      if (this.panes.ids.includes(id) || conversation.outbox.entries.length) continue;
      conversation.stop();
      this.conversations.delete(id);
    }
  }

  /** Conversations that we do not hold send no events: fetch when the list tells of a change. */
  private reloadIfMoved(id: string, before: string | null): void {
    const conversation = this.panes.ids.includes(id) ? this.conversations.get(id) : null;
    if (!conversation) return;
    const now = this.stateOf(id);
    if (now === "gone") conversation.leave();
    else if (now === "waiting" || now === "offered" || now !== before) this.load(conversation);
  }

  private stateOf(id: string): string { return this.summaryOf(id)?.state ?? "gone"; }

  private takeEvents(frame: ServerFrame & { type: "events" }): void {
    if (!frame.conversation_id) return;
    const known = this.conversations.get(frame.conversation_id);
    if (known) known.take(frame);
    else this.load(this.open(frame.conversation_id)); // has the dossier too
  }

  private watched(): DeskConversation[] {
    const ids = new Set([...this.mine.map((summary) => summary.conversation_id), ...this.panes.ids]);
    return [...this.conversations.values()].filter(({ id }) => ids.has(id));
  }

  private arranged(): void {
    if (this.panes.ids.length) this.keptPanes.save(this.panes.state);
    else this.keptPanes.clear();
    this.view.changed();
  }
}

/** One row each, whatever the server sent. */
function unique(summaries: readonly Summary[]): Summary[] {
  return [...new Map(summaries.map((summary) => [summary.conversation_id, summary])).values()];
}
