import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { define } from "../shared/define";
import { ApiError } from "../shared/http";
import { icons } from "../shared/icons";
import { transcriptView } from "../shared/message-view";
import { base } from "../shared/tokens";
import { transcriptStyles } from "../shared/transcript-styles";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskApi } from "./desk-api";
import { inOrder, isOverdue } from "./errands";
import { errandsStyles } from "./errands-styles";
import type { Errand, History } from "./model";
import { partStyles } from "./part-styles";
import { told } from "./problem";
import { formatDue } from "./timing";

/**
 * What is promised to citizens: it leaves the list only by an outcome.
 *
 * @fires back - to the conversations
 */
export class ErrandsPage extends LitElement {
  static override styles = [base, transcriptStyles, partStyles, errandsStyles];

  @property({ attribute: false }) api!: DeskApi;
  /** The number of open errands as the lists tell it: fetched again when it changes. */
  @property({ attribute: false }) version = "";
  @state() private errands: readonly Errand[] | null = null;
  @state() private problem = "";
  @state() private done = "";
  @state() private finishing: string | null = null;
  @state() private resolution = "lost";
  @state() private missing = false;
  @state() private busy = "";
  @state() private history: History | null = null;
  @query("#reference") private reference!: HTMLInputElement;
  @query("#result") private result!: HTMLTextAreaElement | null;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("version")) void this.load();
  }

  override focus(): void { this.renderRoot.querySelector<HTMLElement>("h2")?.focus(); }

  override render() {
    return html`<div class="page">
      <div class="sheet-head"><h2 tabindex="-1">${t.errands}</h2>
        <button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent("back"))}>${icons.back}${t.errandsBack}</button></div>
      <form class="row look-up" role="search" @submit=${this.lookUp}><label for="reference">${t.errandLookUp}</label>
        <input id="reference" autocomplete="off" spellcheck="false" placeholder="SK-7F3K2P"><button class="button">${t.errandFind}</button></form>
      <div role="alert">${this.problem ? html`<p class="banner">${icons.warn}<span>${this.problem}</span></p>` : nothing}</div>
      <p role="status" class="done">${this.done}</p>
      ${this.history ? this.historyView(this.history) : nothing}
      ${this.listView()}
    </div>`;
  }

  private listView(): View {
    if (!this.errands) return this.problem ? nothing : html`<p role="status">${t.loading}</p>`;
    if (!this.errands.length) return html`<p class="none">${t.errandsNone}</p>`;
    return html`<ul class="errands">${this.errands.map((errand) => html`<li>${this.errandView(errand)}</li>`)}</ul>`;
  }

  private errandView(errand: Errand): TemplateResult {
    const { id, reference, kind, question, contact, owner, done_at } = errand;
    const open = !done_at;
    return html`<article class="errand ${isOverdue(errand, Date.now()) ? "overdue" : ""}" aria-label=${`${t.toErrands}: ${reference}`}>
      <div class="row"><strong class="reference">${reference}</strong>
        ${kind ? html`<span class="tag">${t.errandKinds[kind] ?? kind}</span>` : nothing}${dueView(errand)}</div>
      <p class="text">${question || t.errandNoText}</p>
      <p class="sub">${owner ? t.errandOwner(owner) : t.errandFree}${contact ? html` · ${t.errandContact}: ${contact}` : nothing}</p>
      ${errand.result ? html`<p class="text">${errand.result}</p>` : nothing}
      ${open ? this.finishing === id ? this.finishView(errand) : html`<div class="row">
        ${owner ? nothing : html`<button type="button" class="button" aria-disabled=${this.busy ? "true" : "false"} @click=${() => void this.take(errand)}
          >${t.errandTake}<span class="hidden">: ${reference}</span></button>`}
        <button type="button" class="button" @click=${() => this.beginFinish(id)}>${t.errandFinish}<span class="hidden">: ${reference}</span></button>
        <button type="button" class="button quiet" @click=${() => void this.show(reference)}>${t.errandShow}<span class="hidden">: ${reference}</span></button></div>` : nothing}
    </article>`;
  }

  private finishView(errand: Errand): TemplateResult {
    return html`<form class="sheet finish" @submit=${(event: Event) => { event.preventDefault(); void this.finish(errand); }}>
      <fieldset><legend>${t.resolution}</legend><div class="choices">${Object.entries(t.resolutions).map(([id, title]) => html`<label class="check"
        ><input type="radio" name="resolution" .checked=${this.resolution === id} @change=${() => { this.resolution = id; }}>${title}</label>`)}</div></fieldset>
      <div class="field"><label for="result">${t.errandResult}</label>
        <textarea id="result" rows="2" maxlength="2000" aria-invalid=${this.missing ? "true" : "false"}></textarea>
        ${this.missing ? html`<p class="missing">${icons.warn}${t.errandResultMissing}</p>` : nothing}</div>
      <div class="row"><button class="button primary" aria-disabled=${this.busy ? "true" : "false"}>${t.errandFinish}</button>
        <button type="button" class="button" @click=${() => { this.finishing = null; }}>${t.cancel}</button></div>
    </form>`;
  }

  private historyView({ errand, events }: History): TemplateResult {
    return html`<section class="history" aria-label=${errand.reference}>
      <div class="sheet-head"><h3 tabindex="-1" id="found">${errand.reference}</h3>
        <button type="button" class="button quiet" @click=${() => { this.history = null; }}>${t.closeDialog}</button></div>
      ${this.errandView(errand)}
      <h4>${t.errandHistory}</h4>
      <div class="log" tabindex="0" role="region" aria-label=${t.errandHistory}>${transcriptView(events, NOTHING_UNSENT, { texts: t, own: "agent", choose: null })}</div>
    </section>`;
  }

  private async load(): Promise<void> {
    await this.attempt("list", async () => { this.errands = inOrder((await this.api.errands()).errands, Date.now()); });
  }

  private readonly lookUp = (event: Event): void => {
    event.preventDefault();
    const reference = this.reference.value.trim().toUpperCase();
    if (reference) void this.show(reference);
  };

  private async show(reference: string): Promise<void> {
    this.history = null;
    await this.attempt(reference, async () => { this.history = await this.api.errand(reference); },
      (error) => (error instanceof ApiError && error.status === 404 ? error.text || t.errandUnknown(reference) : told(error)));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("#found")?.focus();
  }

  private async take({ id }: Errand): Promise<void> {
    await this.attempt(id, async () => { this.replace(await this.api.takeErrand(id)); });
  }

  private async beginFinish(id: string): Promise<void> {
    this.finishing = id;
    this.missing = false;
    await this.updateComplete;
    this.result?.focus();
  }

  private async finish({ id, reference }: Errand): Promise<void> {
    const result = this.result?.value.trim() ?? "";
    this.missing = !result;
    if (!result) return this.result?.focus();
    await this.attempt(id, async () => {
      this.replace(await this.api.finishErrand(id, this.resolution, result));
      this.finishing = null;
      this.done = t.errandFinished(reference);
    });
  }

  /** Show the errand as it now is; one that is done leaves the list. */
  private replace(errand: Errand): void {
    const others = (this.errands ?? []).filter(({ id }) => id !== errand.id);
    this.errands = inOrder(errand.done_at ? others : [...others, errand], Date.now());
    if (this.history?.errand.id === errand.id) this.history = { ...this.history, errand };
  }

  private async attempt(what: string, action: () => Promise<void>, explain: (error: unknown) => string = told): Promise<void> {
    if (this.busy && what !== "list") return;
    this.busy = what;
    this.problem = "";
    try {
      await action();
    } catch (error) {
      this.problem = explain(error);
    } finally {
      this.busy = "";
    }
  }
}

type View = TemplateResult | typeof nothing;

const NOTHING_UNSENT = { entries: [], failing: false, retry: () => undefined };

function dueView(errand: Errand): TemplateResult {
  const due = formatDue(errand.due_at, Date.now());
  if (errand.done_at) return html`<span class="tag good">${icons.check}${t.errandDone}</span>`;
  return isOverdue(errand, Date.now())
    ? html`<span class="tag bad">${icons.warn}${t.errandOverdue(due)}</span>`
    : html`<span class="tag">${icons.clock}${t.errandDue(due)}</span>`;
}

define("kommun-desk-errands", ErrandsPage);
