import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { formatMoment } from "../editor/dates";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { recordsTexts as t } from "../texts/sv-records";
import type { LogLine, LogQuery } from "./model";
import { RecordsPage } from "./page";
import { alertView, empty, fieldOf, submitting, waiting } from "./parts";

const LINES = 100; // of a page

/** The audit log: who did and read what, and whether it is as it was written. */
export class LogPage extends RecordsPage {
  @state() private lines: readonly LogLine[] | null = null;
  @state() private hasMore = false;
  @state() private verified: { broken: number | null } | null = null;
  private filter: LogQuery = { username: "", action: "", conversation: "", before: null };

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.load(null);
  }

  override render() {
    return html`<div class="page"><div class="head"><h1 tabindex="-1">${t.views.logg}</h1>
        <button type="button" class="button" aria-disabled=${this.busy ? "true" : "false"} @click=${() => void this.verify()}>${icons.check}${t.verify}</button></div>
      <p class="lead">${t.logHelp}</p>
      <div role="status">${this.verified ? verdictView(this.verified.broken) : nothing}</div>
      ${this.filterView()}${alertView(this.problem)}
      ${this.lines ? this.linesView(this.lines) : waiting()}</div>`;
  }

  private filterView(): TemplateResult {
    const field = (name: "username" | "action" | "conversation", label: string) => html`<div class="field"><label for=${name}>${label}</label>
      <input id=${name} name=${name} autocomplete="off" spellcheck="false" maxlength="64"></div>`;
    return html`<form class="card filters" aria-label=${t.filter} @submit=${submitting((form) => this.choose(form))}>
      ${field("username", t.who)}${field("action", t.what)}${field("conversation", t.conversation)}
      <button class="button">${t.show}</button></form>`;
  }

  private linesView(lines: readonly LogLine[]): TemplateResult {
    if (!lines.length) return empty(t.noLines);
    const { seq, at, who, what, about } = t.logColumns;
    return html`<div class="card scroll" tabindex="0" role="group" aria-label=${t.views.logg}><table class="log"><thead><tr><th scope="col" class="n">${seq}</th><th scope="col">${at}</th>
        <th scope="col">${who}</th><th scope="col">${what}</th><th scope="col">${about}</th></tr></thead><tbody>${lines.map(lineView)}</tbody></table></div>
      ${this.hasMore ? html`<p class="more"><button type="button" class="button" @click=${() => void this.load(lines.at(-1)!.seq)}>${t.older}</button></p>` : nothing}`;
  }

  private choose(form: FormData): void {
    this.filter = { username: fieldOf(form, "username"), action: fieldOf(form, "action"), conversation: fieldOf(form, "conversation"), before: null };
    void this.load(null);
  }

  private async load(before: number | null): Promise<void> {
    await this.doing(async () => {
      const found = await this.app.api.log({ ...this.filter, before }, LINES);
      this.lines = before === null ? found : [...(this.lines ?? []), ...found];
      this.hasMore = found.length === LINES;
    });
    this.lines ??= [];
  }

  private async verify(): Promise<void> {
    await this.doing(async () => { this.verified = { broken: await this.app.api.verify() }; });
  }
}

function verdictView(broken: number | null): TemplateResult {
  return broken === null
    ? html`<p class="banner info">${icons.check}<span>${t.whole}</span></p>`
    : html`<p class="banner bad">${icons.warn}<span>${t.broken(broken)}</span></p>`;
}

function lineView({ seq, at, username, role, action, conversation_id: conversation, subject, detail }: LogLine): TemplateResult {
  const told = Object.entries(detail ?? {}).map(([name, value]) => `${name}: ${String(value)}`).join(", ");
  return html`<tr><td class="n">${seq}</td><td>${formatMoment(at)}</td><td>${username}<span class="sub">${t.roles[role] ?? role}</span></td><td>${t.actions[action] ?? nothing}<code class="sub">${action}</code></td>
    <td>${subject}${told ? html`<span class="sub">${told}</span>` : nothing}${conversation ? html`<span class="id">${conversation}</span>` : nothing}</td></tr>`;
}

define("kommun-records-log", LogPage);
