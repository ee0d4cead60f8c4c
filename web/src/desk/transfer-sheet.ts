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
import type { Colleague, Department, Receiver } from "./model";
import { partStyles } from "./part-styles";
import { told } from "./problem";

const AGAIN_MS = 5_000; // colleagues come, go and fill up while one thinks

export type Way = "transfer" | "return_to_queue" | "bot";

/**
 * Hands a conversation on: to a colleague or a department with a note, to the queue, or to the bot.
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
  @state() private departments: readonly Department[] = [];
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
      ${this.departments.length ? this.departmentsView() : nothing}
      <div class="field"><label for="note">${deskIcons.lock} ${handover.toDepartment ? t.transferNoteDepartment : t.transferNote}</label>
        <p class="help" id="note-help">${t.transferNoteHelp}</p>
        <textarea id="note" rows="2" maxlength="2000" aria-describedby="note-help" aria-invalid=${handover.missing === "note" ? "true" : "false"}
          .value=${live(handover.note)} @input=${(event: Event) => { handover.note = (event.target as HTMLTextAreaElement).value; }}></textarea>
        <div role="alert">${handover.missing ? html`<p class="missing">${icons.warn}${this.missing}</p>` : nothing}</div></div>
      <div class="row">
        <button type="button" class="button primary" aria-disabled=${handover.busy ? "true" : "false"} @click=${() => this.choose("transfer")}>${handover.toDepartment ? t.transferDoDepartment : t.transferDo}</button>
        <span class="help">${t.transferOther}</span>
        <button type="button" class="button" @click=${() => this.choose("return_to_queue")}>${t.returnToQueue}</button>
        ${status?.state === "on_hold" ? nothing
          : html`<button type="button" class="button" @click=${() => this.choose("bot")}>${t.returnToBot}</button>`}
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
    const room = online ? `${status} · ${t.colleagueRoom(held, limit)}` : t.colleagueOff;
    return this.receiverView({ to: username }, name, online && held < limit, room);
  }

  private departmentsView(): TemplateResult {
    return html`<fieldset><legend>${t.transferToDepartment}</legend><p class="help">${t.transferDepartmentHelp}</p>
      ${this.departments.map(({ id, title, online }) =>
        this.receiverView({ department: id }, title, online > 0, online > 0 ? t.departmentOnline(online) : t.nobodyThere))}</fieldset>`;
  }

  private receiverView(receiver: Receiver, name: string, free: boolean, why: string): TemplateResult {
    const { handover } = this.conversation;
    return html`<div><label class="check"><input type="radio" name="to" value=${Object.values(receiver)[0]} ?disabled=${!free}
      .checked=${live(handover.isChosen(receiver))} @change=${() => { handover.choose(receiver, name); this.requestUpdate(); }}>
      <span>${name} <span class="tag ${free ? "good" : ""}">${why}</span></span></label></div>`;
  }

  private get missing(): string {
    const { missing, toDepartment } = this.conversation.handover;
    if (missing === "receiver") return this.departments.length ? t.transferAnyMissing : t.transferWhoMissing;
    return toDepartment ? t.transferNoteDepartmentMissing : t.transferNoteMissing;
  }

  private async load(): Promise<void> {
    try {
      const [{ colleagues }, { departments }] = await Promise.all([this.api.colleagues(), this.api.departments()]);
      this.colleagues = colleagues;
      this.departments = departments;
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
