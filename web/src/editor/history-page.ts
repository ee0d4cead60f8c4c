import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { define } from "../shared/define";
import { editorTexts as t } from "../texts/sv-editor";
import { formatMoment } from "./dates";
import { historyStyles } from "./history-styles";
import type { Publication } from "./model";
import { EditorPage } from "./page";
import { failure, waiting } from "./page-parts";
import { href } from "./router";

const LIMIT = 200;

/** What has gone live, newest first: of all entries, or of one. */
export class HistoryPage extends EditorPage {
  static override styles = [...EditorPage.styles, historyStyles];

  private readonly list = new Task(this, {
    task: ([entry], { signal }) => this.app.api.publications(entry, LIMIT, signal),
    args: () => [this.route.query["fraga"] ?? null] as const,
  });

  override render() {
    const entry = this.route.query["fraga"];
    return html`<div class="page"><h1 tabindex="-1">${entry ? t.historyOf(entry) : t.views.historik}</h1>
      <p class="lead">${entry ? html`<a href=${href("fragor", entry)}>${t.toEntry}</a> · <a href=${href("historik")}>${t.historyAll}</a>` : t.historyHelp}</p>
      ${this.list.render({
        pending: () => waiting(),
        complete: (found) => (found.length ? html`<ol class="publications">${found.map(publicationView)}</ol>` : html`<div class="empty"><p>${t.historyEmpty}</p></div>`),
        error: (error) => failure(error, () => void this.list.run()),
      })}</div>`;
  }
}

function publicationView({ id, entry, at, editor, note, kind, commit }: Publication): TemplateResult {
  return html`<li><div class="what"><a href=${href("historik", id)}><span class="hidden">${t.kindsOf[kind]}: </span>${entry}</a>
      <span class="sub">${note || t.noNote}</span></div>
    <div class="tags"><span class="tag kind-${kind}" aria-hidden="true">${t.kindsOf[kind]}</span>
      <span class="sub">${editor}, ${formatMoment(at)}</span>${commit ? html`<code class="sub">${commit.slice(0, 8)}</code>` : nothing}</div></li>`;
}

define("kommun-editor-history", HistoryPage);
