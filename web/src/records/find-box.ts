import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { today } from "../editor/dates";
import { listStyles } from "../editor/list-styles";
import { editorStyles } from "../editor/styles";
import { define } from "../shared/define";
import { base, tokens } from "../shared/tokens";
import { recordsTexts as t } from "../texts/sv-records";
import type { App } from "./app";
import { lineView } from "./line-view";
import type { FoundConversations, Search } from "./model";
import { alertView, fieldOf, submitting, told } from "./parts";
import { recordsStyles } from "./styles";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The ways to find conversations for a request.
 *
 * @fires added - the request has got more conversations; detail is the request in full
 */
export class FindBox extends LitElement {
  static override styles = [tokens, base, editorStyles, listStyles, recordsStyles];

  @property({ attribute: false }) app!: App;
  @property() request = "";
  @state() private found: FoundConversations | null = null;
  @state() private busy = false;
  @state() private problem = "";

  override render() {
    return html`<section class="card form" aria-labelledby="find"><h2 id="find">${t.find}</h2><p class="help">${t.findHelp}</p>
      <div class="ways">
        ${this.wayView("errand", t.byErrand, t.byErrandHelp, (value) => ({ errand: value }))}
        ${this.wayView("identifier", t.byIdentifier, t.byIdentifierHelp, (value) => ({ identifier: value }))}
        ${this.periodView()}</div>
      ${alertView(this.problem)}
      <div role="status">${this.busy ? html`<p>${t.searching}</p>` : this.found ? this.headView(this.found) : nothing}</div>
      ${this.found?.conversations.length ? this.listView(this.found) : nothing}</section>`;
  }

  private wayView(name: string, label: string, help: string, search: (value: string) => Search): TemplateResult {
    return html`<form @submit=${submitting((form) => void this.search(search(fieldOf(form, name))))}><div class="field"><label for=${name}>${label}</label>
      <p class="help" id="${name}-help">${help}</p>
      <div class="with-button"><input id=${name} name=${name} autocomplete="off" spellcheck="false" required aria-describedby="${name}-help">${this.buttonView(label)}</div></div></form>`;
  }

  private periodView(): TemplateResult {
    const day = (name: "start" | "end", label: string) => html`<div class="field"><label for=${name}>${label}</label><input id=${name} name=${name} type="date" max=${today()} required></div>`;
    const search = (form: FormData): Search => ({ start: fieldOf(form, "start"), end: fieldOf(form, "end"), words: fieldOf(form, "words") });
    return html`<form class="period" @submit=${submitting((form) => void this.search(search(form)))}><fieldset class="field"><legend>${t.byPeriod}</legend>
      <div class="row">${day("start", t.start)}${day("end", t.end)}</div></fieldset>
      <div class="field"><label for="words">${t.words}</label><p class="help" id="words-help">${t.wordsHelp}</p>
      <div class="with-button"><input id="words" name="words" autocomplete="off" maxlength="200" aria-describedby="words-help">${this.buttonView(t.byPeriod)}</div></div></form>`;
  }

  private buttonView(what: string): TemplateResult {
    return html`<button class="button" aria-disabled=${this.busy ? "true" : "false"}>${t.search}<span class="hidden">: ${what}</span></button>`;
  }

  private headView({ total, conversations }: FoundConversations): TemplateResult {
    return html`<p><strong>${t.found(total)}</strong> ${conversations.length < total ? t.foundMore(conversations.length) : nothing}</p>`;
  }

  private listView({ conversations }: FoundConversations): TemplateResult {
    const left = conversations.filter(({ included }) => !included);
    return html`${left.length ? html`<div class="row"><button type="button" class="button primary" @click=${() => void this.add(left.map(({ id }) => id))}>${t.addAll(left.length)}</button></div>` : nothing}
      <ul class="entries">${conversations.map((line) => lineView(this.request, line, line.included
        ? html`<span class="tag good">${t.added}</span>`
        : html`<button type="button" class="button" @click=${() => void this.add([line.id])}>${t.add}<span class="hidden">: ${line.first_words || line.id}</span></button>`))}</ul>`;
  }

  private async search(search: Search): Promise<void> {
    if (search.identifier && !UUID.test(search.identifier)) {
      this.problem = t.badIdentifier;
      return;
    }
    await this.doing(async () => { this.found = await this.app.api.search(this.request, search); });
  }

  private async add(ids: readonly string[]): Promise<void> {
    await this.doing(async () => {
      const detail = await this.app.api.add(this.request, ids);
      const there = new Set(detail.conversations.map(({ id }) => id));
      if (this.found) this.found = { ...this.found, conversations: this.found.conversations.map((line) => ({ ...line, included: there.has(line.id) })) };
      this.app.say(t.addedSaid(ids.length));
      this.dispatchEvent(new CustomEvent("added", { detail }));
    });
  }

  private async doing(what: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = "";
    try {
      await what();
    } catch (error) {
      this.problem = told(error);
    } finally {
      this.busy = false;
    }
  }
}

define("kommun-records-find", FindBox);
