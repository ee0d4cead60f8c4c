import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { formatMoment, today } from "../editor/dates";
import { define } from "../shared/define";
import { formatDay } from "../shared/format";
import { icons } from "../shared/icons";
import { recordsTexts as t } from "../texts/sv-records";
import type { RecordRequest, RequestKind } from "./model";
import { RecordsPage } from "./page";
import { alertView, empty, failure, fieldOf, submitting, waiting } from "./parts";
import { href } from "./router";

/** What is asked for: a form for a new request, the open ones, and the closed ones. */
export class RequestsPage extends RecordsPage {
  private readonly lists = new Task(this, {
    task: (_args, { signal }) => Promise.all([this.app.api.requests(false, signal), this.app.api.requests(true, signal)]),
    args: () => [] as const,
  });

  override render() {
    return html`<div class="page"><h1 tabindex="-1">${t.views.begaran}</h1><p class="lead">${t.requestsHelp}</p>
      ${this.lists.render({
        pending: () => waiting(),
        complete: ([open, closed]) => html`
          ${open.length ? html`<ul class="entries">${open.map(requestLine)}</ul>` : empty(t.noOpen)}
          ${this.formView()}
          <h2>${t.closedOnes}</h2>
          ${closed.length ? html`<ul class="entries">${closed.map(requestLine)}</ul>` : html`<p class="help">${t.noClosed}</p>`}`,
        error: (error) => failure(error, () => void this.lists.run()),
      })}</div>`;
  }

  private formView(): TemplateResult {
    return html`<form class="card form" @submit=${submitting((form) => void this.register(form))}><h2>${t.newRequest}</h2>
      <p class="banner info">${icons.person}<span>${t.anonymous}</span></p>
      <div class="pair">
        <div class="field"><label for="reference">${t.reference}</label><p class="help" id="reference-help">${t.referenceHelp}</p>
          <input id="reference" name="reference" maxlength="64" autocomplete="off" required aria-describedby="reference-help"></div>
        <div class="field"><label for="received">${t.received}</label><input id="received" name="received" type="date" max=${today()} .defaultValue=${today()} required></div></div>
      <fieldset class="field checks"><legend>${t.kind}</legend><div class="row">${(["public", "extract"] as const).map((kind, i) => html`<label class="check">
        <input type="radio" name="kind" value=${kind} ?checked=${i === 0}>${t.kinds[kind]}</label>`)}</div></fieldset>
      ${alertView(this.problem)}
      <div class="row"><button class="button primary" aria-disabled=${this.busy ? "true" : "false"}>${t.register}</button></div></form>`;
  }

  private async register(form: FormData): Promise<void> {
    const id = crypto.randomUUID();
    const done = await this.doing(() => this.app.api.register(id, fieldOf(form, "reference"), fieldOf(form, "kind") as RequestKind, fieldOf(form, "received")));
    if (!done) return;
    this.app.say(t.registered);
    location.hash = href("begaran", id);
  }
}

function requestLine({ id, reference, kind, received, conversations, closed_at: closedAt, closed_by: closedBy, outcome }: RecordRequest): TemplateResult {
  return html`<li><div class="what"><a href=${href("begaran", id)}>${reference}</a>
      <span class="sub">${t.kinds[kind]}. ${closedAt ? t.closedOn(formatMoment(closedAt), closedBy ?? "") : t.receivedOn(formatDay(received))}</span></div>
    <div class="tags">${outcome ? html`<span class="tag">${t.outcomes[outcome]}</span>` : nothing}
      ${!closedAt && conversations === 0 ? html`<span class="tag warn">${icons.warn}${t.blocksAll}</span>` : html`<span class="sub">${conversations ? t.conversations(conversations) : t.noConversations}</span>`}</div></li>`;
}

define("kommun-records-requests", RequestsPage);
