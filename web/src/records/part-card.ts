import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { listStyles } from "../editor/list-styles";
import { editorStyles } from "../editor/styles";
import { define } from "../shared/define";
import { base, tokens } from "../shared/tokens";
import { recordsTexts as t } from "../texts/sv-records";
import { lengthOf, pointsBefore, segments, wordsOf } from "./marked";
import type { Ground, Mark, NewMark, Part } from "./model";
import { alertView } from "./parts";
import { cardClass, evidenceView, headView, whoOf } from "./part-view";
import { recordsStyles } from "./styles";

const OWN = ""; // the ground that is written by hand

/** Which ground was chosen last: the next place is often secret by the same. */
let lastGround: string | null = null;

/**
 * A part of a conversation, where words can be marked as secret.
 *
 * @fires mark - detail is the new mark
 * @fires unmark - detail is the id of the mark that shall go
 */
export class PartCard extends LitElement {
  static override styles = [tokens, base, editorStyles, listStyles, recordsStyles];

  @property({ attribute: false }) piece!: Part;
  @property({ attribute: false }) marks: readonly Mark[] = [];
  @property({ attribute: false }) grounds: readonly Ground[] = [];
  @property({ type: Boolean }) locked = false;
  @state() private open = false;
  @state() private problem = "";
  @state() private ground = lastGround ?? OWN;
  @query("textarea") private text!: HTMLTextAreaElement | null;

  override render() {
    const { piece: part } = this;
    return html`<article class=${cardClass(part)} aria-label=${whoOf(part)}><div class="over">${headView(part)}
        ${this.locked || !part.text || this.open ? nothing : html`<button type="button" class="button" id="open" @click=${() => void this.show()}>${t.mark}<span class="hidden">: ${whoOf(part)}</span></button>`}</div>
      ${part.text ? this.textView() : nothing}${evidenceView(part)}
      ${this.marks.length ? this.marksView() : nothing}
      ${this.open && !this.locked ? this.markerView() : nothing}</article>`;
  }

  private textView(): TemplateResult {
    return html`<p class="text" dir="auto">${segments(this.piece.text, this.marks).map(({ text, marks }) => (marks.length
      ? html`<mark><span class="hidden">${t.secretHidden(marks.map(({ ground }) => ground).join(", "))}</span>${text}</mark>` : text))}</p>`;
  }

  private marksView(): TemplateResult {
    return html`<ul class="marks" aria-label=${t.marksOf}>${this.marks.map((mark) => {
      const words = wordsOf(this.piece.text, mark);
      return html`<li><span class="words">${words}</span><strong>${mark.ground}</strong>${this.locked ? nothing
        : html`<button type="button" class="button" @click=${() => this.fire("unmark", mark.id)}>${t.unmark}<span class="hidden">: ${words}</span></button>`}</li>`;
    })}</ul>`;
  }

  private markerView(): TemplateResult {
    return html`<form class="marker" @submit=${(event: Event) => { event.preventDefault(); this.markChosen(); }}>
      <div class="field"><label for="text">${t.markIn}</label><p class="help" id="text-help">${t.markHelp}</p>
        <textarea id="text" dir="auto" aria-readonly="true" inputmode="none" spellcheck="false" aria-describedby="text-help"
          .value=${this.piece.text} @beforeinput=${(event: Event) => event.preventDefault()} @input=${this.restore}></textarea></div>
      <div class="pair"><div class="field"><label for="ground">${t.ground}</label><select id="ground" @change=${(event: Event) => this.choose(valueOf(event))}>
          ${this.grounds.map(({ id, title }) => html`<option value=${id} ?selected=${id === this.ground}>${id} ${title}</option>`)}
          <option value=${OWN} ?selected=${this.ground === OWN}>${t.groundOther}</option></select></div>
        ${this.ground === OWN ? html`<div class="field"><label for="own">${t.groundOwn}</label><input id="own" maxlength="64" autocomplete="off"></div>` : nothing}</div>
      <label class="check"><input type="checkbox" id="everywhere">${t.everywhere}</label>
      ${alertView(this.problem)}
      <div class="row"><button class="button primary">${t.markChosen}</button>
        <button type="button" class="button" @click=${this.markWhole}>${t.markWhole}</button>
        <button type="button" class="button" @click=${() => void this.hide()}>${t.done}</button></div></form>`;
  }

  /** Nothing can be written; the attribute `readonly` would take away the caret, and so the keyboard. */
  private readonly restore = (): void => { this.text!.value = this.piece.text; };

  private async show(): Promise<void> {
    if (lastGround === null) lastGround = this.grounds[0]?.id ?? OWN;
    this.ground = lastGround;
    this.open = true;
    await this.updateComplete;
    this.text?.focus();
    this.text?.setSelectionRange(0, 0);
  }

  private async hide(): Promise<void> {
    this.open = false;
    this.problem = "";
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("#open")?.focus();
  }

  private choose(ground: string): void { this.ground = lastGround = ground; }

  private markChosen(): void {
    const { selectionStart: from, selectionEnd: to, value } = this.text!;
    if (from === to) {
      this.problem = t.nothingChosen;
      this.text!.focus();
      return;
    }
    this.send(pointsBefore(value, from), pointsBefore(value, to));
  }

  private readonly markWhole = (): void => this.send(0, lengthOf(this.piece.text));

  private send(start: number, end: number): void {
    const own = this.renderRoot.querySelector<HTMLInputElement>("#own");
    const ground = own ? own.value.trim() : this.ground;
    if (!ground) {
      this.problem = t.noGround;
      own?.focus();
      return;
    }
    this.problem = "";
    const everywhere = this.renderRoot.querySelector<HTMLInputElement>("#everywhere")!.checked;
    this.fire<NewMark>("mark", { id: crypto.randomUUID(), part: this.piece.key, start, end, ground, everywhere });
  }

  private fire<T>(name: string, detail: T): void { this.dispatchEvent(new CustomEvent(name, { detail })); }
}

function valueOf(event: Event): string { return (event.target as HTMLSelectElement).value; }

define("kommun-records-part", PartCard);
