import { css, html, LitElement, nothing } from "lit";
import { property, query } from "lit/decorators.js";
import { define } from "./define";
import { icons } from "./icons";
import { base } from "./tokens";

export interface ComposerTexts {
  composer: string;
  composerHelp: string;
  send: string;
  left(n: number): string;
  tooLong(length: number, max: number): string;
}

const TELL_LEFT = 200; // characters from the limit at which the counter appears

/**
 * Where a message is written, in widget and desk.
 *
 * Never cuts a long text and never empties itself: the owner changes `value` when the text is
 * safely in the outbox.
 *
 * @fires draft - detail: the text, at every change
 * @fires message - detail: the trimmed text to send
 */
export class Composer extends LitElement {
  static override styles = [base, css`
    :host { display: block; }
    form { display: flex; align-items: flex-end; gap: 8px; }
    label, .help { font-size: 0.8em; color: var(--k-muted); }
    .top { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; margin-bottom: 8px; }
    label { font-weight: 600; color: var(--k-text); }
    textarea {
      flex: 1; min-width: 0; min-height: 48px; max-height: min(180px, 30vh); field-sizing: content; resize: none;
      padding: 11px 14px; border-radius: 14px; border: 1px solid var(--k-control);
      background: var(--k-surface); color: var(--k-text); line-height: 1.4;
    }
    textarea[aria-invalid="true"] { border: 2px solid var(--k-bad-line); }
    .button { min-height: 48px; min-width: 48px; padding: 0 14px; border-radius: 14px; }
    .problem { margin: 6px 0 0; color: var(--k-bad-text); font-size: 0.9em; font-weight: 600; }
    .left { margin: 4px 0 0; font-size: 0.8em; color: var(--k-muted); }
    @media (max-height: 420px) { .help { display: none; } textarea { max-height: 72px; } }
  `];

  @property() value = "";
  @property({ type: Number }) max = 2000;
  @property({ attribute: false }) texts!: ComposerTexts;
  @query("textarea") private area!: HTMLTextAreaElement;

  override focus(): void { this.area?.focus(); }

  /** Put text where the writer's cursor is, on lines of its own; nothing is sent. */
  insert(text: string): void {
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    const before = value.slice(0, start).trim() ? "\n" : "";
    const after = value.slice(end).trim() ? "\n" : "";
    this.area.setRangeText(`${before}${text}${after}`, start, end, "end");
    this.typed();
    this.area.focus();
  }

  override render() {
    const left = this.max - this.length;
    return html`
      <div class="top"><label for="text">${this.texts.composer}</label>
        <span class="help" id="help">${this.texts.composerHelp}</span></div>
      <form @submit=${this.submit}>
        <textarea id="text" rows="1" dir=${this.value ? "auto" : nothing} enterkeyhint="send" autocomplete="off"
          aria-describedby=${left < 0 ? "help problem" : "help"} aria-invalid=${left < 0 ? "true" : "false"}
          .value=${this.value} @input=${this.typed} @keydown=${this.key}></textarea>
        <button class="button primary" aria-label=${this.texts.send}>${icons.send}</button>
      </form>
      ${left >= 0 && left <= TELL_LEFT ? html`<p class="left">${this.texts.left(left)}</p>` : nothing}
      <div role="alert">${left < 0
        ? html`<p class="problem" id="problem">${this.texts.tooLong(this.length, this.max)}</p>` : nothing}</div>
    `;
  }

  /** Characters as the server counts them: an emoji is one, not two. */
  private get length(): number { return [...this.value].length; }

  private typed(): void {
    this.value = this.area.value;
    this.dispatchEvent(new CustomEvent("draft", { detail: this.value }));
  }

  private key(event: KeyboardEvent): void {
    // while an input method is composing, Enter chooses a character
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit(event);
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.value.trim();
    if (!text || this.length > this.max) return this.area.focus();
    this.dispatchEvent(new CustomEvent("message", { detail: text }));
  }
}

define("kommun-composer", Composer);
