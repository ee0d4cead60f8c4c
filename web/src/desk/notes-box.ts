import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { define } from "../shared/define";
import { formatClock } from "../shared/format";
import { icons } from "../shared/icons";
import { base } from "../shared/tokens";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskConversation } from "./desk-conversation";
import { deskIcons } from "./icons";
import type { Note } from "./model";
import { partStyles } from "./part-styles";
import { notesStyles } from "./side-styles";
import { told } from "./problem";

/** Internal notes: told apart from what the citizen sees by words, icon and colour. */
export class NotesBox extends LitElement {
  static override styles = [base, partStyles, notesStyles];

  @property({ attribute: false }) conversation!: DeskConversation;
  /** Drawn again when it changes. */
  @property({ attribute: false }) revision = 0;
  @state() private problem = "";
  @state() private saved = "";
  @query("textarea") private area!: HTMLTextAreaElement;

  override focus(): void { this.area?.focus(); }

  override render() {
    const { notes } = this.conversation;
    return html`<section class="notes" aria-labelledby="notes-title">
      <h3 id="notes-title">${deskIcons.lock}${t.notes}</h3>
      <p class="help">${t.notesHelp}</p>
      ${notes.items.length ? html`<ul>${notes.items.map(noteView)}</ul>` : nothing}
      <form @submit=${this.submit}>
        <label class="hidden" for="note">${t.noteLabel}</label>
        <textarea id="note" rows="1" placeholder=${t.noteLabel} maxlength="2000" .value=${live(notes.draft)} @input=${this.typed} @keydown=${this.key}></textarea>
        <div role="alert">${this.problem ? html`<p class="problem">${icons.warn}${this.problem}</p>` : nothing}</div>
        <div class="row"><button class="button" aria-disabled=${notes.busy ? "true" : "false"}>${t.noteSave}</button>
          <span class="help" role="status">${this.saved}</span></div>
      </form>
    </section>`;
  }

  private readonly typed = (): void => { this.conversation.notes.write(this.area.value); this.saved = ""; };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) void this.submit(event);
  };

  private readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.problem = "";
    try {
      if (await this.conversation.notes.save()) this.saved = t.noteSaved;
    } catch (error) {
      this.problem = told(error);
    }
  };
}

function noteView({ at, agent_name, kind, text }: Note): TemplateResult {
  return html`<li><p class="by"><strong>${agent_name ?? t.noteInternal}</strong> <time datetime=${at}>${formatClock(at)}</time>
    ${kind === "whisper" ? html`<span class="tag">${t.noteWhisper}</span>` : nothing}</p><p class="text">${text}</p></li>`;
}

define("kommun-desk-notes", NotesBox);
