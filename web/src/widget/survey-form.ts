import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { define } from "../shared/define";
import { base } from "../shared/tokens";
import type { Survey } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";

const LONGEST_COMMENT = 2000; // characters, as the server takes them

/**
 * How it was, asked once when a talk has ended. Every question may be left out, and all of it.
 *
 * @fires survey - detail: the answers, or null where the citizen would rather not
 */
export class SurveyForm extends LitElement {
  static override styles = [base, css`
    :host { display: block; margin-top: 14px; }
    form {
      display: flex; flex-direction: column; gap: 8px; padding: 12px 14px 14px;
      border: 1px solid var(--k-accent); border-radius: 16px; background: var(--k-surface);
    }
    h3, p { margin: 0; }
    h3 { font-size: 1em; }
    fieldset { margin: 0; padding: 0; border: 0; }
    legend, .comment { font-weight: 600; font-size: 0.92em; padding: 0; }
    .value { display: flex; align-items: center; gap: 10px; min-height: 44px; cursor: pointer; }
    .value input { width: 20px; height: 20px; margin: 0; accent-color: var(--k-accent); }
    textarea {
      width: 100%; min-height: 48px; max-height: 160px; padding: 10px 14px; resize: vertical; field-sizing: content;
      border-radius: 14px; border: 1px solid var(--k-control); background: var(--k-surface); color: var(--k-text); line-height: 1.4;
    }
    .help { font-size: 0.88em; color: var(--k-muted); }
    .problem { color: var(--k-bad-text); font-size: 0.9em; font-weight: 600; }
    .row { display: flex; flex-wrap: wrap; gap: 8px; }
    @media (forced-colors: active) { form { border: 1px solid CanvasText; } }
  `];

  @property({ attribute: false }) texts!: WidgetTexts;
  @state() private answers: Survey = {};
  @state() private isEmpty = false;

  /** Go to its heading. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("#heading")?.focus({ preventScroll: true });
  }

  override render() {
    const { survey: t } = this.texts;
    return html`<form novalidate aria-labelledby="heading" @submit=${this.send}>
      <h3 id="heading" tabindex="-1">${t.heading}</h3>
      ${this.scaleView("ease", t.ease)}
      ${this.scaleView("reach", t.reach)}
      <label class="comment" for="comment">${t.comment}</label>
      <textarea id="comment" dir="auto" rows="2" maxlength=${LONGEST_COMMENT} aria-describedby="help" @input=${this.typed}></textarea>
      <p id="help" class="help">${t.commentHelp}</p>
      <div role="alert">${this.isEmpty ? html`<p class="problem">${t.nothing}</p>` : nothing}</div>
      <div class="row"><button class="button primary">${t.send}</button>
        <button type="button" class="button" @click=${() => this.say(null)}>${t.skip}</button></div>
    </form>`;
  }

  private scaleView(name: "ease" | "reach", question: string): TemplateResult {
    const choose = (value: number) => { this.answers = { ...this.answers, [name]: value }; };
    return html`<fieldset><legend>${question}</legend>${this.texts.survey.scale.map((label, i) => html`<label class="value">
      <input type="radio" name=${name} value=${i + 1} @change=${() => choose(i + 1)}><span>${label}</span></label>`)}</fieldset>`;
  }

  private readonly typed = (event: Event): void => {
    const comment = (event.target as HTMLTextAreaElement).value.trim();
    this.answers = { ...this.answers, comment: comment || null };
  };

  private readonly send = (event: Event): void => {
    event.preventDefault();
    const { ease, reach, comment } = this.answers;
    this.isEmpty = !ease && !reach && !comment;
    if (!this.isEmpty) this.say(this.answers);
  };

  private say(answers: Survey | null): void {
    this.dispatchEvent(new CustomEvent("survey", { detail: answers }));
  }
}

define("kommun-survey", SurveyForm);
