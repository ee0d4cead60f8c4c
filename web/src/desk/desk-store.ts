import { Feed, type Connection, type Line } from "../shared/feed";
import { ApiError, isTemporary } from "../shared/http";
import type { Entry } from "../shared/outbox";
import { TabStore } from "../shared/storage";
import { Trouble } from "../shared/trouble";
import type { ChatEvent, Lists, Presence, ServerFrame } from "../shared/types";
import { deskTexts as t } from "../texts/sv-desk";
import { DeskConversation, type DeskListener } from "./desk-conversation";
import type { DeskApi } from "./desk-api";
import { DeskSession } from "./desk-session";
import { Intake, type Reception } from "./intake";
import { Overview } from "./overview";
import { formatDue } from "./timing";
import { Panes, type PanesState } from "./panes";
import { Rows, unique, without } from "./rows";
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

/** Everything a logged-in agent sees; one feed brings the news of all conversations. */
export class DeskStore extends Rows implements DeskListener, Reception {
  connection: Connection = "connecting";
  /** When the server was last heard, ms; 0 before. */
  heardAt = 0;
  alert = "";
  message = "";
  readonly panes: Panes;
  readonly intake: Intake;
  readonly overview = new Overview({
    fetch: () => this.api.held(), renew: (take) => this.renew(take), failed: (error) => this.failed(error),
  });
  readonly trouble = new Trouble(() => this.view.changed());
  private readonly conversations = new Map<string, DeskConversation>();
  private readonly feed = new Feed(this.line());
  private readonly session: DeskSession;
  private readonly keptPanes: TabStore<PanesState>;
  /** The panes stand as they were left, and it is not known yet which conversations are gone. */
  private restoring = true;
  /** What this connection has been told that we read, besides our own. */
  private reading: readonly string[] = [];

  constructor(private readonly api: DeskApi, username: string, private readonly view: DeskView) {
    super();
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
    this.overview.stop();
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

  /** Open or close the list of what colleagues have. */
  toggleTheirs(): void {
    this.overview.opened = !this.overview.opened;
    this.arranged();
  }

  decline(id: string): void {
    this.open(id).move("decline");
    this.closePane(id);
  }

  /** Close a conversation with its outcome, or give it back to the bot, and say what was promised. */
  async finish(conversation: DeskConversation): Promise<boolean> {
    const done = conversation.ending?.to === "bot" ? t.toBotDone : t.closed;
    const closed = await conversation.finish();
    if (!closed) return false;
    this.panes.close(conversation.id);
    await this.refresh();
    const { errand } = closed;
    this.tell(errand ? `${done} ${t.promised(errand.reference, formatDue(errand.due_at, Date.now()))}` : done);
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

  async handOver(conversation: DeskConversation, move: "transfer" | "return_to_queue"): Promise<boolean> {
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
      hello: () => this.hello(),
      receive: (frame) => this.receive(frame),
      poll: (signal) => this.poll(signal),
      refused: () => this.view.loggedOut(),
      changed: (connection) => this.setConnection(connection),
    };
  }

  /** The last seq held of each conversation; a new connection knows nothing of what we read. */
  private hello(): object {
    this.reading = [];
    return { type: "hello", after: Object.fromEntries([...this.conversations].map(([id, { log }]) => [id, log.last])) };
  }

  /** Have the events brought of what colleagues have and our panes show. */
  private tellReading(): void {
    const ids = this.panes.ids.filter((id) => this.roleOf(id) === "colleague");
    if (ids.join() === this.reading.join()) return;
    if (this.feed.send({ type: "reading", conversations: ids })) this.reading = ids;
  }

  private receive(frame: ServerFrame): void {
    this.heardAt = Date.now();
    this.tellReading();
    switch (frame.type) {
      case "conversations": return this.setLists(frame);
      case "events": return this.takeEvents(frame);
      case "pulse": this.feed.send({ type: "here" }); return; // keeps the agent's lease, also in a hidden page
      case "typing":
        if (frame.conversation_id) {
          this.conversations.get(frame.conversation_id)?.typing.set(frame.agent_name ?? frame.actor, frame.on);
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

  moved(): void { void this.overview.load(); }

  advised({ id }: DeskConversation): void {
    const summary = this.summaryOf(id);
    if (summary) this.call([{ kind: "note", summary }]);
  }

  typing(id: string, on: boolean): void {
    if (!this.writesIn(id)) return;
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

  private setLists({ waiting, mine, asked = [], presence, errands }: Lists): void {
    const before = this.lists;
    const lists = {
      waiting: unique(waiting), mine: unique(mine), asked: without(unique(asked), mine),
      presence: presence ?? before?.presence, errands: errands ?? before?.errands,
    };
    this.renew(() => {
      this.lists = lists;
      this.call(newSignals(before, lists));
    });
  }

  /** Take in a newer list, and bring panes and conversations in step with it. */
  private renew(take: () => void): void {
    const states = new Map(this.panes.ids.map((id) => [id, this.stateOf(id)]));
    take();
    for (const { conversation_id: id } of this.held) if (this.isHeld(id)) this.open(id); // advice is news in each
    for (const conversation of this.conversations.values()) {
      const summary = this.summaryOf(conversation.id);
      if (summary) conversation.follow(summary);
    }
    this.prune();
    for (const [id, state] of states) this.reloadIfMoved(id, state);
    this.arranged();
  }

  private call(signals: readonly Signal[]): void { this.view.called(signals.filter((signal) => this.isNews(signal))); }

  /** Not what the agent reads just now, and no queue for who takes nobody. */
  private isNews({ kind, summary }: Signal): boolean {
    if (kind === "queue") return (this.lists?.presence?.limit ?? 1) > 0;
    if (kind === "offer" || kind === "asked") return true;
    return summary.conversation_id !== this.selectedId || !this.view.attentive();
  }

  /** Let go of what is neither ours, nor looked at, nor has anything unsent. */
  private prune(): void {
    const gone = this.panes.ids.filter((id) => this.roleOf(id) === "gone");
    if (!this.lists || (this.restoring && gone.length && !this.overview.items)) return; // a colleague may have it
    for (const id of gone) if (this.restoring || id !== this.selectedId) this.panes.close(id);
    this.restoring = false;
    for (const [id, conversation] of this.conversations) {
      if (this.isMine(id)) continue;
      if (this.panes.ids.includes(id) || conversation.outbox.entries.length) continue;
      conversation.stop();
      this.conversations.delete(id);
    }
  }

  /** Conversations that we do not hold send no events: fetch when the list tells of a change. */
  private reloadIfMoved(id: string, before: string): void {
    const conversation = this.panes.ids.includes(id) ? this.conversations.get(id) : null;
    if (!conversation) return;
    const now = this.stateOf(id);
    if (now === "gone" && this.restoring) return;
    if (now === "gone") conversation.leave();
    else if (now === "waiting" || now === "offered" || now !== before) this.load(conversation);
  }

  private stateOf(id: string): string { return this.summaryOf(id)?.state ?? "gone"; }

  private takeEvents(frame: ServerFrame & { type: "events" }): void {
    if (!frame.conversation_id) return;
    const known = this.conversations.get(frame.conversation_id);
    if (known) known.take(frame);
    else if (this.roleOf(frame.conversation_id) !== "gone") this.load(this.open(frame.conversation_id)); // has the dossier too
  }

  private watched(): DeskConversation[] {
    const ids = new Set([...this.mine.map((summary) => summary.conversation_id), ...this.panes.ids]);
    return [...this.conversations.values()].filter(({ id }) => ids.has(id));
  }

  private arranged(): void {
    if (this.panes.ids.length) this.keptPanes.save(this.panes.state);
    else this.keptPanes.clear();
    this.overview.watch(this.looksAtTheirs());
    this.tellReading();
    this.view.changed();
  }

  private looksAtTheirs(): boolean {
    const unsure = this.restoring && this.lists !== null;
    return this.overview.opened || this.panes.ids.map((id) => this.roleOf(id)).some((role) => role === "colleague" || (unsure && role === "gone"));
  }
}
