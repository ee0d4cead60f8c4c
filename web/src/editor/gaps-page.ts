import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { define } from "../shared/define";
import { formatDay, formatShare } from "../shared/format";
import { editorTexts as t } from "../texts/sv-editor";
import { openBegun } from "./begun";
import { gapsNav } from "./gaps-nav";
import { editorIcons } from "./icons";
import { listStyles } from "./list-styles";
import type { Gap } from "./model";
import { EditorPage } from "./page";
import { alertView, failure, waiting } from "./page-parts";
import { told } from "./problem";
import { href } from "./router";

/** What citizens ask for and get no answer to; a gap becomes the draft of an entry. */
export class GapsPage extends EditorPage {
  static override styles = [...EditorPage.styles, listStyles];

  @state() private drafting: string | null = null;
  @state() private problem = "";
  private readonly gaps = new Task(this, { task: (_args, { signal }) => this.app.api.gaps(signal), args: () => [] as const });
  private readonly proposals = new Task(this, { task: (_args, { signal }) => this.app.api.proposals(signal), args: () => [] as const });

  override render() {
    return html`<div class="page"><h1 tabindex="-1">${t.views.luckor}</h1>${gapsNav("gaps", this.proposals.value?.length ?? null)}
      <p class="lead">${t.gapsHelp}</p>${alertView(this.problem)}
      ${this.gaps.render({
        pending: () => waiting(),
        complete: (found) => (found.length ? html`<ul class="cards">${found.map((gap) => this.gapView(gap))}</ul>` : html`<div class="empty"><p>${t.gapsEmpty}</p></div>`),
        error: (error) => failure(error, () => void this.gaps.run()),
      })}</div>`;
  }

  private gapView(gap: Gap): TemplateResult {
    const { id, label, questions, count, first, last, nearest } = gap;
    const drafting = this.drafting === id;
    return html`<li class="card gap"><h2>${label} <span class="count">${t.gapAsked(count)}</span></h2>
      <p class="sub">${t.gapSpan(formatDay(first), formatDay(last))}</p>
      <ul class="quotes">${questions.slice(0, 5).map((question) => html`<li><q>${question}</q></li>`)}</ul>
      ${questions.length > 5 ? html`<details><summary>${t.more(questions.length - 5)}</summary><ul class="quotes">${questions.slice(5).map((question) => html`<li><q>${question}</q></li>`)}</ul></details>` : nothing}
      ${nearest ? html`<p class="help">${t.gapNearest(formatShare(nearest.confidence))} <a href=${href("fragor", nearest.id)}>${nearest.title}</a></p>` : nothing}
      <button type="button" class="button" aria-disabled=${this.drafting ? "true" : "false"} @click=${() => void this.draft(id)}>${editorIcons.plus}${
        drafting ? t.gapDrafting : t.gapDraft}<span class="hidden">: ${label}</span></button></li>`;
  }

  private async draft(id: string): Promise<void> {
    if (this.drafting) return;
    this.drafting = id;
    this.problem = "";
    try {
      openBegun(this.app, await this.app.api.gapDraft(id));
    } catch (error) {
      this.problem = told(error);
    } finally {
      this.drafting = null;
    }
  }
}

define("kommun-editor-gaps", GapsPage);
