import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { define } from "../shared/define";
import { formatDay } from "../shared/format";
import { icons } from "../shared/icons";
import { editorTexts as t } from "../texts/sv-editor";
import type { Raised, Safety, SafetyRule } from "./model";
import { EditorPage } from "./page";
import { alertView, failure, waiting } from "./page-parts";
import { told } from "./problem";
import { safetyStyles } from "./safety-styles";

/** The rules that recognise danger, to read and to try; nothing is changed here. */
export class SafetyPage extends EditorPage {
  static override styles = [...EditorPage.styles, safetyStyles];

  @state() private raised: Raised | null = null;
  @state() private busy = false;
  @state() private problem = "";
  private readonly safety = new Task(this, { task: (_args, { signal }) => this.app.api.safety(signal), args: () => [] as const });

  override render() {
    return html`<div class="page"><h1 tabindex="-1">${t.views.sakerhet}</h1><p class="lead">${t.safetyHelp}</p>
      ${this.tryView()}
      ${this.safety.render({
        pending: () => waiting(), complete: safetyView, error: (error) => failure(error, () => void this.safety.run()),
      })}</div>`;
  }

  private tryView(): TemplateResult {
    return html`<section class="card" aria-labelledby="try"><h2 id="try">${t.safetyTry}</h2>
      <form @submit=${this.tries}>
        <div class="field"><label for="sentence">${t.safetySentence}</label><p class="help" id="sentence-help">${t.safetyTryHelp}</p>
          <div class="with-button"><input id="sentence" autocomplete="off" maxlength="2000" aria-describedby="sentence-help">
            <button class="button primary">${t.safetyTryButton}</button></div></div>
      </form>
      <div role="status">${this.busy ? t.safetyTrying : this.raised ? raisedView(this.raised) : nothing}</div>
      ${alertView(this.problem)}</section>`;
  }

  private readonly tries = async (event: Event): Promise<void> => {
    event.preventDefault();
    const field = this.renderRoot.querySelector<HTMLInputElement>("#sentence")!;
    const text = field.value.trim();
    if (!text) return field.focus();
    this.busy = true;
    this.problem = "";
    try {
      this.raised = await this.app.api.trySentence(text);
    } catch (error) {
      this.raised = null;
      this.problem = told(error);
    } finally {
      this.busy = false;
    }
  };
}

function raisedView({ rule, language, text }: Raised): TemplateResult {
  if (!rule) return html`<p class="banner info">${t.safetyNone}</p>`;
  return html`<p class="banner warn">${icons.warn}<span>${t.safetyRaised(nameOf(rule), languageOf(language ?? "sv"))}</span></p>
    <p class="bubble" lang=${language ?? "sv"} dir="auto">${text}</p>`;
}

function safetyView(safety: Safety): TemplateResult {
  return html`${approvalsView(safety)}
    <section class="card" aria-labelledby="reading"><h2 id="reading">${t.safetyReading}</h2>
      <dl class="signs">${t.safetySigns.map(([sign, meaning]) => html`<div><dt><code>${sign}</code></dt><dd>${meaning}</dd></div>`)}</dl></section>
    <section aria-labelledby="rules"><h2 id="rules">${t.safetyRules}</h2>${safety.rules.map(ruleView)}</section>
    <section class="card" aria-labelledby="groups"><h2 id="groups">${t.safetyGroups}</h2>
      ${Object.entries(safety.groups).map(([name, words]) => listView(`[${name}] (${words.length})`, words, "sv"))}</section>`;
}

function approvalsView({ approvals, lacking }: Safety): TemplateResult {
  const parts = [...new Set([...approvals.map(({ part }) => part), ...lacking])];
  return html`<section class="card" aria-labelledby="approvals"><h2 id="approvals">${t.safetyApprovals}</h2>
    <p class="banner ${lacking.length ? "bad" : "info"}">${lacking.length
      ? t.safetyNotApproved(lacking.map(partOf).join(", ")) : t.safetyApproved}</p>
    <dl class="signs">${parts.map((part) => html`<div><dt>${partOf(part)}</dt>
      ${namesOf(part, approvals).map((by) => html`<dd>${by}</dd>`)}</div>`)}</dl></section>`;
}

function namesOf(part: string, approvals: Safety["approvals"]): string[] {
  const by = approvals.filter((one) => one.part === part).map(({ name, at }) => t.safetyBy(name, formatDay(at)));
  return by.length ? by : [t.safetyNobody];
}

function ruleView({ id, text, phones, phrases, others, harmless }: SafetyRule): TemplateResult {
  return html`<section class="card rule" aria-labelledby="rule-${id}"><h3 id="rule-${id}">${nameOf(id)}</h3>
    <h4>${t.safetyTold}</h4><p class="bubble">${text}</p>
    <ul>${phones.map(({ number, label }) => html`<li><strong>${number}</strong> ${label}</li>`)}</ul>
    ${listView(t.safetyPhrases(phrases.length), phrases, "sv")}
    ${Object.entries(others).map(([code, said]) => listView(t.safetyOthers(languageOf(code), said.length), said, code))}
    ${harmless.length ? listView(t.safetyHarmless(harmless.length), harmless, "sv") : nothing}</section>`;
}

function listView(title: string, lines: readonly string[], language: string): TemplateResult {
  return html`<details><summary>${title}</summary>
    <ul class="phrases" lang=${language}>${lines.map((line) => html`<li dir="auto">${line}</li>`)}</ul></details>`;
}

function nameOf(rule: string): string { return t.safetyNames[rule] ?? rule; }

function partOf(part: string): string { return t.safetyParts[part] ?? languageOf(part); }

function languageOf(code: string): string { return t.safetyLanguages[code] ?? code; }

define("kommun-editor-safety", SafetyPage);
