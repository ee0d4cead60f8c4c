import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { base } from "../shared/tokens";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskConversation } from "./desk-conversation";
import type { Ending } from "./ending";
import type { Option, Outcome } from "./model";
import { partStyles } from "./part-styles";

/**
 * What became of a conversation: proposed, so that confirming is one click more.
 *
 * @fires finish - the agent confirms; the answers are in the conversation's `ending`
 * @fires cancelled - Esc, or the button; not where the conversation has ended already
 */
export class CloseForm extends LitElement {
  static override styles = [base, partStyles];

  @property({ attribute: false }) conversation!: DeskConversation;
  /** The citizen's side has ended: only the outcome is missing. */
  @property({ type: Boolean }) ended = false;
  /** Drawn again when it changes. */
  @property({ attribute: false }) revision = 0;
  private wasReady = false;

  override render() {
    const { ending } = this.conversation;
    if (!ending) return nothing;
    const { title, help } = this.words;
    return html`<form class="sheet" aria-labelledby="close-title" @submit=${this.submit} @keydown=${this.key} novalidate>
      <div class="sheet-head"><h3 id="close-title" tabindex="-1">${title}</h3>
        ${this.ended ? nothing : html`<button type="button" class="button quiet" @click=${this.cancel}>${t.cancel}</button>`}</div>
      ${help ? html`<p class="help">${help}</p>` : nothing}
      <div role="alert">${ending.problem ? html`<p class="banner">${icons.warn}<span>${ending.problem}</span>
        ${ending.options ? nothing : html`<button type="button" class="button" @click=${() => void this.conversation.propose(ending)}>${t.again}</button>`}</p>` : nothing}</div>
      ${ending.options ? this.fieldsView(ending) : html`<p role="status" class="help">${ending.problem ? "" : t.loading}</p>`}
    </form>`;
  }

  /** The button to confirm is where the focus goes: when the proposal is right, Enter is enough. */
  protected override updated(): void {
    const ready = Boolean(this.conversation.ending?.options);
    if (ready && !this.wasReady && !this.ended) this.renderRoot.querySelector<HTMLElement>("#confirm")?.focus();
    this.wasReady = ready;
  }

  private get words(): { title: string; help: string; yes: string } {
    if (this.ended) return { title: t.wrapUpTitle, help: t.wrapUpHelp, yes: t.wrapUpYes };
    if (this.conversation.ending?.to === "bot") return { title: t.returnToBot, help: t.toBotHelp, yes: t.toBotYes };
    return { title: t.closeTitle, help: "", yes: t.closeYes };
  }

  private fieldsView(ending: Ending): TemplateResult {
    const { errand_types = [], causes = [], resolutions = [] } = ending.options ?? {};
    const results = resolutions.length ? resolutions : Object.entries(t.resolutions).map(([id, title]) => ({ id, title }));
    return html`
      <div class="fields">
        ${this.selectView(ending, "errand_type", t.errandType, errand_types)}
        ${this.selectView(ending, "cause", t.cause, causes)}
      </div>
      ${this.radioView(ending, "resolution", t.resolution, results)}
      ${this.radioView(ending, "searched_web", t.searchedWeb, t.searched.map(([id, title]) => ({ id, title })))}
      <label class="check"><input type="checkbox" .checked=${live(ending.followsUp)}
        @change=${(event: Event) => { ending.followsUp = (event.target as HTMLInputElement).checked; this.requestUpdate(); }}>${t.followUp}</label>
      ${ending.followsUp ? this.followUpView(ending) : nothing}
      <div class="row end"><button class="button primary" id="confirm" aria-disabled=${ending.busy ? "true" : "false"}>${icons.check}${this.words.yes}</button></div>`;
  }

  private selectView(ending: Ending, field: keyof Outcome, label: string, options: readonly Option[]): TemplateResult {
    const value = ending.outcome[field];
    return html`<div class="field"><label for=${field}>${label}</label>
      <select id=${field} aria-invalid=${ending.missing.includes(field) ? "true" : "false"}
        @change=${(event: Event) => this.choose(ending, field, (event.target as HTMLSelectElement).value)}>
        <option value="" .selected=${!value}>${t.choose}</option>
        ${options.map(({ id, title }) => html`<option value=${id} .selected=${live(id === value)}>${title}</option>`)}
      </select></div>`;
  }

  private radioView(ending: Ending, field: keyof Outcome, label: string, options: readonly Option[]): TemplateResult {
    const missing = ending.missing.includes(field);
    return html`<fieldset><legend>${label}${missing ? html` <span class="missing">${icons.warn}${t.closeMissing}</span>` : nothing}</legend>
      <div class="choices">${options.map(({ id, title }) => html`<label class="check"><input type="radio" name=${field} value=${id}
        .checked=${live(ending.outcome[field] === id)} @change=${() => this.choose(ending, field, id)}>${title}</label>`)}</div></fieldset>`;
  }

  private followUpView(ending: Ending): TemplateResult {
    const { text, contact } = ending.followUp;
    const missing = ending.missing.includes("text");
    const value = (event: Event) => (event.target as HTMLInputElement | HTMLTextAreaElement).value;
    return html`<div class="fields">
      <div class="field"><label for="follow-text">${t.followUpText}</label>
        <textarea id="follow-text" rows="2" maxlength="2000" aria-invalid=${missing ? "true" : "false"} .value=${live(text)}
          @input=${(event: Event) => ending.describe({ text: value(event) })}></textarea>
        ${missing ? html`<p class="missing">${icons.warn}${t.followUpMissing}</p>` : nothing}</div>
      <div class="field"><label for="follow-contact">${t.followUpContact}</label>
        <input id="follow-contact" maxlength="200" autocomplete="off" .value=${live(contact ?? "")}
          @input=${(event: Event) => ending.describe({ contact: value(event) })}></div></div>`;
  }

  private choose(ending: Ending, field: keyof Outcome, value: string): void {
    ending.choose(field, value);
    this.requestUpdate();
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    this.dispatchEvent(new CustomEvent("finish"));
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.ended) return;
    event.stopPropagation();
    this.cancel();
  };

  private readonly cancel = (): void => { this.dispatchEvent(new CustomEvent("cancelled")); };
}

define("kommun-desk-close", CloseForm);
