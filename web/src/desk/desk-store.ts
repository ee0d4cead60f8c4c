import { Feed, type Connection, type Line } from "../shared/feed";
import { ApiError, isTemporary } from "../shared/http";
import type { Entry } from "../shared/outbox";
import { Trouble } from "../shared/trouble";
import type { ChatEvent, Lists, ServerFrame, State, Summary } from "../shared/types";
import { deskTexts as t } from "../texts/sv";
import { DeskConversation, type DeskListener } from "./desk-conversation";
import type { DeskApi } from "./desk-api";
import { DeskSession } from "./desk-session";

const POLL_MS = 3_000;

export interface DeskView {
  changed(): void;
  say(text: string): void;
  heard(conversation: DeskConversation, events: readonly ChatEvent[]): void;
  /** The login has ended. */
  loggedOut(): void;
}

/** Everything a logged-in agent sees; one feed brings the news of all conversations. */
export class DeskStore implements DeskListener {
  lists: Lists | null = null;
  connection: Connection = "connecting";
  selectedId: string | null = null;
  takingId: string | null = null;
  alert = "";
  private readonly conversations = new Map<string, DeskConversation>();
  private readonly feed = new Feed(this.line());
  private readonly session: DeskSession;
  readonly trouble = new Trouble(() => this.view.changed());

  constructor(private readonly api: DeskApi, username: string, private readonly view: DeskView) {
    this.session = new DeskSession(username);
  }

  start(): void {
    this.trouble.follow("connecting");
    this.feed.start();
    for (const id of this.session.unsent()) this.open(id);
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
  }

  get selected(): DeskConversation | null {
    return this.selectedId ? (this.conversations.get(this.selectedId) ?? null) : null;
  }

  get waiting(): readonly Summary[] { return this.lists?.waiting ?? []; }

  get mine(): readonly Summary[] { return this.lists?.mine ?? []; }

  isMine(id: string): boolean {
    return this.mine.some((summary) => summary.conversation_id === id);
  }

  select(id: string | null): void {
    this.alert = "";
    this.selectedId = id;
    if (id) this.load(this.open(id));
    this.view.changed();
  }

  /** Go to the agent's next (1) or previous (-1) own conversation. */
  step(by: 1 | -1): void {
    const ids = this.mine.map((summary) => summary.conversation_id);
    if (!ids.length) return;
    const at = ids.indexOf(this.selectedId ?? "");
    const next = at < 0 ? 0 : (at + by + ids.length) % ids.length;
    this.select(ids[next] ?? null);
  }

  /** Take a waiting conversation; says who was faster when somebody was. */
  async take(id: string): Promise<boolean> {
    if (this.takingId) return false;
    this.takingId = id;
    this.alert = "";
    this.view.changed();
    try {
      await this.api.take(id);
      await this.refresh();
      this.select(id);
      return true;
    } catch (error) {
      this.failed(error);
      this.alert = error instanceof ApiError && error.text ? error.text : t.refused;
      void this.refresh();
      return false;
    } finally {
      this.takingId = null;
      this.view.changed();
    }
  }

  /** Take the one that has waited longest; the next one where a colleague was faster. */
  async takeNext(): Promise<void> {
    const TRIES = 3;
    for (const { conversation_id } of this.waiting.slice(0, TRIES)) {
      if (await this.take(conversation_id)) return;
    }
  }

  // --- the feed -------------------------------------------------------------------------------

  private line(): Line {
    return {
      pollPauseMs: POLL_MS,
      socketUrl: () => this.api.socketUrl(),
      hello: () => ({ type: "hello", after: this.held() }),
      receive: (frame) => this.receive(frame),
      poll: (signal) => this.poll(signal),
      refused: () => this.view.loggedOut(),
      changed: (connection) => this.setConnection(connection),
    };
  }

  /** The last seq held of each conversation. */
  private held(): Record<string, number> {
    return Object.fromEntries([...this.conversations].map(([id, { log }]) => [id, log.last]));
  }

  private receive(frame: ServerFrame): void {
    switch (frame.type) {
      case "conversations": return this.setLists({ waiting: frame.waiting, mine: frame.mine });
      case "events": return this.takeEvents(frame);
      case "typing":
        if (frame.conversation_id && frame.actor === "citizen") {
          this.conversations.get(frame.conversation_id)?.typing.set("citizen", frame.on);
        }
    }
  }

  private async poll(signal: AbortSignal): Promise<void> {
    try {
      this.setLists(await this.api.lists(signal));
      await Promise.all(this.watched().map((conversation) => conversation.load(signal)));
    } catch (error) {
      this.failed(error);
      if (isTemporary(error)) throw error;
    }
  }

  // --- DeskListener ---------------------------------------------------------------------------

  refused(conversation: DeskConversation, _entry: Entry, error: ApiError): void {
    this.failed(error);
    if (conversation.id === this.selectedId) this.alert = error.text || t.refused;
    this.load(conversation);
    void this.refresh();
  }

  changed(): void { this.view.changed(); }

  heard(conversation: DeskConversation, events: readonly ChatEvent[]): void {
    this.view.heard(conversation, events);
  }

  typing(id: string, on: boolean): void {
    if (!this.isMine(id)) return;
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

  private async refresh(): Promise<void> {
    await this.api.lists().then((lists) => this.setLists(lists), (error: unknown) => this.failed(error));
  }

  private setConnection(connection: Connection): void {
    this.connection = connection;
    this.trouble.follow(connection);
    if (connection === "connecting") return;
    for (const { outbox } of this.conversations.values()) if (outbox.failing) outbox.retry();
    if (this.selected) this.load(this.selected);
    this.view.changed();
  }

  private setLists(lists: Lists): void {
    const known = new Set([...this.waiting, ...this.mine].map((summary) => summary.conversation_id));
    const first = this.lists === null;
    const before = this.stateOf(this.selectedId);
    this.lists = lists;
    for (const summary of lists.waiting) {
      if (!first && !known.has(summary.conversation_id)) this.view.say(t.newInQueue(summary.question || t.noQuestion));
    }
    this.prune();
    this.reloadIfMoved(before);
    this.view.changed();
  }

  /** Let go of what is neither ours, nor looked at, nor has anything unsent. */
  private prune(): void {
    for (const [id, conversation] of this.conversations) {
      if (this.isMine(id) || id === this.selectedId || conversation.outbox.entries.length) continue;
      conversation.stop();
      this.conversations.delete(id);
    }
  }

  /** Conversations that are not ours send no events: fetch when the list tells of a change. */
  private reloadIfMoved(before: State | "gone" | null): void {
    const { selected } = this;
    if (!selected) return;
    const now = this.stateOf(selected.id);
    if (now === "gone") selected.leave();
    else if (now === "waiting" || now !== before) this.load(selected);
  }

  private stateOf(id: string | null): State | "gone" | null {
    if (!id) return null;
    return [...this.waiting, ...this.mine].find((summary) => summary.conversation_id === id)?.state ?? "gone";
  }

  private takeEvents(frame: ServerFrame & { type: "events" }): void {
    if (!frame.conversation_id) return;
    const known = this.conversations.get(frame.conversation_id);
    if (known) known.take(frame);
    else this.load(this.open(frame.conversation_id)); // has the dossier too
  }

  private watched(): DeskConversation[] {
    const ids = new Set([...this.mine.map((summary) => summary.conversation_id), this.selectedId]);
    return [...this.conversations.values()].filter(({ id }) => ids.has(id));
  }
}
