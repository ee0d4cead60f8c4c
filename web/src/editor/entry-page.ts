import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { define } from "../shared/define";
import { NetworkError } from "../shared/http";
import { icons } from "../shared/icons";
import { editorTexts as t } from "../texts/sv-editor";
import { entryStyles } from "./entry-styles";
import { EntryStore } from "./entry-store";
import { findingsView, focusField } from "./findings-view";
import { formView, type FormUse } from "./form-view";
import { editorIcons } from "./icons";
import type { Conflict, FileLine, Publication } from "./model";
import { EditorPage } from "./page";
import { alertView, failure, waiting } from "./page-parts";
import { href, NEW } from "./router";
import { draftOf, type Form } from "./work";
import "./merge-panel";
import "./publish-panel";
import "./test-box";

const STEPS = { preview: "forhandsgranska", compare: "jamfor", remove: "ta-bort" } as const;

/** One entry from opening to publishing: edit, try, preview, publish, and put two edits together. */
export class EntryPage extends EditorPage {
  static override styles = [...EditorPage.styles, entryStyles];

  @state() private store: EntryStore | null = null;
  @state() private files: FileLine[] = [];
  @state() private error: unknown = null;
  @state() private asksDiscard = false;
  @state() private conflict: Conflict | null = null;
  @state() private codeError: NetworkError | null = null;
  @state() private codeReady = customElements.get("kommun-editor-code") !== undefined;
  @state() private published: Publication | null = null;
  private loading: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.loading?.abort();
    this.store?.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("route")) return;
    if (this.route.id === NEW) this.app.go(href("fragor", NEW + crypto.randomUUID().slice(0, 8), null, { ...this.route.query }), true);
    else if (this.store?.key !== this.route.id) void this.load(this.route.id ?? "");
    else if (!this.route.step && this.published) void this.load(this.route.id ?? "");
  }

  override render() {
    const { store } = this;
    if (this.error) return html`<div class="page">${this.backView()}${failure(this.error, () => void this.load(this.route.id ?? ""))}</div>`;
    if (!store?.work) return html`<div class="page">${waiting()}</div>`;
    switch (this.route.step) {
      case STEPS.preview: return this.previewView(store);
      case STEPS.compare: return this.compareView(store);
      case STEPS.remove: return this.removeView(store);
      default: return this.editView(store);
    }
  }

  // --- editing --------------------------------------------------------------------------------

  private editView(store: EntryStore): TemplateResult {
    return html`<div class="page entry">
      ${this.backView()}
      <h1 tabindex="-1">${store.isNew ? t.newTitle : store.line?.question}</h1>
      ${this.aboutView(store)}
      <div class="columns">
        <div class="main">
          ${this.tabsView(store)}
          ${alertView(store.problem)}
          <div class="card body" role="tabpanel" id="panel" aria-labelledby="tab-${this.form}">${this.bodyView(store)}</div>
        </div>
        <aside class="side" aria-label=${t.test}>
          <section class="card" aria-labelledby="findings">${findingsView(store, (finding) => this.goTo(store, finding.key ?? null, finding.line))}</section>
          <section class="card"><kommun-editor-test .app=${this.app} .draft=${store.isChanged ? () => draftOf(store.work!) : null}></kommun-editor-test></section>
        </aside>
      </div>
      ${this.footView(store)}
    </div>`;
  }

  private backView(): TemplateResult {
    return html`<p class="crumb"><a href=${href("fragor")}>${icons.back}${t.back}</a></p>`;
  }

  private aboutView(store: EntryStore): TemplateResult {
    const { line } = store;
    return html`
      ${line ? html`<p class="about">${line.topic_title} · <code>${line.id}</code> · <code>${t.fileLine(line.file, line.line)}</code>
        · <a href=${href("historik", null, null, { fraga: line.id })}>${t.history}</a></p>` : nothing}
      ${line?.national ? html`<p class="banner info">${editorIcons.info}<span>${t.isNational}</span></p>` : nothing}
      ${line?.overridden ? html`<div class="banner info">${editorIcons.info}<div><p>${t.isOverridden}</p>
        <details><summary>${t.nationalText}</summary><pre tabindex="0">${store.nationalYaml}</pre></details></div></div>` : nothing}
      ${store.outdated && store.isChanged ? html`<p class="banner warn">${icons.warn}<span>${t.outdated}</span></p>` : nothing}`;
  }

  /** What cannot be read is shown as text. */
  private get form(): Form {
    const unreadable = this.store?.checked && !this.store.work?.fields;
    return this.route.query["vy"] === "yaml" || unreadable ? "yaml" : "form";
  }

  private tabsView(store: EntryStore): TemplateResult {
    const tab = (form: Form, text: string) => html`<button type="button" role="tab" id="tab-${form}" aria-controls="panel"
      aria-selected=${this.form === form ? "true" : "false"} tabindex=${this.form === form ? 0 : -1}
      @click=${() => void this.show(store, form)}>${text}</button>`;
    return html`<div class="tabs" role="tablist" aria-label=${t.forms} @keydown=${(event: KeyboardEvent) => this.tabKey(event, store)}>
      ${tab("form", t.form)}${tab("yaml", t.yaml)}</div>`;
  }

  private bodyView(store: EntryStore): TemplateResult {
    if (this.form === "yaml") return this.yamlView(store);
    return store.work?.fields ? formView(this.formUse(store)) : waiting();
  }

  private yamlView(store: EntryStore): TemplateResult {
    if (this.codeError) return failure(this.codeError, () => void this.loadCode());
    if (!this.codeReady) {
      void this.loadCode();
      return waiting(t.yamlLoading);
    }
    return html`<p class="help" id="yaml-help">${t.yamlHelp}</p>
      <kommun-editor-code .value=${store.work?.yaml ?? ""} .findings=${store.findings} .begins=${store.begins}
        @changed=${(event: CustomEvent<string>) => store.setYaml(event.detail)}></kommun-editor-code>`;
  }

  /** Fetched when it is first needed: most editors never see the YAML. */
  private async loadCode(): Promise<void> {
    try {
      await import("./code-editor");
      this.codeError = null;
      this.codeReady = true;
    } catch (error) {
      this.codeError = new NetworkError(String(error));
    }
  }

  private formUse(store: EntryStore): FormUse {
    return {
      fields: store.work?.fields ?? {}, isNew: store.isNew, findings: store.findings, files: this.files,
      file: store.work?.file ?? "", overridden: store.line?.overridden ?? false,
      set: (key, value) => store.setField(key, value), setFile: (file) => store.setFile(file), say: (text) => this.app.say(text),
    };
  }

  private footView(store: EntryStore): TemplateResult {
    const changed = store.isChanged && !store.isBlank;
    return html`<div class="foot">
      <p class="state ${changed ? "changed" : ""}">${changed ? editorIcons.pen : icons.check}${store.isBlank ? t.blankState : changed ? t.changed : t.unchanged}</p>
      ${this.asksDiscard ? html`<div class="row asks" role="group" aria-label=${t.discard}><p>${t.discardAsk}</p>
          <button type="button" class="button" id="keep" @click=${() => { this.asksDiscard = false; }}>${t.cancel}</button>
          <button type="button" class="button danger" @click=${() => this.discard(store)}>${t.discardYes}</button></div>`
        : html`<div class="row">
          ${!changed && !store.isNew ? html`<a class="button quiet" href=${this.at(STEPS.remove)}>${editorIcons.remove}${t.remove}</a>` : nothing}
          ${changed ? html`<button type="button" class="button quiet" @click=${this.askDiscard}>${editorIcons.undo}${t.discard}</button>` : nothing}
          <button type="button" class="button primary" aria-disabled=${changed ? "false" : "true"} @click=${() => void this.toPreview(store)}>${t.preview}${editorIcons.right}</button></div>`}
    </div>`;
  }

  // --- the steps after ------------------------------------------------------------------------

  private previewView(store: EntryStore): TemplateResult {
    const title = String(store.work?.fields?.["fraga"] ?? store.line?.question ?? store.key);
    return html`<div class="page">
      ${this.published ? this.backView() : html`<p class="crumb"><a href=${this.at(null)}>${icons.back}${t.edit}</a></p>`}
      <h1 tabindex="-1">${this.published ? t.publishedOf(title) : t.previewOf(title)}</h1>
      <kommun-editor-publish .app=${this.app} .key=${store.work?.publication ?? ""} .note=${store.work?.note ?? ""}
        .was=${store.work?.opened.yaml ?? ""} .becomes=${store.work?.stale ? null : store.work?.yaml ?? ""}
        .load=${() => this.app.api.preview(draftOf(store.work!))}
        .send=${(id: string, note: string, confirmed: boolean) => this.app.api.publish(draftOf(store.work!), { id, note, confirmed })}
        .edit=${this.at(null)}
        @noted=${(event: CustomEvent<string>) => store.setNote(event.detail)}
        @conflict=${(event: CustomEvent<Conflict>) => this.toCompare(event.detail)}
        @published=${(event: CustomEvent<Publication>) => this.done(store, event.detail)}></kommun-editor-publish>
    </div>`;
  }

  private compareView(store: EntryStore): TemplateResult {
    if (!this.conflict) return this.previewView(store);
    return html`<div class="page">
      <h1 tabindex="-1">${t.conflict}</h1>
      <kommun-editor-merge .app=${this.app} .conflict=${this.conflict} .draft=${draftOf(store.work!)} .opened=${store.work!.opened}
        .edit=${this.at(null)}
        @merged=${(event: CustomEvent<Parameters<EntryStore["replace"]>[0]>) => this.takeMerged(store, event.detail)}></kommun-editor-merge>
    </div>`;
  }

  private removeView(store: EntryStore): TemplateResult {
    return html`<div class="page">
      ${this.published ? this.backView() : html`<p class="crumb"><a href=${this.at(null)}>${icons.back}${t.edit}</a></p>`}
      <h1 tabindex="-1">${t.removeOf(store.line?.question ?? store.key)}</h1>
      <kommun-editor-publish .app=${this.app} .key=${store.work!.publication} .help=${t.removeHelp} .action=${t.removeDo} .noteLabel=${t.removeNote}
        .done=${t.liveRemoved} .was=${store.work!.yaml} .becomes=${""}
        .send=${(id: string, note: string, confirmed: boolean) => this.app.api.remove(store.key, store.work?.version ?? "", { id, note, confirmed })}
        .edit=${this.at(null)}
        @conflict=${() => { void this.load(store.key); this.app.go(this.at(null)); }}
        @published=${(event: CustomEvent<Publication>) => this.done(store, event.detail)}></kommun-editor-publish>
    </div>`;
  }

  private at(step: string | null): string { return href("fragor", this.route.id, step); }

  // --------------------------------------------------------------------------------------------

  private async load(key: string): Promise<void> {
    this.loading?.abort();
    this.store?.stop();
    const own = new AbortController();
    this.loading = own;
    const store = new EntryStore(key, this.app, () => this.requestUpdate());
    this.store = store;
    this.error = this.conflict = this.published = null;
    this.asksDiscard = false;
    try {
      if (key.startsWith(NEW)) await this.begin(store, own.signal);
      else store.open(await this.app.api.entry(key, own.signal));
    } catch (error) {
      if (this.loading === own) this.error = error;
    }
  }

  private async begin(store: EntryStore, signal: AbortSignal): Promise<void> {
    this.files = (await this.app.api.files(signal)).filter(({ national }) => !national);
    store.openNew(this.files, this.route.query["fil"] ?? "");
  }

  private async show(store: EntryStore, form: Form): Promise<void> {
    if (form === this.form) return;
    if (await store.switchTo(form)) this.app.go(href("fragor", this.route.id, null, { vy: form === "yaml" ? "yaml" : "" }), true);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#tab-${this.form}`)?.focus();
  }

  private tabKey(event: KeyboardEvent, store: EntryStore): void {
    if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    void this.show(store, this.form === "form" ? "yaml" : "form");
  }

  private async goTo(store: EntryStore, key: string | null, line: number): Promise<void> {
    if (this.form === "form" && !key) await this.show(store, "yaml");
    await this.updateComplete;
    focusField(this.renderRoot, key, line - store.begins + 1);
  }

  private async toPreview(store: EntryStore): Promise<void> {
    if (!store.isChanged || store.isBlank) return;
    if (!(await store.settle())) return;
    if (store.errors.length) {
      this.app.say(t.errors(store.errors.length));
      this.renderRoot.querySelector<HTMLElement>("#findings")?.focus();
      return;
    }
    this.published = null;
    this.app.go(this.at(STEPS.preview));
  }

  private toCompare(conflict: Conflict): void {
    this.conflict = conflict;
    this.app.go(this.at(STEPS.compare));
  }

  private takeMerged(store: EntryStore, change: Parameters<EntryStore["replace"]>[0]): void {
    store.replace(change);
    this.conflict = null;
    this.app.go(this.at(STEPS.preview), true);
  }

  private done(store: EntryStore, publication: Publication): void {
    store.forget();
    this.published = publication;
  }

  private readonly askDiscard = async (): Promise<void> => {
    this.asksDiscard = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("#keep")?.focus();
  };

  private discard(store: EntryStore): void {
    store.forget();
    if (store.isNew) this.app.go(href("fragor"));
    else void this.load(store.key);
  }
}

define("kommun-editor-entry", EntryPage);
