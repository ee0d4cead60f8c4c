import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { define } from "../shared/define";
import { formatDay } from "../shared/format";
import { editorTexts as t } from "../texts/sv-editor";
import { listStyles } from "./list-styles";
import { REVIEW_KINDS, type Review, type ReviewItem, type ReviewKind } from "./model";
import { EditorPage } from "./page";
import { failure, waiting } from "./page-parts";
import { href } from "./router";

const FIRST = 10; // of each kind; the rest on demand

/** Answers that need somebody's eyes, by reason. */
export class ReviewPage extends EditorPage {
  static override styles = [...EditorPage.styles, listStyles];

  @state() private opened: readonly ReviewKind[] = [];
  private readonly review = new Task(this, { task: (_args, { signal }) => this.app.api.review(signal), args: () => [] as const });

  override render() {
    return html`<div class="page"><h1 tabindex="-1">${t.views.granska}</h1><p class="lead">${t.reviewHelp}</p>
      ${this.review.render({
        pending: () => waiting(), complete: (found) => this.reviewView(found), error: (error) => failure(error, () => void this.review.run()),
      })}</div>`;
  }

  private reviewView(review: Review): TemplateResult {
    const kinds = REVIEW_KINDS.filter((kind) => review[kind]?.length);
    if (!kinds.length) return html`<div class="empty"><p>${t.reviewEmpty}</p></div>`;
    return html`${kinds.map((kind) => this.kindView(kind, review[kind] ?? []))}`;
  }

  private kindView(kind: ReviewKind, items: readonly ReviewItem[]): TemplateResult {
    const all = this.opened.includes(kind);
    return html`<section class="card" aria-labelledby="r-${kind}"><h2 id="r-${kind}">${t.reviews[kind]} <span class="count">${items.length}</span></h2>
      <p class="help">${t.reviewAbout[kind]}</p>
      <ul class="entries">${(all ? items : items.slice(0, FIRST)).map(itemView)}</ul>
      ${items.length > FIRST && !all ? html`<p class="more"><button type="button" class="button" @click=${() => { this.opened = [...this.opened, kind]; }}>${
        t.showAll(items.length)}</button></p>` : nothing}</section>`;
  }
}

function itemView({ entry, title, owner, detail, count, since }: ReviewItem): TemplateResult {
  return html`<li><div class="what">${entry ? html`<a href=${href("fragor", entry)}>${title}</a>` : html`<strong>${title}</strong>`}
      <span class="sub">${[detail, owner].filter(Boolean).join(" · ")}</span></div>
    <div class="tags">${typeof count === "number" ? html`<span class="tag">${t.times(count)}</span>` : nothing}
      ${since ? html`<span class="sub">${t.since(formatDay(since))}</span>` : nothing}</div></li>`;
}

define("kommun-editor-review", ReviewPage);
