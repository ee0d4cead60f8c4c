import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { formatMoment } from "../editor/dates";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { recordsTexts as t } from "../texts/sv-records";
import type { Ground, Heading, Mark, NewMark, OpenTranscript, RecordRequest, Review } from "./model";
import { RecordsPage } from "./page";
import { alertView, failure, waiting } from "./parts";
import { cardClass, evidenceView, headView, piecesView, whoOf } from "./part-view";
import { href } from "./router";
import "./part-card";

/** The review for secrecy of one conversation: all of it with its marks, or what will be handed out. */
export class ReviewPage extends RecordsPage {
  @state() private review: Review | null = null;
  @state() private preview: OpenTranscript | null = null;
  private request: RecordRequest | null = null;
  private grounds: readonly Ground[] = [];
  private readonly loading = new Task(this, {
    task: async ([id, conversation], { signal }) => {
      if (!id || !conversation) return;
      const { api } = this.app;
      const [full, grounds, review] = await Promise.all([api.request(id, signal), api.grounds(), api.review(id, conversation, signal)]);
      this.request = full.request;
      this.grounds = grounds;
      this.review = review;
      this.preview = null;
    },
    args: () => [this.route.id, this.route.conversation] as const,
  });

  override render() {
    return html`<div class="page"><p class="crumb"><a href=${href("begaran", this.route.id ?? "")}>${icons.back}${this.request?.reference ?? t.back}</a></p>
      ${this.loading.render({
        pending: () => waiting(),
        complete: () => (this.request && this.review ? this.wholeView(this.request, this.review) : nothing),
        error: (error) => html`<h1 tabindex="-1">${t.review}</h1>${failure(error, () => void this.loading.run())}`,
      })}</div>`;
  }

  private wholeView(request: RecordRequest, review: Review): TemplateResult {
    const { heading } = review.transcript;
    return html`<h1 tabindex="-1">${t.reviewOf(request.reference)}</h1>${headingView(heading)}
      ${this.standView(request, review)}${alertView(this.problem)}
      <div class="chips" role="group" aria-label=${t.review}>${this.tabView("review", !this.preview)}${this.tabView("preview", Boolean(this.preview))}</div>
      ${this.preview ? previewView(this.preview) : this.reviewView(request, review)}
      ${review.included ? html`<div class="row"><a class="button primary" href=${this.app.api.exportUrl(request.id, "pdf", heading.id)} download>${icons.save}${t.exportPdf}</a>
        <a class="button" href=${this.app.api.exportUrl(request.id, "json", heading.id)} download>${icons.save}${t.exportJson}</a></div>` : nothing}`;
  }

  private standView(request: RecordRequest, { included }: Review): TemplateResult | typeof nothing {
    if (request.closed_at) return html`<p class="banner info">${icons.clock}<span>${t.isClosed}</span></p>`;
    if (included) return nothing;
    return html`<div class="banner warn">${icons.warn}<p>${t.notIncluded}</p><button type="button" class="button" @click=${() => void this.include()}>${t.add}</button></div>`;
  }

  private tabView(tab: "review" | "preview", chosen: boolean): TemplateResult {
    return html`<button type="button" class="chip" aria-pressed=${chosen ? "true" : "false"} @click=${() => void this.show(tab)}>${t.tabs[tab]}</button>`;
  }

  private reviewView(request: RecordRequest, { transcript, marks, included }: Review): TemplateResult {
    const locked = !included || Boolean(request.closed_at);
    return html`<p class="help">${t.reviewHelp}</p><ol class="parts">${repeat(transcript.parts, ({ key }) => key, (part) => html`<li>
      <kommun-records-part .piece=${part} .marks=${marks.filter((mark: Mark) => mark.part === part.key)} .grounds=${this.grounds} .locked=${locked}
        @mark=${({ detail }: CustomEvent<NewMark>) => void this.mark(detail)} @unmark=${({ detail }: CustomEvent<string>) => void this.unmark(detail)}></kommun-records-part></li>`)}</ol>`;
  }

  private async show(tab: "review" | "preview"): Promise<void> {
    if (tab === "review") {
      this.preview = null;
      return;
    }
    await this.doing(async () => { this.preview = await this.app.api.preview(this.route.id!, this.route.conversation!); });
  }

  private async include(): Promise<void> {
    await this.doing(async () => {
      await this.app.api.add(this.route.id!, [this.route.conversation!]);
      if (this.review) this.review = { ...this.review, included: true };
      this.app.say(t.addedSaid(1));
      await this.focusOn("h1");
    });
  }

  private async mark(mark: NewMark): Promise<void> {
    await this.doing(async () => {
      const before = this.review?.marks.length ?? 0;
      this.review = await this.app.api.mark(this.route.id!, this.route.conversation!, mark);
      this.app.say(t.markedSaid(this.review.marks.length - before));
    });
  }

  private async unmark(id: string): Promise<void> {
    await this.doing(async () => {
      this.review = await this.app.api.unmark(this.route.id!, this.route.conversation!, id);
      this.app.say(t.unmarkedSaid);
    });
  }
}

function headingView({ id, created_at: began, last_at: last, language }: Heading): TemplateResult {
  return html`<p class="sub">${formatMoment(began)} – ${formatMoment(last)}${language === "sv" ? nothing : `, ${language}`}<br><span class="id">${id}</span></p>`;
}

function previewView({ parts }: OpenTranscript): TemplateResult {
  return html`<p class="help">${t.previewHelp}</p><ol class="parts">${parts.map((part) => html`<li><article class=${cardClass(part)} aria-label=${whoOf(part)}>
    ${headView(part)}${part.pieces.length ? piecesView(part.pieces) : nothing}${evidenceView(part)}</article></li>`)}</ol>`;
}

define("kommun-records-review", ReviewPage);
