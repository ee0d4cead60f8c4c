import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { define } from "../shared/define";
import { ApiError, NetworkError } from "../shared/http";
import { icons } from "../shared/icons";
import { base, tokens } from "../shared/tokens";
import { editorTexts as t } from "../texts/sv-editor";
import type { App } from "./app";
import { formatMoment } from "./dates";
import { diffView } from "./diff-view";
import { editorIcons } from "./icons";
import type { Conflict, Finding, Preview, Previewed, Publication } from "./model";
import { alertView, waiting } from "./page-parts";
import { previewView } from "./preview-view";
import { told } from "./problem";
import { publishStyles } from "./publish-styles";
import { href } from "./router";
import { editorStyles } from "./styles";

const MAX_NOTE = 500; // the API's limit

/**
 * What a change will do, a note and the button that makes it live; then that it is live.
 *
 * @fires noted - the note was written; detail is all of it
 * @fires conflict - somebody else was first; detail is a Conflict
 * @fires published - it is live; detail is the Publication
 */
export class PublishPanel extends LitElement {
  static override styles = [tokens, base, editorStyles, publishStyles];

  @property({ attribute: false }) app!: App;
  /** UUID of the publication: the same until something is changed. */
  @property({ attribute: false }) key = "";
  @property({ attribute: false }) note = "";
  @property({ attribute: false }) was = "";
  /** null: not known. */
  @property({ attribute: false }) becomes: string | null = null;
  /** null: only the server's answer to a publication tells what it changes. */
  @property({ attribute: false }) load: (() => Promise<Previewed>) | null = null;
  @property({ attribute: false }) send!: (id: string, note: string, confirmed: boolean) => Promise<Publication>;
  /** Where one goes on editing. */
  @property({ attribute: false }) edit = "";
  @property({ attribute: false }) help = "";
  @property({ attribute: false }) action: string = t.publish;
  @property({ attribute: false }) noteLabel: string = t.note;
  @property({ attribute: false }) done: string = t.live;
  @state() private preview: Preview | null = null;
  @state() private findings: Finding[] = [];
  @state() private busy: "previewing" | "publishing" | null = null;
  @state() private problem = "";
  @state() private missingConfirm = false;
  @state() private confirmed = false;
  @state() private published: Publication | null = null;
  /** No answer came: until one does, the very same request is sent again. */
  private sent: { note: string; confirmed: boolean } | null = null;

  protected override firstUpdated(): void { if (this.load) void this.ask(); }

  override render() {
    if (this.published) return this.doneView(this.published);
    if (this.busy === "previewing") return waiting(t.previewing, t.previewingHelp);
    const blocked = this.preview?.blocked ?? false;
    return html`
      ${this.help ? html`<p class="lead">${this.help}</p>` : nothing}
      ${this.findings.length ? this.findingsView() : nothing}
      ${this.preview ? previewView(this.preview) : nothing}
      ${this.becomes === null ? nothing : html`<section class="card"><h2>${t.textChanges}</h2>${diffView(this.was, this.becomes, t.textChanges)}</section>`}
      ${this.findings.length ? nothing : blocked ? html`<p class="banner bad">${editorIcons.stop}<span>${t.blockedHelp}</span></p>` : this.formView()}
      <div class="row end">${alertView(this.problem)}
        ${this.problem && !this.preview && this.load ? html`<button type="button" class="button" @click=${() => void this.ask()}>${t.again}</button>` : nothing}
        <a class="button" href=${this.edit}>${blocked || this.findings.length ? t.edit : t.cancel}</a></div>`;
  }

  private findingsView(): TemplateResult {
    return html`<section class="banner bad stacked" aria-labelledby="wrong">${icons.warn}<div><h2 id="wrong">${t.invalid}</h2>
      <ul>${this.findings.map(({ text }) => html`<li>${text}</li>`)}</ul></div></section>`;
  }

  private formView(): TemplateResult | typeof nothing {
    if (this.load && !this.preview) return nothing;
    const publishing = this.busy === "publishing";
    return html`<form class="card publish" @submit=${(event: Event) => { event.preventDefault(); void this.publish(); }}>
      <div class="field"><label for="note">${this.noteLabel}</label><p class="help" id="note-help">${t.noteHelp}</p>
        <textarea id="note" rows="2" maxlength=${MAX_NOTE} aria-describedby="note-help" .value=${live(this.note)} ?readonly=${this.sent !== null}
          @input=${this.noted}></textarea></div>
      ${this.preview?.needs_confirmation ? html`<label class="check confirm"><input type="checkbox" id="confirm" .checked=${live(this.confirmed)}
          aria-describedby=${this.missingConfirm ? "confirm-missing" : nothing} aria-invalid=${this.missingConfirm ? "true" : nothing}
          @change=${(event: Event) => { this.confirmed = (event.target as HTMLInputElement).checked; this.missingConfirm = false; }}>${t.confirm}</label>
        <div role="alert">${this.missingConfirm ? html`<p class="finding fel" id="confirm-missing">${icons.warn}<span>${t.confirmNeeded}</span></p>` : nothing}</div>` : nothing}
      <button class="button primary big" aria-disabled=${publishing ? "true" : "false"}>${publishing ? t.publishing : this.action}</button>
      <p class="help" role="status">${publishing ? t.publishingHelp : ""}</p>
    </form>`;
  }

  private doneView({ id, editor, at, entry, kind }: Publication): TemplateResult {
    const gone = kind === "remove";
    return html`<section class="card done" aria-labelledby="done"><span class="mark">${icons.check}</span>
      <h2 id="done" tabindex="-1">${this.done}</h2><p class="sub">${t.liveBy(editor, formatMoment(at))}</p>
      <div class="row">
        ${gone ? nothing : html`<a class="button primary" href=${href("fragor", entry)}>${t.toEntry}</a>`}
        <a class="button" href=${href("historik", id)}>${editorIcons.history}${t.toHistory}</a>
        <a class="button" href=${href("historik", id, "aterstall")}>${editorIcons.undo}${t.undo}</a>
        <a class="button quiet" href=${href("fragor")}>${t.back}</a></div></section>`;
  }

  private async ask(): Promise<void> {
    this.busy = "previewing";
    this.problem = "";
    try {
      const { findings, preview } = await this.load!();
      this.preview = preview ?? (findings.some(({ level }) => level === "fel") ? null : UNKNOWN);
      this.findings = preview ? [] : findings.filter(({ level }) => level === "fel");
      this.app.say(this.preview ? t.preview : t.invalid);
    } catch (error) {
      this.problem = told(error);
    } finally {
      this.busy = null;
    }
  }

  private readonly noted = (event: Event): void => {
    this.note = (event.target as HTMLTextAreaElement).value;
    this.dispatchEvent(new CustomEvent("noted", { detail: this.note }));
  };

  private async publish(): Promise<void> {
    if (this.busy) return;
    if (this.preview?.needs_confirmation && !this.confirmed) {
      this.missingConfirm = true;
      this.renderRoot.querySelector<HTMLElement>("#confirm")?.focus();
      return;
    }
    this.busy = "publishing";
    this.problem = "";
    const wish = this.sent ?? { note: this.note.trim(), confirmed: this.confirmed };
    try {
      this.published = await this.send(this.key, wish.note, wish.confirmed);
      this.dispatchEvent(new CustomEvent("published", { detail: this.published }));
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>("#done")?.focus();
    } catch (error) {
      this.refused(error, wish);
    } finally {
      this.busy = null;
    }
  }

  private refused(error: unknown, wish: { note: string; confirmed: boolean }): void {
    this.sent = error instanceof NetworkError ? wish : null;
    this.problem = error instanceof NetworkError ? t.unsure : told(error);
    if (!(error instanceof ApiError)) return;
    const body = (error.body ?? {}) as { preview?: Preview; findings?: Finding[] };
    if (body.preview) this.preview = body.preview;
    if (body.findings?.length) this.findings = body.findings;
    if (error.code === "version_conflict") this.dispatchEvent(new CustomEvent("conflict", { detail: error.body as Conflict }));
  }
}

/** A server that does not try edits on questions still publishes them. */
const UNKNOWN: Preview = { changes: [], risks: [], asked: 0, seconds: 0, blocked: false, needs_confirmation: false };

define("kommun-editor-publish", PublishPanel);
