import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { define } from "../shared/define";
import { markupView } from "../shared/markup-view";
import { base, tokens } from "../shared/tokens";
import { editorTexts as t } from "../texts/sv-editor";
import type { App } from "./app";
import type { Asked, AskedBoth, Draft } from "./model";
import { alertView, formatSure } from "./page-parts";
import { told } from "./problem";
import { editorStyles } from "./styles";
import { testStyles } from "./test-styles";
import { whyView } from "./why-view";

/** Puts a question to the bot as it is, and as it would be with the draft beside it; tells why. */
export class TestBox extends LitElement {
  static override styles = [tokens, base, editorStyles, testStyles];

  @property({ attribute: false }) app!: App;
  /** The draft as it is just now; null: only what is live is asked. */
  @property({ attribute: false }) draft: (() => Draft) | null = null;
  @property({ attribute: false }) question = "";
  /** As a page of its own there is room for two columns. */
  @property({ type: Boolean, reflect: true }) wide = false;
  @state() private answer: AskedBoth | null = null;
  @state() private busy = false;
  @state() private problem = "";
  private running: AbortController | null = null;

  protected override firstUpdated(): void { if (this.question) void this.ask(); }

  override render() {
    return html`
      ${this.wide ? nothing : html`<h2>${t.test}</h2>`}
      <form @submit=${(event: Event) => { event.preventDefault(); void this.ask(); }}>
        <div class="field"><label for="q">${t.question}</label><p class="help" id="q-help">${t.testHelp}</p>
          <div class="with-button"><input id="q" autocomplete="off" maxlength="2000" lang="sv" aria-describedby="q-help" .value=${this.question}
            @input=${(event: Event) => { this.question = (event.target as HTMLInputElement).value; }}>
            <button class="button primary">${t.ask}</button></div></div>
      </form>
      <p class="busy" role="status">${this.busy ? html`<span class="spinner" aria-hidden="true"></span>${t.asking}` : nothing}</p>
      ${alertView(this.problem)}
      ${this.answer ? this.answersView(this.answer) : nothing}`;
  }

  private answersView({ live, draft }: AskedBoth): TemplateResult {
    const same = draft !== null && draft.text === live.text && draft.outcome === live.outcome;
    return html`<div class="answers ${draft && !same ? "two" : ""}">
      ${same ? html`<p class="banner info"><span>${t.testSame}</span></p>` : nothing}
      ${this.answerView(t.testLive, live)}${draft && !same ? this.answerView(t.testDraft, draft) : nothing}</div>`;
  }

  private answerView(title: string, asked: Asked): TemplateResult {
    const { outcome, text, confidence, why } = asked;
    const heading = this.wide ? html`<h2 class="of">${title}</h2>` : html`<h3 class="of">${title}</h3>`;
    return html`<article class="answer">${heading}
      <p class="outcome"><span class="tag ${outcome === "answer" ? "good" : "warn"}">${t.outcomes[outcome] ?? outcome}</span>
        ${typeof confidence === "number" ? html`<span class="sure"><meter min="0" max="1" .value=${confidence} aria-hidden="true"></meter>${sureness(outcome, confidence)}, ${formatSure(confidence)}</span>` : nothing}</p>
      <div class="bubble">${text ? markupView(text, "") : html`<p class="help">${t.noOne}</p>`}</div>
      ${whyView(why)}</article>`;
  }

  private async ask(): Promise<void> {
    const question = this.question.trim();
    if (!question) {
      this.renderRoot.querySelector<HTMLElement>("#q")?.focus();
      return;
    }
    this.running?.abort();
    const own = new AbortController();
    this.running = own;
    this.busy = true;
    this.problem = "";
    try {
      this.answer = await this.app.api.ask(this.draft?.() ?? null, question, own.signal);
      this.app.say(spoken(this.answer));
      this.dispatchEvent(new CustomEvent("asked", { detail: question }));
    } catch (error) {
      if (this.running !== own) return;
      this.problem = told(error);
    }
    if (this.running === own) this.busy = false;
  }
}

function sureness(outcome: string, confidence: number): string {
  const { very, quite, unsure, not } = t.sureness;
  if (outcome === "answer") return very; // the policy, which differs with risk, says from where
  if (confidence >= 0.5) return quite;
  return confidence >= 0.25 ? unsure : not;
}

function spoken({ live, draft }: AskedBoth): string {
  const one = (title: string, { outcome, text }: Asked) => `${title}: ${t.outcomes[outcome] ?? outcome}. ${text}`;
  return [one(t.testLive, live), draft ? one(t.testDraft, draft) : ""].filter(Boolean).join("\n");
}

define("kommun-editor-test", TestBox);
