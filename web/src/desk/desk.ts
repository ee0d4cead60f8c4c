import { html, LitElement, nothing } from "lit";
import { query, state } from "lit/decorators.js";
import "../shared/announcer";
import "../shared/composer";
import type { Announcer } from "../shared/announcer";
import type { Composer } from "../shared/composer";
import { define } from "../shared/define";
import { Follower, followTranscript } from "../shared/follow";
import { ApiError } from "../shared/http";
import { spoken } from "../shared/message-view";
import { base, tokens } from "../shared/tokens";
import { transcriptStyles } from "../shared/transcript-styles";
import type { Agent, ChatEvent } from "../shared/types";
import { deskTexts as t } from "../texts/sv";
import { conversationView, type ConversationUse } from "./conversation-view";
import { DeskApi } from "./desk-api";
import type { DeskConversation } from "./desk-conversation";
import { DeskStore, type DeskView } from "./desk-store";
import { deskStyles } from "./desk-styles";
import { dossierView } from "./dossier-view";
import { listsView } from "./lists-view";
import { loginView } from "./login-view";
import { topView } from "./top-view";

/**
 * The agents' desk: log in, see the queue, take conversations and answer.
 *
 * Three columns: conversations and queue, the open conversation, and why it came here.
 */
export class Desk extends LitElement implements DeskView {
  static override styles = [tokens, base, transcriptStyles, deskStyles];

  @state() private agent: Agent | null = null;
  @state() private ready = false;
  @state() private loginProblem = "";
  @state() private busy = false;
  @state() private asksClose = false;
  @state() private now = Date.now();
  @query("kommun-announcer") private announcer!: Announcer | null;
  @query("kommun-composer") private composer!: Composer | null;
  private store: DeskStore | null = null;
  private shownId: string | null = null;
  private clock: ReturnType<typeof setInterval> | undefined;
  private readonly api = new DeskApi(new URL(".", location.href).href);
  private readonly follower = new Follower(() => followTranscript(this.renderRoot, () => document.scrollingElement));

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("keydown", this.key);
    addEventListener("scroll", this.follower.scrolled);
    document.addEventListener("visibilitychange", this.look);
    this.clock = setInterval(() => { if (this.store?.waiting.length) this.now = Date.now(); }, 1000);
    void this.recall();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.key);
    removeEventListener("scroll", this.follower.scrolled);
    document.removeEventListener("visibilitychange", this.look);
    clearInterval(this.clock);
    this.store?.stop();
  }

  // --- DeskView -------------------------------------------------------------------------------

  changed(): void { this.requestUpdate(); }

  say(text: string): void { this.announcer?.say(text); }

  heard(conversation: DeskConversation, events: readonly ChatEvent[]): void {
    if (conversation.id !== this.store?.selectedId) return;
    for (const event of events) this.say(spoken(event, { texts: t, own: "agent" }));
  }

  loggedOut(): void {
    if (!this.agent) return;
    this.leave();
    this.loginProblem = t.loggedOut;
  }

  // --------------------------------------------------------------------------------------------

  override render() {
    if (!this.ready) return html`<main class="wait"><h1>${t.product}</h1><p role="status">${t.loading}</p></main>`;
    if (!this.agent || !this.store) {
      return loginView({ problem: this.loginProblem, busy: this.busy, login: this.login });
    }
    return this.deskView(this.agent, this.store);
  }

  private deskView(agent: Agent, store: DeskStore) {
    const { selected } = store;
    return html`<div class="desk ${selected ? "has-open" : ""}">
      ${topView(agent, store, this.logout)}
      <div class="notice" role="alert">${store.alert ? html`<p class="alert">${store.alert}</p>` : nothing}</div>
      <nav class="lists" aria-label=${t.lists}>${listsView(store, this.now, {
        select: (id) => this.select(id), take: (id) => void this.take(() => store.take(id)), takeNext: () => void this.take(() => store.takeNext()),
      })}</nav>
      <main class="middle">
        ${selected ? conversationView(store, selected, this.use(selected)) : html`<div class="empty"><p>${t.pick}</p><p>${t.shortcuts}</p></div>`}
      </main>
      ${selected ? html`<aside class="side" aria-label=${t.dossier}>${dossierView(selected.dossier)}</aside>` : nothing}
      <kommun-announcer></kommun-announcer>
    </div>`;
  }

  override updated(): void {
    const { store } = this;
    document.title = store?.waiting.length ? t.titleWaiting(store.waiting.length) : t.title;
    const selected = store?.selected ?? null;
    if (selected?.id !== this.shownId) this.follower.resume();
    this.shownId = selected?.id ?? null;
    const items = this.renderRoot.querySelectorAll(".messages > li");
    this.follower.show(items[items.length - 1] ?? null);
    this.look();
  }

  private use(selected: DeskConversation): ConversationUse {
    return {
      scrolled: this.follower.scrolled,
      asksClose: this.asksClose,
      askClose: (asks) => { this.asksClose = asks; },
      back: () => this.select(null),
      take: () => void this.take(() => this.store?.take(selected.id)),
      move: (move) => { this.asksClose = false; selected.move(move); },
      draft: (text) => { selected.setDraft(text); },
      send: (text) => { this.follower.resume(); selected.send(text); this.composer?.focus(); },
    };
  }

  /** What stands before the agent's eyes is read. */
  private readonly look = (): void => {
    const { store } = this;
    if (!store?.selected || document.visibilityState === "hidden") return;
    if (store.isMine(store.selected.id)) store.selected.markSeen();
  };

  private async select(id: string | null): Promise<void> {
    this.asksClose = false;
    this.store?.select(id);
    await this.focusComposer();
  }

  private async take(action: () => Promise<unknown> | undefined): Promise<void> {
    await action();
    await this.focusComposer();
  }

  private async focusComposer(): Promise<void> {
    await this.updateComplete;
    await this.composer?.updateComplete;
    this.composer?.focus();
  }

  private async recall(): Promise<void> {
    try {
      this.enter((await this.api.me()).agent);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) this.loginProblem = t.loginUnreachable;
    }
    this.ready = true;
  }

  private readonly login = async (username: string, password: string): Promise<void> => {
    this.busy = true;
    this.loginProblem = "";
    try {
      this.enter((await this.api.login(username, password)).agent);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>("#mine-heading")?.focus();
    } catch (error) {
      this.loginProblem = error instanceof ApiError ? error.text || t.loginFailed : t.loginUnreachable;
    } finally {
      this.busy = false;
    }
  };

  private readonly logout = (): void => {
    void this.api.logout().catch(() => undefined);
    this.store?.forget();
    this.leave();
  };

  private enter(agent: Agent): void {
    this.agent = agent;
    this.store = new DeskStore(this.api, agent.username, this);
    this.store.start();
  }

  private leave(): void {
    this.store?.stop();
    this.store = null;
    this.agent = null;
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !this.store) return;
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    this.asksClose = false;
    this.store.step(event.key === "ArrowDown" ? 1 : -1);
    void this.focusComposer();
  };
}

define("kommun-desk", Desk);
