import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { linkView } from "../shared/markup-view";
import { base, tokens } from "../shared/tokens";
import { editorTexts as t } from "../texts/sv-editor";
import type { App } from "./app";
import { fromLocalInput, toLocalInput } from "./dates";
import type { EditorNotice } from "./model";
import { faultsOf } from "./notices";
import { noticeStyles } from "./notice-styles";
import { alertView } from "./page-parts";
import { told } from "./problem";
import { href } from "./router";
import { editorStyles } from "./styles";

const MAX_TEXT = 500; // the content's limit

/**
 * One notice: its text and when it is shown, beside what the chat will show.
 *
 * @fires saved - the server has it
 */
export class NoticeForm extends LitElement {
  static override styles = [tokens, base, editorStyles, noticeStyles];

  @property({ attribute: false }) app!: App;
  /** null: a new one. */
  @property({ attribute: false }) notice: EditorNotice | null = null;
  @property({ attribute: false }) topics: readonly [string, string][] = [];
  @state() private draft!: EditorNotice;
  @state() private tried = false;
  @state() private busy = false;
  @state() private problem = "";

  override connectedCallback(): void {
    super.connectedCallback();
    const now = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
    this.draft = this.notice ?? { id: crypto.randomUUID(), kind: "information", text: "", link: null, starts: now, ends: null, topics: [], pinned: false };
  }

  override render() {
    const { kind, text, link, pinned } = this.draft;
    return html`<div class="columns"><form class="card form" @submit=${(event: Event) => { event.preventDefault(); void this.save(); }}>
      <fieldset class="field checks"><legend>${t.noticeKind}</legend><div class="stack">${(["kris", "information"] as const).map((one) => html`<label class="check">
        <input type="radio" name="kind" .checked=${live(kind === one)} @change=${() => this.set({ kind: one })}>${t.noticeKinds[one]}</label>`)}</div></fieldset>
      ${this.fieldView("text", t.noticeText, t.noticeTextHelp, (described) => html`<textarea id="text" rows="3" maxlength=${MAX_TEXT} required aria-describedby=${described}
        lang="sv" .value=${live(text)} @input=${(event: Event) => this.set({ text: valueOf(event) })}></textarea>`)}
      <div class="pair">${this.momentView("starts", t.noticeStarts, "")}${this.momentView("ends", t.noticeEnds, t.noticeEndsHelp)}</div>
      <fieldset class="field" aria-describedby="link-notes"><legend>${t.noticeLink}</legend><div id="link-notes">${this.faultView("link")}</div><div class="pair">
        <div class="field"><label for="link-title">${t.noticeLinkTitle}</label><input id="link-title" .value=${live(link?.title ?? "")} @input=${(event: Event) => this.setLink({ title: valueOf(event) })}></div>
        <div class="field"><label for="link-url">${t.noticeLinkUrl}</label><input id="link-url" spellcheck="false" .value=${live(link?.url ?? "")} @input=${(event: Event) => this.setLink({ url: valueOf(event) })}></div></div></fieldset>
      ${this.topicsView()}
      <label class="check"><input type="checkbox" .checked=${live(pinned)} @change=${(event: Event) => this.set({ pinned: (event.target as HTMLInputElement).checked })}>${t.noticePinned}</label>
      ${alertView(this.problem)}
      <div class="row"><button class="button primary" aria-disabled=${this.busy ? "true" : "false"}>${this.busy ? t.noticeSaving : t.noticeSave}</button>
        <a class="button" href=${href("meddelanden")}>${t.cancel}</a></div></form>
      <aside class="card" aria-labelledby="preview"><h2 id="preview">${t.noticePreview}</h2>${this.previewView()}</aside></div>`;
  }

  private fieldView(key: "text" | "starts" | "ends", label: string, help: string, control: (described: string) => TemplateResult): TemplateResult {
    return html`<div class="field"><label for=${key}>${label}</label><div id="${key}-notes">${help ? html`<p class="help">${help}</p>` : nothing}${this.faultView(key)}</div>${control(`${key}-notes`)}</div>`;
  }

  private faultView(key: "text" | "starts" | "ends" | "link"): TemplateResult | typeof nothing {
    const fault = this.tried && faultsOf(this.draft)[key];
    return fault ? html`<p class="finding fel">${icons.warn}<span>${fault}</span></p>` : nothing;
  }

  private momentView(key: "starts" | "ends", label: string, help: string): TemplateResult {
    return this.fieldView(key, label, help, (described) => html`<input id=${key} type="datetime-local" aria-describedby=${described} ?required=${key === "starts"}
      .value=${live(toLocalInput(this.draft[key]))} @change=${(event: Event) => this.setMoment(key, fromLocalInput(valueOf(event)))}>`);
  }

  private topicsView(): TemplateResult {
    const { topics } = this.draft;
    const toggle = (topic: string) => this.set({ topics: topics.includes(topic) ? topics.filter((one) => one !== topic) : [...topics, topic] });
    return html`<fieldset class="field checks topics" aria-describedby="topics-help"><legend>${t.noticeTopics}</legend><p class="help" id="topics-help">${t.noticeTopicsHelp}</p>
      <div class="row">${this.topics.map(([topic, title]) => html`<label class="check"><input type="checkbox" .checked=${live(topics.includes(topic))} @change=${() => toggle(topic)}>${title}</label>`)}</div></fieldset>`;
  }

  private previewView(): TemplateResult {
    const { kind, text, link } = this.draft;
    return html`<p class="chat-notice ${kind === "kris" ? "crisis" : ""}">${icons.warn}<span><strong>${kind === "kris" ? t.noticeCrisis : t.noticeInfo}</strong> ${text || "…"}
      ${link?.title && link.url ? linkView(link.title, link.url, "") : nothing}</span></p>`;
  }

  private set(change: Partial<EditorNotice>): void { this.draft = { ...this.draft, ...change }; }

  private setMoment(key: "starts" | "ends", moment: string | null): void {
    this.set(key === "starts" ? { starts: moment ?? "" } : { ends: moment });
  }

  private setLink(change: Partial<{ title: string; url: string }>): void {
    const link = { title: "", url: "", ...this.draft.link, ...change };
    this.set({ link: link.title || link.url ? link : null });
  }

  private async save(): Promise<void> {
    if (this.busy) return;
    this.tried = true;
    const [first] = Object.keys(faultsOf(this.draft));
    if (first) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(`#${first === "link" ? "link-title" : first}`)?.focus();
      return;
    }
    this.busy = true;
    this.problem = "";
    try {
      await (this.notice ? this.app.api.changeNotice(this.draft) : this.app.api.addNotice(this.draft));
      this.dispatchEvent(new CustomEvent("saved"));
    } catch (error) {
      this.problem = told(error);
    } finally {
      this.busy = false;
    }
  }
}

function valueOf(event: Event): string { return (event.target as HTMLInputElement).value; }

define("kommun-editor-notice", NoticeForm);
