import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { define } from "../shared/define";
import { formatClock } from "../shared/format";
import { icons } from "../shared/icons";
import { base } from "../shared/tokens";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskApi } from "./desk-api";
import type { DeskConversation } from "./desk-conversation";
import { deskIcons } from "./icons";
import type { Department, Note, NoteKind, Option } from "./model";
import { partStyles } from "./part-styles";
import type { Role } from "./rows";
import { notesStyles } from "./side-styles";
import { told } from "./problem";

type View = TemplateResult | typeof nothing;

const WORDS: Record<NoteKind, { help: string; send: string; saved: string }> = {
  note: { help: "", send: t.noteSave, saved: t.noteSaved },
  whisper: { help: t.whisperHelp, send: t.whisperSend, saved: t.whispered },
  question: { help: t.askHelp, send: t.askSend, saved: "" },
  answer: { help: t.whisperHelp, send: t.answerSend, saved: t.answered },
};

/**
 * Internal notes: told apart from what the citizen sees by words, icon and colour.
 *
 * What is written becomes what the agent's part in the conversation makes of it: a note, a whisper
 * to the colleague who has it, an answer to what the agent's department is asked; or a question.
 */
export class NotesBox extends LitElement {
  static override styles = [base, partStyles, notesStyles];

  @property({ attribute: false }) api!: DeskApi;
  @property({ attribute: false }) conversation!: DeskConversation;
  /** What the conversation is to the agent. */
  @property({ attribute: false }) standing: Role = "gone";
  /** The agent's department is asked something in it. */
  @property({ type: Boolean }) asked = false;
  /** The colleague who has it. */
  @property({ attribute: false }) owner = "";
  /** Drawn again when it changes. */
  @property({ attribute: false }) revision = 0;
  @state() private departments: readonly Department[] = [];
  @state() private problem = "";
  @state() private saved = "";
  @state() private missing = false;
  @query("textarea") private area!: HTMLTextAreaElement;
  @query("select") private choice!: HTMLSelectElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override focus(): void { this.area?.focus(); }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("conversation")) return;
    this.problem = "";
    this.saved = "";
    this.missing = false;
  }

  override render() {
    const { notes } = this.conversation;
    return html`<section class="notes" aria-labelledby="notes-title">
      <h3 id="notes-title">${deskIcons.lock}${t.notes}</h3>
      <p class="help">${t.notesHelp}</p>
      ${notes.items.length ? html`<ul>${notes.items.map(noteView)}</ul>` : nothing}
      ${this.formView(this.kind)}
    </section>`;
  }

  private formView(kind: NoteKind): TemplateResult {
    const { notes } = this.conversation;
    const { help, send } = WORDS[kind];
    return html`<form @submit=${this.submit} @keydown=${this.key} novalidate>
      ${kind === "answer" ? this.questionsView() : nothing}
      ${kind === "question" ? this.departmentView(this.departments.map(({ id, title, online }) => ({ id, title: online ? title : t.departmentAway(title) })), notes.department) : nothing}
      <label class=${kind === "note" ? "hidden" : ""} for="note">${this.label(kind)}</label>
      ${help ? html`<p class="help" id="note-help">${help}</p>` : nothing}
      <textarea id="note" rows="1" placeholder=${kind === "note" ? t.noteLabel : nothing} maxlength="2000" aria-describedby=${kind === "answer" ? "questions note-help" : help ? "note-help" : nothing}
        .value=${live(notes.draft)} @input=${this.typed}></textarea>
      <div role="alert">${this.problem ? html`<p class="problem">${icons.warn}${this.problem}</p>` : nothing}</div>
      <div class="row"><button class="button" aria-disabled=${notes.busy ? "true" : "false"}>${send}</button>
        ${this.otherView(kind)}
        <span class="help" role="status">${this.saved}</span></div>
    </form>`;
  }

  /** The way to a question and back. */
  private otherView(kind: NoteKind): View {
    if (kind === "question") return html`<button type="button" class="button" @click=${() => void this.ask(false)}>${t.cancel}</button>`;
    if (kind !== "note" || this.standing !== "held" || !this.departments.length) return nothing;
    return html`<button type="button" class="button" @click=${() => void this.ask(true)}>${t.ask}</button>`;
  }

  /** What the department is asked, beside the answer to it. */
  private questionsView(): TemplateResult {
    const { unanswered, loaded } = this.conversation.notes;
    const { answerable, answering } = this;
    if (!loaded) return html`<p class="help" role="status">${t.loading}</p>`;
    const asked = unanswered.filter(({ department }) => !answering || department?.id === answering.id);
    return html`<div class="asks" id="questions">${asked.map(({ agent_name, department, text }) => html`<p><strong>${t.asks(
        agent_name ?? t.colleague, department?.title ?? "")}</strong> ${text}</p>`)}</div>
      ${answerable.length > 1 ? this.departmentView(answerable, answering?.id ?? "") : nothing}`;
  }

  private departmentView(options: readonly Option[], chosen: string): TemplateResult {
    return html`<label for="department">${t.askWhom}</label>
      <select id="department" aria-invalid=${this.missing ? "true" : "false"} @change=${this.chose}>
        <option value="" .selected=${!chosen}>${t.choose}</option>
        ${options.map(({ id, title }) => html`<option value=${id} .selected=${live(id === chosen)}>${title}</option>`)}</select>
      <div role="alert">${this.missing ? html`<p class="missing">${icons.warn}${t.askWhomMissing}</p>` : nothing}</div>`;
  }

  private label(kind: NoteKind): string {
    switch (kind) {
      case "whisper": return t.whisperLabel(this.owner || t.colleague);
      case "question": return t.askLabel;
      case "answer": return t.answerLabel(this.answering?.title ?? "");
      default: return t.noteLabel;
    }
  }

  private get kind(): NoteKind {
    const { notes } = this.conversation;
    if (this.asked && (!notes.loaded || this.answerable.length)) return "answer";
    if (this.standing === "colleague") return "whisper";
    return this.standing === "held" && notes.asking && this.departments.length ? "question" : "note";
  }

  /** The departments that are to answer: one as a rule. */
  private get answerable(): readonly Option[] {
    const asked = this.conversation.notes.unanswered.flatMap(({ department }) => department ?? []);
    return [...new Map(asked.map((department) => [department.id, department])).values()];
  }

  /** The one that the agent answers for; among several the agent chooses, as nobody else knows. */
  private get answering(): Option | null {
    const { answerable } = this;
    if (answerable.length === 1) return answerable[0] ?? null;
    return answerable.find(({ id }) => id === this.conversation.notes.department) ?? null;
  }

  private readonly typed = (): void => { this.conversation.notes.write(this.area.value); this.saved = ""; };

  private readonly chose = (): void => {
    this.conversation.notes.choose(this.choice?.value ?? "");
    this.missing = false;
    this.requestUpdate();
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.kind === "question") {
      event.stopPropagation();
      void this.ask(false);
    }
    if (event.target === this.area && event.key === "Enter" && !event.shiftKey && !event.isComposing) void this.submit(event);
  };

  private async ask(on: boolean): Promise<void> {
    this.conversation.notes.asking = on;
    this.missing = false;
    this.saved = "";
    this.requestUpdate();
    await this.updateComplete;
    (on ? this.choice : this.area)?.focus();
    if (on) await this.load(); // who is at the desk now
  }

  private readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { kind, conversation: { notes } } = this;
    if (kind === "answer") notes.choose(this.answering?.id ?? "");
    this.problem = "";
    this.missing = (kind === "question" || kind === "answer") && !notes.department;
    if (this.missing) return this.choice?.focus();
    try {
      const note = await notes.save(kind);
      if (note) this.told(note, kind);
    } catch (error) {
      this.problem = told(error);
    }
  };

  private told({ department }: Note, kind: NoteKind): void {
    this.conversation.notes.asking = false;
    const away = this.departments.some(({ id, online }) => id === department?.id && !online);
    const asked = `${t.askedNow(department?.title ?? "")} ${away ? t.askedAway : ""}`;
    this.saved = kind === "question" ? asked.trim() : WORDS[kind].saved;
  }

  private async load(): Promise<void> {
    // without them there are only notes; asked again when the box is drawn anew
    await this.api.departments().then(({ departments }) => { this.departments = departments; }, () => undefined);
  }
}

function noteView({ at, agent_name, kind, text, department }: Note): TemplateResult {
  const tag = tagOf(kind, department?.title ?? "");
  return html`<li><p class="by"><strong>${agent_name ?? t.noteInternal}</strong> <time datetime=${at}>${formatClock(at)}</time>
    ${tag ? html`<span class="tag">${tag}</span>` : nothing}</p><p class="text">${text}</p></li>`;
}

function tagOf(kind: Note["kind"], title: string): string {
  switch (kind) {
    case "whisper": return t.noteWhisper;
    case "question": return t.noteQuestion(title);
    case "answer": return t.noteAnswer(title);
    default: return "";
  }
}

define("kommun-desk-notes", NotesBox);
