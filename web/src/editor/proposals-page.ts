import { Task } from "@lit/task";
import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { define } from "../shared/define";
import { editorTexts as t } from "../texts/sv-editor";
import { openBegun } from "./begun";
import { formatMoment } from "./dates";
import { gapsNav } from "./gaps-nav";
import { editorIcons } from "./icons";
import { listStyles } from "./list-styles";
import type { Proposal } from "./model";
import { EditorPage } from "./page";
import { alertView, failure, waiting } from "./page-parts";
import { told } from "./problem";
import { goOnAt, left } from "./proposals";

/** What agents have replied and think that others should have too; each becomes a draft or goes. */
export class ProposalsPage extends EditorPage {
  static override styles = [...EditorPage.styles, listStyles];

  @state() private drafting: string | null = null;
  @state() private asksDismissal: string | null = null;
  @state() private dismissed: readonly string[] = [];
  @state() private problem = "";
  private readonly fetched = new Task(this, { task: (_args, { signal }) => this.app.api.proposals(signal), args: () => [] as const });

  override render() {
    return html`<div class="page"><h1 tabindex="-1">${t.proposals}</h1>${gapsNav("proposals", this.shown.length)}
      <p class="lead">${t.proposalsHelp}</p>${alertView(this.problem)}
      ${this.fetched.render({
        pending: () => waiting(), complete: () => this.listView(this.shown), error: (error) => failure(error, () => void this.fetched.run()),
      })}</div>`;
  }

  private get shown(): Proposal[] { return left(this.fetched.value ?? [], this.dismissed); }

  private listView(shown: readonly Proposal[]): TemplateResult {
    if (!shown.length) return html`<div class="empty"><p>${t.proposalsEmpty}</p></div>`;
    return html`<ul class="cards">${shown.map((proposal) => this.proposalView(proposal))}</ul>`;
  }

  private proposalView(proposal: Proposal): TemplateResult {
    const { id, reply, agent_name, at } = proposal;
    return html`<li class="card proposal"><h2 tabindex="-1" id=${`p-${id}`}>${titleOf(proposal)}</h2>
      <p class="sub">${t.proposalBy(agent_name, formatMoment(at))}</p>
      <blockquote class="bubble">${reply}</blockquote>
      <div class="row">${this.asksDismissal === id ? this.dismissalView(proposal) : this.actionsView(proposal)}</div></li>`;
  }

  private actionsView(proposal: Proposal): TemplateResult {
    const about = html`<span class="hidden">: ${titleOf(proposal)}</span>`;
    return html`<button type="button" class="button" aria-disabled=${this.drafting ? "true" : "false"}
        @click=${() => void this.draft(proposal.id)}>${editorIcons.plus}${this.drafting === proposal.id ? t.gapDrafting : t.gapDraft}${about}</button>
      <button type="button" class="button quiet" @click=${() => void this.askDismissal(proposal.id)}>${t.proposalDismiss}${about}</button>`;
  }

  private dismissalView({ id }: Proposal): TemplateResult {
    return html`<span class="asks" role="group" aria-label=${t.proposalDismiss}>${t.proposalDismissAsk}</span>
      <button type="button" class="button" id="keep" @click=${() => void this.keep(id)}>${t.cancel}</button>
      <button type="button" class="button danger" @click=${() => void this.dismiss(id)}>${t.proposalDismissYes}</button>`;
  }

  private async draft(id: string): Promise<void> {
    if (this.drafting) return;
    this.drafting = id;
    this.problem = "";
    try {
      openBegun(this.app, await this.app.api.proposalDraft(id));
    } catch (error) {
      this.problem = told(error);
    } finally {
      this.drafting = null;
    }
  }

  private askDismissal(id: string): Promise<void> {
    this.asksDismissal = id;
    return this.focusOn("#keep");
  }

  private keep(id: string): Promise<void> {
    this.asksDismissal = null;
    return this.focusOn(`#p-${id}`);
  }

  private async dismiss(id: string): Promise<void> {
    this.problem = "";
    this.asksDismissal = null;
    try {
      await this.app.api.dismissProposal(id);
    } catch (error) {
      this.problem = told(error);
      return;
    }
    const next = goOnAt(this.shown, id);
    this.dismissed = [...this.dismissed, id];
    this.app.say(t.proposalDismissed);
    await this.focusOn(next ? `#p-${next}` : "h1");
  }

  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

function titleOf({ question }: Proposal): string { return question ?? t.proposalUnasked; }

define("kommun-editor-proposals", ProposalsPage);
