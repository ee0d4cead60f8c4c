import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { formatMoment } from "../editor/dates";
import { define } from "../shared/define";
import { recordsTexts as t } from "../texts/sv-records";
import type { Disposal, Hold, HoldReason } from "./model";
import { RecordsPage } from "./page";
import { alertView, empty, failure, fieldOf, waiting } from "./parts";

const REASONS: readonly HoldReason[] = ["threat", "appeal", "other"];

/** What must not be deleted, and what has been. */
export class KeepingPage extends RecordsPage {
  @state() private lifting: string | null = null;
  private readonly lists = new Task(this, {
    task: (_args, { signal }) => Promise.all([this.app.api.holds(signal), this.app.api.disposals(signal)]),
    args: () => [] as const,
  });

  override render() {
    return html`<div class="page"><h1 tabindex="-1">${t.views.gallring}</h1><p class="lead">${t.keepingHelp}</p>
      ${alertView(this.problem)}
      ${this.lists.render({
        initial: () => waiting(),
        pending: () => (this.lists.value ? this.listsView(...this.lists.value) : waiting()),
        complete: ([holds, disposals]) => this.listsView(holds, disposals),
        error: (error) => failure(error, () => void this.lists.run()),
      })}</div>`;
  }

  private listsView(holds: readonly Hold[], disposals: readonly Disposal[]): TemplateResult {
    return html`<h2 id="holds" tabindex="-1">${t.holds}</h2>
      ${holds.length ? html`<ul class="entries">${holds.map((hold) => this.holdView(hold))}</ul>` : html`<p class="help">${t.noHolds}</p>`}
      ${this.formView()}
      <h2>${t.protocol}</h2>
      ${disposals.length ? protocolView(disposals) : empty(t.noDisposals)}`;
  }

  private holdView({ id, conversation_id: conversation, reason, placed_at: at, placed_by: by, reference }: Hold): TemplateResult {
    const said = html`<span class="hidden">: ${[reference, conversation].filter(Boolean).join(", ")}</span>`;
    return html`<li><div class="what"><strong>${t.reasons[reason as HoldReason] ?? t.reasonNames[reason] ?? reason}</strong>
        ${reference ? html`<span class="sub">${t.placedFor(reference)}</span>` : nothing}
        <span class="sub">${t.placed(formatMoment(at), by)}</span><span class="id">${conversation}</span></div>
      <div class="tags">${this.lifting === id
        ? html`<span class="sub">${t.liftAsk}</span><button type="button" class="button danger" id="yes" @click=${() => void this.lift(id)}>${t.liftYes}${said}</button>
          <button type="button" class="button" @click=${() => { this.lifting = null; }}>${t.cancel}</button>`
        : html`<button type="button" class="button" @click=${() => { this.lifting = id; void this.focusOn("#yes"); }}>${t.lift}${said}</button>`}</div></li>`;
  }

  private formView(): TemplateResult {
    return html`<form class="card form" @submit=${(event: SubmitEvent) => void this.hold(event)}><h2>${t.newHold}</h2>
      <div class="pair"><div class="field"><label for="conversation">${t.byIdentifier}</label>
          <input id="conversation" name="conversation" autocomplete="off" spellcheck="false" required pattern="[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}" title=${t.badIdentifier}></div>
        <div class="field"><label for="reason">${t.reason}</label><select id="reason" name="reason">${REASONS.map((one) => html`<option value=${one}>${t.reasons[one]}</option>`)}</select></div></div>
      <div class="row"><button class="button primary" aria-disabled=${this.busy ? "true" : "false"}>${t.hold}</button></div></form>`;
  }

  private async hold(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const filled = event.currentTarget as HTMLFormElement;
    const form = new FormData(filled);
    const done = await this.doing(() => this.app.api.hold(crypto.randomUUID(), fieldOf(form, "conversation"), fieldOf(form, "reason") as HoldReason));
    if (!done) return;
    filled.reset();
    await this.again(t.held);
  }

  private async lift(id: string): Promise<void> {
    const done = await this.doing(() => this.app.api.lift(id));
    this.lifting = null;
    if (done) await this.again(t.lifted);
  }

  private async again(said: string): Promise<void> {
    this.app.say(said);
    await this.lists.run();
    await this.focusOn("#holds");
  }
}

function protocolView(disposals: readonly Disposal[]): TemplateResult {
  const { when, category, cause, conversations, events, errands, decision } = t.columns;
  return html`<div class="card scroll" tabindex="0" role="group" aria-label=${t.protocol}><table><thead><tr><th scope="col">${when}</th><th scope="col">${category}</th><th scope="col">${cause}</th>
      <th scope="col" class="n">${conversations}</th><th scope="col" class="n">${events}</th><th scope="col" class="n">${errands}</th><th scope="col">${decision}</th></tr></thead>
    <tbody>${disposals.map((one) => html`<tr><td>${formatMoment(one.at)}</td><td>${one.category}</td><td>${t.causes[one.cause] ?? one.cause}</td>
      <td class="n">${one.conversations}</td><td class="n">${one.events}</td><td class="n">${one.errands}</td><td>${Object.values(one.decision).join(", ")}</td></tr>`)}</tbody></table></div>`;
}

define("kommun-records-keeping", KeepingPage);
