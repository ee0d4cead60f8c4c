import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { formatMoment } from "../editor/dates";
import { define } from "../shared/define";
import { formatDay } from "../shared/format";
import { icons } from "../shared/icons";
import { recordsTexts as t } from "../texts/sv-records";
import { lineView } from "./line-view";
import type { ConversationLine, RecordRequest, RequestFull, RequestOutcome } from "./model";
import { RecordsPage } from "./page";
import { alertView, failure, fieldOf, submitting, waiting } from "./parts";
import { href } from "./router";
import "./find-box";

const OUTCOMES: readonly RequestOutcome[] = ["handed_out", "partly", "refused", "none_found"];

/** One request: its conversations, what is handed out, and how it ends. */
export class RequestPage extends RecordsPage {
  @state() private full: RequestFull | null = null;
  @state() private removing: string | null = null;
  private readonly loading = new Task(this, {
    task: async ([id], { signal }) => { this.full = id ? await this.app.api.request(id, signal) : null; },
    args: () => [this.route.id] as const,
  });

  override render() {
    return html`<div class="page"><p class="crumb"><a href=${href("begaran")}>${icons.back}${t.views.begaran}</a></p>
      ${this.loading.render({
        pending: () => waiting(),
        complete: () => (this.full ? this.fullView(this.full) : nothing),
        error: (error) => html`<h1 tabindex="-1">${t.views.begaran}</h1>${failure(error, () => void this.loading.run())}`,
      })}</div>`;
  }

  private fullView(full: RequestFull): TemplateResult {
    const { request, conversations } = full;
    const open = !request.closed_at;
    return html`<h1 tabindex="-1">${request.reference}</h1>
      ${factsView(request)}
      ${open ? html`<p class="banner ${conversations.length ? "info" : "warn"}">${conversations.length ? icons.clock : icons.warn}<span>${conversations.length ? t.holdsThese : t.holdsAll}</span></p>` : nothing}
      ${request.kind === "extract" ? html`<div class="banner warn stacked">${icons.person}<div><h2>${t.identity}</h2><p>${t.identityHelp}</p></div></div>` : nothing}
      ${alertView(this.problem)}
      <section class="card" aria-labelledby="of-request"><h2 id="of-request" tabindex="-1">${t.inRequest} <span class="count">${conversations.length}</span></h2>
        ${conversations.length ? html`<ul class="entries">${conversations.map((line) => this.lineView(full, line))}</ul>` : html`<p class="help">${t.noConversations}</p>`}</section>
      ${open ? html`<kommun-records-find .app=${this.app} .request=${request.id} @added=${({ detail }: CustomEvent<RequestFull>) => { this.full = detail; }}></kommun-records-find>` : nothing}
      ${conversations.length ? this.exportView(full) : nothing}
      ${open ? this.closeView(request) : nothing}`;
  }

  private lineView({ request, marks, unread }: RequestFull, line: ConversationLine): TemplateResult {
    const { id } = line;
    const asks = this.removing === id;
    const said = html`<span class="hidden">: ${line.first_words || id}</span>`;
    return lineView(request.id, line, html`${unread.includes(id) ? html`<span class="tag warn">${t.unread}</span>` : nothing}<span class="tag ${marks[id] ? "draft" : ""}">${t.marked(marks[id] ?? 0)}</span>
      <a class="button" href=${href("begaran", request.id, id)}>${t.read}${said}</a>
      ${request.closed_at ? nothing : asks ? html`<span class="sub">${t.removeAsk}</span>
        <button type="button" class="button danger" id="yes" @click=${() => void this.takeOut(request.id, id)}>${t.removeYes}${said}</button>
        <button type="button" class="button" @click=${() => { this.removing = null; }}>${t.cancel}</button>`
      : html`<button type="button" class="button" @click=${() => { this.removing = id; void this.focusOn("#yes"); }}>${t.remove}${said}</button>`}`);
  }

  private exportView({ request, conversations, marks, unread }: RequestFull): TemplateResult {
    const unmarked = conversations.filter(({ id }) => !marks[id]).length;
    if (unread.length) {
      return html`<section class="card form" aria-labelledby="export"><h2 id="export">${t.export}</h2>
        <p class="banner warn">${icons.warn}<span>${t.readFirst(unread.length)}</span></p></section>`;
    }
    return html`<section class="card form" aria-labelledby="export"><h2 id="export">${t.export}</h2><p class="help">${t.exportHelp}</p>
      ${unmarked ? html`<p class="banner warn">${icons.warn}<span>${t.reviewFirst(unmarked)}</span></p>` : nothing}
      <div class="row"><a class="button primary" href=${this.app.api.exportUrl(request.id, "pdf")} download>${icons.save}${t.exportPdf}</a>
        <a class="button" href=${this.app.api.exportUrl(request.id, "json")} download>${icons.save}${t.exportJson}</a></div></section>`;
  }

  private closeView(request: RecordRequest): TemplateResult {
    return html`<form class="card form" @submit=${submitting((form) => void this.close(request.id, fieldOf(form, "outcome") as RequestOutcome))}>
      <h2>${t.close}</h2><p class="help">${t.closeHelp}</p>
      <fieldset class="field checks"><legend>${t.outcome}</legend><div class="row">${OUTCOMES.map((one) => html`<label class="check">
        <input type="radio" name="outcome" value=${one} required>${t.outcomes[one]}</label>`)}</div></fieldset>
      <div class="row"><button class="button" aria-disabled=${this.busy ? "true" : "false"}>${t.closeButton}</button></div></form>`;
  }

  private async takeOut(request: string, id: string): Promise<void> {
    await this.doing(async () => { this.full = await this.app.api.remove(request, id); });
    this.removing = null;
    void this.focusOn("#of-request");
  }

  private async close(id: string, outcome: RequestOutcome): Promise<void> {
    await this.doing(async () => {
      const request = await this.app.api.close(id, outcome);
      if (this.full) this.full = { ...this.full, request };
      this.app.say(t.closed);
      await this.focusOn("h1");
    });
  }
}

function factsView({ kind, received, closed_at: closedAt, closed_by: closedBy, outcome }: RecordRequest): TemplateResult {
  return html`<div class="row"><span class="tag">${t.kinds[kind]}</span><span class="sub">${t.receivedOn(formatDay(received))}</span>
    ${closedAt && outcome ? html`<span class="tag good">${t.outcomes[outcome]}</span><span class="sub">${t.closedOn(formatMoment(closedAt), closedBy ?? "")}</span>` : nothing}</div>`;
}

define("kommun-records-request", RequestPage);
