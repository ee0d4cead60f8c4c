import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { editorTexts as t } from "../texts/sv-editor";
import { formatMoment } from "./dates";
import { editorIcons } from "./icons";
import { listStyles } from "./list-styles";
import type { EditorNotice, FileLine } from "./model";
import { stateOf, toShow } from "./notices";
import { EditorPage } from "./page";
import { alertView, failure, waiting } from "./page-parts";
import { told } from "./problem";
import { href, NEW } from "./router";
import "./notice-form";

/** What everybody who opens the chat is told between two moments; a crisis first. */
export class NoticesPage extends EditorPage {
  static override styles = [...EditorPage.styles, listStyles];

  @state() private ending: string | null = null;
  @state() private problem = "";
  private readonly notices = new Task(this, { task: (_args, { signal }) => this.app.api.notices(signal), args: () => [] as const });
  private readonly files = new Task(this, { task: (_args, { signal }) => this.app.api.files(signal), args: () => [] as const });

  override render() {
    const { id } = this.route;
    return html`<div class="page">${id ? nothing : this.headView()}${this.notices.render({
      pending: () => waiting(),
      complete: (all) => (id ? this.formView(id, all) : this.listView(all)),
      error: (error) => failure(error, () => void this.notices.run()),
    })}</div>`;
  }

  private headView(): TemplateResult {
    return html`<div class="head"><h1 tabindex="-1">${t.views.meddelanden}</h1>
      <a class="button primary" href=${href("meddelanden", NEW)}>${editorIcons.plus}${t.noticeNew}</a></div><p class="lead">${t.noticesHelp}</p>`;
  }

  private listView(all: readonly EditorNotice[]): TemplateResult {
    return html`${alertView(this.problem)}
      ${all.length ? html`<ul class="cards">${toShow(all, new Date()).map((notice) => this.noticeView(notice))}</ul>` : html`<div class="empty"><p>${t.noticesEmpty}</p></div>`}`;
  }

  private noticeView(notice: EditorNotice): TemplateResult {
    const { id, kind, text, starts, ends } = notice;
    const now = stateOf(notice, new Date());
    return html`<li class="card notice ${kind} ${now}"><div class="tags"><span class="tag ${now === "now" ? (kind === "kris" ? "bad" : "good") : ""}">${t.noticeStates[now]}</span>
        ${kind === "kris" ? html`<span class="tag bad">${icons.warn}${t.crisis}</span>` : nothing}<span class="sub">${t.noticeSpan(formatMoment(starts), ends ? formatMoment(ends) : null)}</span></div>
      <h2>${text}</h2>
      <div class="row"><a class="button" href=${href("meddelanden", id)}>${editorIcons.pen}${t.change}<span class="hidden">: ${text}</span></a>
        ${now === "ended" ? nothing : this.ending === id ? html`<span class="asks" role="group" aria-label=${t.noticeEnd}>${t.noticeEndAsk}</span>
            <button type="button" class="button" id="keep" @click=${() => { this.ending = null; }}>${t.cancel}</button>
            <button type="button" class="button danger" @click=${() => void this.end(id)}>${t.noticeEndYes}</button>`
          : html`<button type="button" class="button" @click=${() => void this.askEnd(id)}>${editorIcons.stop}${t.noticeEnd}<span class="hidden">: ${text}</span></button>`}</div></li>`;
  }

  private formView(id: string, all: readonly EditorNotice[]): TemplateResult {
    const notice = all.find((one) => one.id === id) ?? null;
    return html`<p class="crumb"><a href=${href("meddelanden")}>${icons.back}${t.views.meddelanden}</a></p>
      <h1 tabindex="-1">${notice ? t.noticeEdit : t.noticeNew}</h1>
      <kommun-editor-notice .app=${this.app} .notice=${notice} .topics=${topicsOf(this.files.value ?? [])} @saved=${this.saved}></kommun-editor-notice>`;
  }

  private readonly saved = (): void => {
    this.app.say(t.noticeSaved);
    void this.notices.run();
    this.app.go(href("meddelanden"));
  };

  private async askEnd(id: string): Promise<void> {
    this.ending = id;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("#keep")?.focus();
  }

  private async end(id: string): Promise<void> {
    this.problem = "";
    this.ending = null;
    try {
      await this.app.api.endNotice(id);
      this.app.say(t.noticeEnded);
    } catch (error) {
      this.problem = told(error);
    }
    await this.notices.run();
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
  }
}

function topicsOf(files: readonly FileLine[]): [string, string][] {
  return [...new Map(files.map(({ topic, title }) => [topic, title]))].sort(([, one], [, other]) => one.localeCompare(other, "sv"));
}

define("kommun-editor-notices", NoticesPage);
