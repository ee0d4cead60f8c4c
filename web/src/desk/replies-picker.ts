import { html, LitElement, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { define } from "../shared/define";
import { base } from "../shared/tokens";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskApi } from "./desk-api";
import { matching } from "./matching";
import type { PreparedReply } from "./model";
import { partStyles } from "./part-styles";
import { told } from "./problem";

/**
 * Finds a prepared reply by typing, without leaving the keyboard.
 *
 * @fires picked - detail: the PreparedReply
 * @fires cancelled - Esc, or the button
 */
export class RepliesPicker extends LitElement {
  static override styles = [base, partStyles];

  @property({ attribute: false }) api!: DeskApi;
  @state() private replies: readonly PreparedReply[] | null = null;
  @state() private problem = "";
  @state() private words = "";
  @state() private at = 0;
  @query("input") private field!: HTMLInputElement;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override firstUpdated(): void { this.field.focus(); }

  override render() {
    const found = this.found;
    return html`<section class="sheet" aria-labelledby="replies-title" @keydown=${this.key}>
      <div class="sheet-head"><h3 id="replies-title">${t.replies}</h3>
        <button type="button" class="button quiet" @click=${this.cancel}>${t.cancel}</button></div>
      <label for="words">${t.repliesSearch}</label>
      <input id="words" type="search" role="combobox" autocomplete="off" aria-expanded="true" aria-controls="found" aria-autocomplete="list"
        aria-activedescendant=${found.length ? `reply-${this.at}` : nothing} aria-describedby="replies-help"
        .value=${this.words} @input=${this.typed}>
      <p class="help" id="replies-help">${t.repliesHelp} <span role="status">${this.replies ? t.repliesCount(found.length) : t.loading}</span></p>
      <div role="alert">${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}</div>
      ${this.replies && !found.length ? html`<p class="none">${t.repliesNone}</p>` : nothing}
      <ul id="found" role="listbox" aria-label=${t.replies} class="options">${found.map((reply, i) => html`<li role="option" id="reply-${i}"
        aria-selected=${i === this.at ? "true" : "false"} @click=${() => this.pick(reply)}>
        <strong>${reply.title}</strong>${reply.topic ? html` <span class="tag">${reply.topic}</span>` : nothing}
        <span class="clamp">${reply.text}</span></li>`)}</ul>
    </section>`;
  }

  protected override updated(): void {
    this.renderRoot.querySelector(`#reply-${this.at}`)?.scrollIntoView({ block: "nearest" });
  }

  private get found(): PreparedReply[] {
    return matching(this.replies ?? [], this.words, ({ title, text, topic }) => [title, topic ?? "", text]);
  }

  private async load(): Promise<void> {
    try {
      const { replies } = await this.api.replies();
      this.replies = [...replies].sort((one, other) => (other.used ?? 0) - (one.used ?? 0));
    } catch (error) {
      this.problem = told(error);
    }
  }

  private readonly typed = (): void => { this.words = this.field.value; this.at = 0; };

  private readonly key = (event: KeyboardEvent): void => {
    const found = this.found;
    const chosen = found[this.at];
    switch (event.key) {
      case "ArrowDown": this.at = Math.min(this.at + 1, found.length - 1); break;
      case "ArrowUp": this.at = Math.max(this.at - 1, 0); break;
      case "Escape": this.cancel(); break;
      case "Enter":
        if (event.isComposing || event.composedPath()[0] !== this.field) return;
        if (chosen) this.pick(chosen);
        break;
      default: return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  private pick(reply: PreparedReply): void {
    // counted for the editors; the reply is as good where it fails
    this.api.replyUsed(reply.id).catch(() => undefined);
    this.dispatchEvent(new CustomEvent("picked", { detail: reply }));
  }

  private readonly cancel = (): void => { this.dispatchEvent(new CustomEvent("cancelled")); };
}

define("kommun-desk-replies", RepliesPicker);
