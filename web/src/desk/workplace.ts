import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import "../shared/announcer";
import type { Announcer, Said } from "../shared/announcer";
import { define } from "../shared/define";
import { spoken } from "../shared/message-view";
import { base } from "../shared/tokens";
import type { Agent, ChatEvent } from "../shared/types";
import { deskTexts as t } from "../texts/sv-desk";
import { Attention } from "./attention";
import type { DeskApi } from "./desk-api";
import type { DeskConversation } from "./desk-conversation";
import { DeskStore, type DeskView } from "./desk-store";
import { deskStyles } from "./desk-styles";
import "./dialog";
import "./errands-page";
import type { ErrandsPage } from "./errands-page";
import "./keys-form";
import { listsStyles } from "./lists-styles";
import { listsView, type ListsUse } from "./lists-view";
import "./pane";
import type { Pane } from "./pane";
import { MOST_PANES } from "./panes";
import type { SettingsStore } from "./settings";
import "./settings-form";
import { actionOf, spell, type Action } from "./shortcuts";
import { sideStyles } from "./side-styles";
import { sideView, type SideTab } from "./side-view";
import type { Signal } from "./signals";
import { topView, type TopUse } from "./top-view";

const PANE_WIDTH = 350; // px that a conversation needs to be read and answered

/**
 * The desk of an agent who is logged in: own conversations and queue, up to three conversations
 * side by side, and what belongs to the one in focus.
 *
 * @fires logout - the agent wants to leave
 * @fires loggedout - the login has ended
 */
export class Workplace extends LitElement implements DeskView {
  static override styles = [base, deskStyles, listsStyles, sideStyles];

  @property({ attribute: false }) api!: DeskApi;
  @property({ attribute: false }) agent!: Agent;
  @property({ attribute: false }) settings!: SettingsStore;
  @state() private revision = 0;
  @state() private now = Date.now();
  @state() private fits = 1;
  @state() private tab: SideTab = "dossier";
  @state() private dialog: "settings" | "help" | null = null;
  @state() private showsErrands = false;
  @query("kommun-announcer") private announcer!: Announcer | null;
  @query(".panes") private room!: HTMLElement | null;
  private store!: DeskStore;
  private attention!: Attention;
  private clock: ReturnType<typeof setInterval> | undefined;
  private readonly sizes = new ResizeObserver(() => this.measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.store = new DeskStore(this.api, this.agent.username, this);
    this.attention = new Attention(this.settings, () => this.changed(), (id) => void this.select(id));
    this.attention.start();
    this.store.start();
    addEventListener("keydown", this.key);
    addEventListener("focus", this.look);
    document.addEventListener("visibilitychange", this.look);
    this.clock = setInterval(() => { this.now = Date.now(); }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.key);
    removeEventListener("focus", this.look);
    document.removeEventListener("visibilitychange", this.look);
    clearInterval(this.clock);
    this.sizes.disconnect();
    this.attention.stop();
    this.store.stop();
  }

  override focus(): void { this.renderRoot.querySelector<HTMLElement>("#mine-heading")?.focus(); }

  // --- DeskView -------------------------------------------------------------------------------

  changed(): void { this.revision += 1; }

  heard(conversation: DeskConversation, events: readonly ChatEvent[]): void {
    if (conversation.id !== this.store.selectedId) return;
    for (const event of events) if (!this.isOwn(event)) this.say(spoken(event, { texts: t, own: "agent" }));
  }

  called(signals: readonly Signal[]): void {
    this.attention.call(signals);
    const texts = { queue: t.newInQueue, offer: t.newOffer, asked: t.newAsked, note: t.newNote, message: t.newMessage };
    for (const { kind, summary } of signals) {
      const open = (kind === "message" || kind === "note") && summary.conversation_id === this.store.selectedId;
      if (!open) this.say(texts[kind](summary.question || t.noQuestion));
    }
  }

  private isOwn({ actor, agent_name }: ChatEvent): boolean { return actor === "agent" && (agent_name ?? this.agent.name) === this.agent.name; }

  attentive(): boolean { return document.visibilityState !== "hidden" && document.hasFocus(); }

  loggedOut(): void { this.dispatchEvent(new CustomEvent("loggedout")); }

  // --------------------------------------------------------------------------------------------

  override render() {
    const { store } = this;
    const side = this.settings.value.side;
    const open = store.selectedId !== null || this.showsErrands;
    return html`<div class="desk ${open ? "has-open" : ""} ${side ? "has-side" : ""}">
      ${topView(this.agent, store, this.now, this.topUse)}
      <div class="notice"><div role="alert">${store.alert ? html`<p class="alert">${store.alert}</p>` : nothing}</div>
        <p role="status" class="message">${store.message}</p></div>
      <nav class="lists" aria-label=${t.lists}>${listsView(store, this.now, this.listsUse)}</nav>
      <main class="middle">${this.showsErrands ? this.errandsView() : this.panesView()}</main>
      ${side ? sideView(store, this.api, { tab: this.tab, show: (tab) => { this.tab = tab; }, revision: this.revision }) : nothing}
      ${this.dialogView()}
      <kommun-announcer></kommun-announcer>
    </div>`;
  }

  protected override updated(): void {
    document.title = this.pageTitle();
    const { room } = this;
    if (room) this.sizes.observe(room);
    this.look();
  }

  private pageTitle(): string {
    const { waiting, mine } = this.store;
    const unread = mine.reduce((sum, one) => sum + (one.unread ?? 0), 0);
    if (waiting.length) return t.titleWaiting(waiting.length);
    return unread ? t.titleUnread(unread) : t.title;
  }

  private panesView(): TemplateResult {
    const { store } = this;
    const shown = store.panes.visible(this.fits);
    const { keys } = this.settings.value;
    return html`<div class="panes">${shown.length ? repeat(shown, (id) => id, (id) => this.paneView(id))
      : html`<div class="empty"><p>${t.pick}</p><p>${t.pickKeys(spell(keys.next), spell(keys.help))}</p></div>`}</div>`;
  }

  private paneView(id: string): TemplateResult {
    const { store } = this;
    return html`<kommun-desk-pane data-id=${id} theme=${this.settings.value.theme} .store=${store} .api=${this.api} .conversation=${store.conversation(id)}
      .own=${this.agent.username} .ownName=${this.agent.name} .keys=${this.settings.value.keys} .revision=${this.revision} .now=${this.now}
      ?focused=${id === store.selectedId} ?wide=${this.fits > 1} @activate=${() => store.select(id)}
      @say=${(event: CustomEvent<string>) => this.say(event.detail)}></kommun-desk-pane>`;
  }

  private errandsView(): TemplateResult {
    const { open = 0, overdue = 0 } = this.store.lists?.errands ?? {};
    return html`<kommun-desk-errands theme=${this.settings.value.theme} .api=${this.api} .version=${`${open}/${overdue}`}
      @back=${() => { this.showsErrands = false; }}></kommun-desk-errands>`;
  }

  private dialogView(): TemplateResult | typeof nothing {
    if (!this.dialog) return nothing;
    const settings = this.dialog === "settings";
    return html`<kommun-desk-dialog .heading=${settings ? t.settings : t.help} @closed=${() => { this.dialog = null; }}>${settings
      ? html`<kommun-desk-settings .settings=${this.settings} .attention=${this.attention} .revision=${this.revision}></kommun-desk-settings>`
      : html`<kommun-desk-keys .settings=${this.settings} .revision=${this.revision}></kommun-desk-keys>`}</kommun-desk-dialog>`;
  }

  private get topUse(): TopUse {
    return {
      muted: this.attention.muted,
      sound: this.settings.value.sound,
      setSound: (on) => { this.settings.set({ sound: on }); if (on) this.attention.sounds.unlock(); },
      side: this.settings.value.side,
      setSide: (side) => this.settings.set({ side }),
      unblock: () => this.attention.sounds.unlock(),
      settings: () => { this.dialog = "settings"; },
      help: () => { this.dialog = "help"; },
      logout: () => { this.store.forget(); this.dispatchEvent(new CustomEvent("logout")); },
    };
  }

  private get listsUse(): ListsUse {
    return {
      select: (id) => void this.select(id),
      take: (id) => void this.take(() => this.store.intake.take(id)),
      decline: (id) => this.store.decline(id),
      takeNext: () => void this.take(() => this.store.intake.takeNext()),
      toggleTheirs: () => this.store.toggleTheirs(),
      errands: () => void this.toggleErrands(),
      errandsOpen: this.showsErrands,
      ownName: this.agent.name,
    };
  }

  /** What stands before the agent's eyes is read. */
  private readonly look = (): void => {
    const { selected } = this.store;
    if (selected && this.attentive() && this.store.isHeld(selected.id)) selected.markSeen();
  };

  private measure(): void {
    const width = this.room?.clientWidth ?? 0;
    this.fits = Math.min(MOST_PANES, Math.max(1, Math.floor(width / PANE_WIDTH)));
  }

  private async select(id: string): Promise<void> {
    this.showsErrands = false;
    this.store.select(id);
    if (this.store.isAsked(id)) await this.writeNote(); // where it is answered
    else await this.focusWork();
  }

  private async take(action: () => Promise<void>): Promise<void> {
    this.showsErrands = false;
    await action();
    await this.focusWork();
  }

  private async toggleErrands(): Promise<void> {
    this.showsErrands = !this.showsErrands;
    await this.updateComplete;
    this.renderRoot.querySelector<ErrandsPage>("kommun-desk-errands")?.focus();
  }

  private async focusWork(): Promise<void> {
    await this.updateComplete;
    await this.pane?.focusWork();
  }

  private get pane(): Pane | null {
    return this.renderRoot.querySelector<Pane>("kommun-desk-pane[focused]");
  }

  private say(what: string | readonly Said[]): void { this.announcer?.say(what); }

  private readonly key = (event: KeyboardEvent): void => {
    if (this.dialog || event.defaultPrevented) return;
    const { keys, singleKeys } = this.settings.value;
    const action = actionOf(event, keys, singleKeys, isWriting(event));
    if (!action) return;
    event.preventDefault();
    this.act(action);
  };

  private act(action: Action): void {
    const { store, pane } = this;
    switch (action) {
      case "next": return this.step(1);
      case "previous": return this.step(-1);
      case "takeNext": return void this.take(() => store.intake.takeNext());
      case "accept": return this.accept();
      case "composer": return void (pane?.conversation.sheet ? pane.show(null) : pane?.focusWork());
      case "suggestion": return pane?.insertSuggestion();
      case "replies": return pane?.show("replies");
      case "note": return void this.writeNote();
      case "hold": return pane?.toggleHold();
      case "transfer": return pane?.show("transfer");
      case "close": return pane?.show("close");
      case "pin": return store.selectedId ? store.togglePin(store.selectedId) : undefined;
      case "errands": return void this.toggleErrands();
      case "settings": this.dialog = "settings"; return;
      case "help": this.dialog = "help"; return;
    }
  }

  private step(by: 1 | -1): void {
    this.showsErrands = false;
    this.store.step(by);
    void this.focusWork();
  }

  private accept(): void {
    const first = this.store.offered[0];
    if (first) void this.take(() => this.store.intake.take(first.conversation_id));
  }

  private async writeNote(): Promise<void> {
    this.tab = "dossier";
    if (!this.settings.value.side) this.settings.set({ side: true });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("kommun-desk-notes")?.focus();
  }
}

/** The key goes into a field. */
function isWriting(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

define("kommun-desk-work", Workplace);
