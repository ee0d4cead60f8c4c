import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import "../shared/composer";
import type { Composer } from "../shared/composer";
import { define } from "../shared/define";
import { Follower, followTranscript } from "../shared/follow";
import { formatShare, formatWait } from "../shared/format";
import { icons } from "../shared/icons";
import { transcriptView, type Reading } from "../shared/message-view";
import { base } from "../shared/tokens";
import { transcriptStyles } from "../shared/transcript-styles";
import type { ChatMessage, DeskMove } from "../shared/types";
import { deskTexts as t } from "../texts/sv-desk";
import "./close-form";
import type { DeskApi } from "./desk-api";
import { CITIZEN, type DeskConversation, type Sheet } from "./desk-conversation";
import type { DeskStore } from "./desk-store";
import { deskIcons } from "./icons";
import type { Destination, Note, PreparedReply } from "./model";
import { paneStyles } from "./pane-styles";
import "./replies-picker";
import type { Role } from "./rows";
import { spell, type Keys } from "./shortcuts";
import { suggestionsView } from "./suggestions-view";
import { REPLY, secondsLeft, waitLevel } from "./timing";
import "./transfer-sheet";
import type { Way } from "./transfer-sheet";

const MAX_LENGTH = 2000; // the API's limit for one message

type View = TemplateResult | typeof nothing;

/**
 * One conversation: read only while it waits or a colleague has it, with a composer once we have
 * joined, with composer and moves once it is ours, with the form for its outcome once it has ended.
 *
 * @fires activate - the agent works in this pane
 * @fires say - detail: what is told to those who do not see it
 */
export class Pane extends LitElement {
  static override styles = [base, transcriptStyles, paneStyles];

  @property({ attribute: false }) store!: DeskStore;
  @property({ attribute: false }) api!: DeskApi;
  @property({ attribute: false }) conversation!: DeskConversation;
  @property({ attribute: false }) own = "";
  @property({ attribute: false }) ownName = "";
  @property({ attribute: false }) keys!: Keys;
  /** Drawn again when it changes. */
  @property({ attribute: false }) revision = 0;
  /** Ticks while something in the pane counts time. */
  @property({ attribute: false }) now = 0;
  @property({ type: Boolean, reflect: true }) focused = false;
  /** There is room for others beside it. */
  @property({ type: Boolean }) wide = false;
  @query("kommun-composer") private composer!: Composer | null;
  @query(".foot") private foot!: HTMLElement;
  @query(".log") private log!: HTMLElement;
  /** The agent has asked to join or to leave: what they pressed goes away under the focus. */
  private turning: "join" | "leave" | null = null;
  private footHeight = 0;
  private readonly reading: Reading = { texts: t, own: "agent", choose: null, note: (message) => this.noteView(message) };
  private readonly follower = new Follower(() => followTranscript(this.renderRoot, () => document.scrollingElement));

  /** Suggestions and forms grow after they are drawn; the newest words stay in view above them. */
  private readonly sizes = new ResizeObserver(() => this.follow());

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("scroll", this.scrolled);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("scroll", this.scrolled);
    this.sizes.disconnect();
  }

  /** Put the cursor where the agent goes on: the composer, or what stands in its place. */
  async focusWork(): Promise<void> {
    await this.updateComplete;
    await this.composer?.updateComplete;
    this.composer?.focus();
  }

  show(sheet: Sheet | null, to: Destination = "end"): void {
    if (sheet && this.standing !== "held" && !(sheet === "replies" && this.joined)) return;
    if (sheet === "close") this.conversation.beginEnding(to);
    this.conversation.sheet = sheet;
    this.store.changed();
    if (!sheet) void this.focusWork();
  }

  insertSuggestion(): void {
    const first = this.conversation.suggestions.items[0];
    if (first && this.store.writesIn(this.conversation.id)) void this.insert(first.text);
  }

  toggleHold(): void {
    if (this.standing === "held") this.move(this.conversation.status?.state === "on_hold" ? "pick_up" : "hold");
  }

  get standing(): Role { return this.store.roleOf(this.conversation.id); }

  private get joined(): boolean { return this.store.hasJoined(this.conversation.id); }

  override render() {
    const { conversation: open, standing: role } = this;
    const unsent = { entries: open.unsent, failing: open.outbox.failing, retry: () => open.outbox.retry() };
    const question = open.dossier?.question || this.store.summaryOf(open.id)?.question || t.conversation;
    return html`<section class="pane" aria-label=${t.paneOf(question)} aria-current=${this.focused ? "true" : nothing}
        @focusin=${this.activate} @pointerdown=${this.activate}>
      ${this.headView(question, role)}
      <div class="log" role="log" aria-live="off" aria-label=${t.log} tabindex="0" @scroll=${this.scrolled}>
        ${transcriptView(open.log.events, unsent, this.reading)}
        <p class="typing" role="status">${writing(open.typing.who)}</p>
      </div>
      <div class="foot">${this.footView(role)}</div>
    </section>`;
  }

  protected override firstUpdated(): void { this.sizes.observe(this.foot); }

  protected override updated(): void {
    this.follow();
    this.keepFocus();
  }

  /** Who has joined goes on in the composer, who has left in what is read: not on the button to join again. */
  private keepFocus(): void {
    if (!this.turning || this.joined !== (this.turning === "join")) return;
    if (!this.focused) this.turning = null;
    if (this.turning === "join") void this.focusWork();
    if (this.turning === "leave") this.log.focus();
    this.turning = null;
  }

  private follow(): void {
    this.footHeight = this.foot.offsetHeight;
    const items = this.renderRoot.querySelectorAll(".messages > li");
    this.follower.show(items[items.length - 1] ?? null);
  }

  private noteView(message: ChatMessage): View {
    if (!this.canPropose(message)) return confidenceNote(message);
    if (this.conversation.proposed.has(message.seq)) return html`<span>${icons.check}${t.proposed}</span>`;
    return html`<button type="button" class="button quiet propose" title=${t.proposeHelp} @click=${() => void this.store.propose(this.conversation, message.seq)}>${t.propose}</button>`;
  }

  /** Only what the agent has written, while it is theirs. */
  private canPropose({ actor, agent_name }: ChatMessage): boolean {
    return actor === "agent" && agent_name === this.ownName && (this.standing === "held" || this.standing === "wrap_up");
  }

  private headView(question: string, role: Role): TemplateResult {
    const { id } = this.conversation;
    const pinned = this.store.panes.isPinned(id);
    return html`<div class="head">
      <button type="button" class="button quiet back" @click=${() => this.store.select(null)}>${icons.back}${t.back}</button>
      <h2>${question}</h2>
      ${this.wide ? html`<div class="pane-tools">
        <button type="button" class="button quiet tool ${pinned ? "chosen" : ""}" aria-pressed=${pinned ? "true" : "false"} title=${pinned ? t.unpinHelp : t.pinHelp}
          @click=${() => this.store.togglePin(id)}>${deskIcons.pin}<span class="hidden">${t.pin}</span></button>
        <button type="button" class="button quiet tool" title=${t.closePane} @click=${() => this.store.closePane(id)}>${icons.close}<span class="hidden">${t.closePane}</span></button>
      </div>` : nothing}
      <p class="state">${this.waitView()}${this.stateView()}</p>
      ${role === "held" ? this.movesView() : nothing}
    </div>`;
  }

  private waitView(): View {
    const summary = this.store.summaryOf(this.conversation.id);
    const since = summary?.waiting_since;
    if (!since || summary?.state === "waiting" || summary?.state === "offered") return nothing;
    const level = waitLevel(since, this.now, REPLY);
    return html`<span class="since ${level}">${level === "calm" ? icons.clock : icons.warn}${t.waitsReply} ${formatWait(since, this.now)}${t.waitMarks[level]
      ? html` · ${t.waitMarks[level]}` : nothing}</span>`;
  }

  private stateView(): View {
    const { notes, status } = this.conversation;
    const kind = this.store.summaryOf(this.conversation.id)?.kind;
    return html`${status?.state === "on_hold" ? html`<span class="chip">${deskIcons.pause}${t.states["on_hold"]}</span>` : nothing}
      ${kind && kind !== "citizen" ? html`<span class="chip">${t.kinds[kind] ?? kind}</span>` : nothing}
      ${notes.items.length ? html`<span class="chip note">${deskIcons.lock}${t.notesCount(notes.items.length)}</span>` : nothing}`;
  }

  private movesView(): TemplateResult {
    const held = this.conversation.status?.state === "on_hold";
    return html`<div class="moves">
      <button type="button" class="button" title=${spell(this.keys.hold)} @click=${() => this.toggleHold()}>${held ? deskIcons.play : deskIcons.pause}${held ? t.pickUp : t.hold}</button>
      <button type="button" class="button" title=${spell(this.keys.transfer)} @click=${() => this.show("transfer")}>${deskIcons.transfer}${t.transfer}</button>
      <button type="button" class="button primary" title=${spell(this.keys.close)} @click=${() => this.show("close")}>${t.close}</button></div>`;
  }

  private footView(role: Role): View {
    switch (role) {
      case "held": return this.heldView();
      case "wrap_up": return this.closeView(true);
      case "offered": return this.offeredView();
      case "queue": return this.previewView();
      case "colleague": return this.colleagueView();
      default: return this.conversation.status
        ? html`<p class="preview">${this.conversation.status.state === "closed" ? t.ended : t.gone}</p>` : nothing;
    }
  }

  /** What a colleague has: to read, or to take part in. */
  private colleagueView(): TemplateResult {
    const name = this.store.summaryOf(this.conversation.id)?.agent_name || t.colleague;
    if (!this.joined) {
      return html`<div class="preview"><p>${t.reading(name)}</p>
        <button type="button" class="button" title=${t.joinHelp} @click=${() => this.turn("join")}>${t.join}</button></div>`;
    }
    if (this.conversation.sheet === "replies") return this.repliesView();
    return html`<div class="preview joined"><p>${icons.check}${t.joinedLine(name)}</p>
      <button type="button" class="button" @click=${() => this.turn("leave")}>${t.leave}</button></div>${this.composerView()}`;
  }

  private heldView(): View {
    switch (this.conversation.sheet) {
      case "close": return this.closeView(false);
      case "transfer": return html`<kommun-desk-transfer .api=${this.api} .conversation=${this.conversation} .own=${this.own} .revision=${this.revision}
        @chosen=${(event: CustomEvent<Way>) => void this.handOver(event.detail)} @cancelled=${() => this.show(null)}></kommun-desk-transfer>`;
      case "replies": return this.repliesView();
      default: return html`${this.parkedView()}${this.adviceView()}${this.composerView()}`;
    }
  }

  private repliesView(): TemplateResult {
    return html`<kommun-desk-replies .api=${this.api} @cancelled=${() => this.show(null)}
      @picked=${(event: CustomEvent<PreparedReply>) => void this.insert(event.detail.text)}></kommun-desk-replies>`;
  }

  private parkedView(): View {
    return this.conversation.status?.state === "on_hold" ? html`<p class="on-hold">${deskIcons.pause}${t.heldLine}</p>` : nothing;
  }

  /** The region is there before the advice, so that it is read aloud when it comes. */
  private adviceView(): TemplateResult {
    const { advice } = this.conversation;
    return html`<div class="advice" role="status">${advice.length ? html`${deskIcons.lock}<div>${advice.map(adviceLine)}</div>
      <button type="button" class="button quiet" @click=${() => this.heed()}>${t.adviceHide}</button>` : nothing}</div>`;
  }

  private composerView(): TemplateResult {
    const open = this.conversation;
    return html`${suggestionsView(open.suggestions, spell(this.keys.suggestion), (suggestion) => void this.insert(suggestion.text))}
      <div class="writing"><kommun-composer .texts=${t} .value=${live(open.draft)} .max=${MAX_LENGTH}
        @draft=${(event: CustomEvent<string>) => open.setDraft(event.detail)}
        @message=${(event: CustomEvent<string>) => this.send(event.detail)}></kommun-composer>
      <button type="button" class="button tool replies" title="${t.replies} (${spell(this.keys.replies)})"
        @click=${() => this.show("replies")}>${deskIcons.replies}<span class="hidden">${t.replies}</span></button></div>`;
  }

  private closeView(ended: boolean): TemplateResult {
    return html`<kommun-desk-close .conversation=${this.conversation} ?ended=${ended} .revision=${this.revision}
      @finish=${() => void this.store.finish(this.conversation)} @cancelled=${() => this.show(null)}></kommun-desk-close>`;
  }

  private previewView(): TemplateResult {
    const summary = this.store.summaryOf(this.conversation.id);
    if (summary?.state === "offered") {
      return html`<p class="preview">${summary.agent_name ? t.offeredTo(summary.agent_name) : t.preview}</p>`;
    }
    return html`<div class="preview"><p>${t.preview}</p>
      <button type="button" class="button primary" @click=${() => void this.take()}>${t.take}</button></div>`;
  }

  private offeredView(): TemplateResult {
    const { id, notes: { handed } } = this.conversation;
    const until = this.store.summaryOf(id)?.offered_until;
    return html`${handed ? html`<p class="handed">${deskIcons.lock}<span><strong>${handed.agent_name ?? t.noteInternal}:</strong> ${handed.text}</span></p>` : nothing}
      <div class="preview"><p>${t.previewOffered}${until ? html` <span class="countdown">${t.offeredLeft(secondsLeft(until, this.now))}</span>` : nothing}</p>
      <span class="row"><button type="button" class="button" @click=${() => this.store.decline(id)}>${t.decline}</button>
      <button type="button" class="button primary" @click=${() => void this.take()}>${t.accept}</button></span></div>`;
  }

  /** A scroll because the foot grew is not the reader's wish to look back. */
  private readonly scrolled = (): void => {
    if (this.foot.offsetHeight === this.footHeight) this.follower.scrolled();
  };

  private readonly activate = (): void => {
    if (this.store.selectedId !== this.conversation.id) this.dispatchEvent(new CustomEvent("activate"));
  };

  private async take(): Promise<void> {
    await this.store.intake.take(this.conversation.id);
    await this.focusWork();
  }

  private send(text: string): void {
    this.follower.resume();
    this.conversation.send(text);
    this.composer?.focus();
  }

  private move(move: DeskMove): void { this.conversation.move(move); }

  private turn(move: "join" | "leave"): void {
    this.turning = move;
    this.move(move);
  }

  private heed(): void {
    this.conversation.heed();
    void this.focusWork();
  }

  private async handOver(way: Way): Promise<void> {
    if (way === "bot") return this.show("close", "bot");
    const { name, toDepartment } = this.conversation.handover;
    const done = await this.store.handOver(this.conversation, way);
    if (done && way === "transfer") this.store.tell(toDepartment ? t.transferredToDepartment(name) : t.transferred(name));
  }

  private async insert(text: string): Promise<void> {
    this.conversation.sheet = null;
    this.requestUpdate();
    await this.updateComplete;
    await this.composer?.updateComplete;
    this.composer?.insert(text);
    this.dispatchEvent(new CustomEvent("say", { detail: t.inserted }));
  }
}

function adviceLine({ kind, agent_name, department, text }: Note): TemplateResult {
  const name = agent_name ?? t.colleague;
  return html`<p><strong>${kind === "answer" && department ? t.adviceBy.answer(department.title, name) : t.adviceBy.whisper(name)}</strong> ${text}</p>`;
}

/** Who writes just now; of two agents in one conversation each sees that the other does. */
function writing(who: string | null): string {
  if (!who) return "";
  return who === CITIZEN ? t.citizenTyping : t.colleagueTyping(who);
}

function confidenceNote({ decision }: ChatMessage): View {
  if (!decision) return nothing;
  const parts: string[] = [t.outcomes[decision.outcome] ?? decision.outcome];
  if (typeof decision.confidence === "number") parts.push(t.confidence(formatShare(decision.confidence)));
  return html`<span>${parts.join(" · ")}</span>`;
}

define("kommun-desk-pane", Pane);
