import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { base } from "../shared/tokens";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskApi } from "./desk-api";
import type { DeskConversation } from "./desk-conversation";
import { deskIcons } from "./icons";
import type { Colleague } from "./model";
import { partStyles } from "./part-styles";
import { told } from "./problem";

const AGAIN_MS = 5_000; // colleagues come, go and fill up while one thinks

export type Way = "transfer" | "return_to_queue" | "return_to_bot";

/**
 * Hands a conversation on: to a colleague with a note, to the queue, or to the bot.
 *
 * @fires chosen - detail: a Way; whom and what is in the conversation's `handover`
 * @fires cancelled - Esc, or the button
 */
export class TransferSheet extends LitElement {
  static override styles = [base, partStyles];

  @property({ attribute: false }) api!: DeskApi;
  @property({ attribute: false }) conversation!: DeskConversation;
  @property({ attribute: false }) own = "";
  /** Drawn again when it changes. */
  @property({ attribute: false }) revision = 0;
  @state() private colleagues: readonly Colleague[] | null = null;
  @state() private problem = "";

  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    this.timer = setInterval(() => void this.load(), AGAIN_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  protected override firstUpdated(): void { this.renderRoot.querySelector<HTMLElement>("h3")?.focus(); }

  override render() {
    const { handover, status } = this.conversation;
    return html`<section class="sheet" aria-labelledby="transfer-title" @keydown=${this.key}>
      <div class="sheet-head"><h3 id="transfer-title" tabindex="-1">${t.transfer}</h3>
        <button type="button" class="button quiet" @click=${this.cancel}>${t.cancel}</button></div>
      <div role="alert">${this.problem || handover.problem ? html`<p class="banner">${icons.warn}<span>${this.problem || handover.problem}</span></p>` : nothing}</div>
      ${this.colleaguesView()}
      <div class="field"><label for="note">${deskIcons.lock} ${t.transferNote}</label>
        <p class="help" id="note-help">${t.transferNoteHelp}</p>
        <textarea id="note" rows="2" maxlength="2000" aria-describedby="note-help" aria-invalid=${handover.missing === "note" ? "true" : "false"}
          .value=${live(handover.note)} @input=${(event: Event) => { handover.note = (event.target as HTMLTextAreaElement).value; }}></textarea>
        <div role="alert">${handover.missing ? html`<p class="missing">${icons.warn}${handover.missing === "to" ? t.transferWhoMissing : t.transferNoteMissing}</p>` : nothing}</div></div>
      <div class="row">
        <button type="button" class="button primary" aria-disabled=${handover.busy ? "true" : "false"} @click=${() => this.choose("transfer")}>${t.transferDo}</button>
        <span class="help">${t.transferOther}</span>
        <button type="button" class="button" @click=${() => this.choose("return_to_queue")}>${t.returnToQueue}</button>
        ${status?.state === "on_hold" ? nothing
          : html`<button type="button" class="button" @click=${() => this.choose("return_to_bot")}>${t.returnToBot}</button>`}
      </div>
    </section>`;
  }

  private colleaguesView(): TemplateResult {
    const colleagues = (this.colleagues ?? []).filter(({ username }) => username !== this.own);
    if (!this.colleagues) return html`<p class="help" role="status">${this.problem ? "" : t.loading}</p>`;
    if (!colleagues.some(({ online }) => online)) return html`<p class="none">${t.transferNobody}</p>`;
    return html`<fieldset><legend>${t.transferTo}</legend><p class="help">${t.transferHelp}</p>
      ${colleagues.map((colleague) => this.colleagueView(colleague))}</fieldset>`;
  }

  private colleagueView({ username, name, status, online, held, limit }: Colleague): TemplateResult {
    const { handover } = this.conversation;
    const free = online && held < limit;
    const room = online ? `${status} · ${t.colleagueRoom(held, limit)}` : t.colleagueOff;
    return html`<div><label class="check"><input type="radio" name="to" value=${username} ?disabled=${!free} .checked=${live(handover.to === username)}
      @change=${() => { handover.to = username; handover.name = name; handover.missing = null; this.requestUpdate(); }}>
      <span>${name} <span class="tag ${free ? "good" : ""}">${room}</span></span></label></div>`;
  }

  private async load(): Promise<void> {
    try {
      this.colleagues = (await this.api.colleagues()).colleagues;
      this.problem = "";
    } catch (error) {
      this.problem = told(error);
    }
  }

  private choose(way: Way): void {
    if (!this.conversation.handover.busy) this.dispatchEvent(new CustomEvent("chosen", { detail: way }));
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.cancel();
  };

  private readonly cancel = (): void => { this.dispatchEvent(new CustomEvent("cancelled")); };
}

define("kommun-desk-transfer", TransferSheet);
