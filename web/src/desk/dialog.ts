import { css, html, LitElement } from "lit";
import { property, query } from "lit/decorators.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { base } from "../shared/tokens";
import { deskTexts as t } from "../texts/sv-desk";

/**
 * A window over the page, open while it is drawn; the browser keeps the focus inside it.
 *
 * @fires closed - Esc, or the button
 * @slot - what it shows
 */
export class Dialog extends LitElement {
  static override styles = [base, css`
    dialog {
      width: min(720px, 100vw - 24px); max-height: min(860px, 100vh - 24px); padding: 0; overflow-y: auto;
      border: 1px solid var(--k-line); border-radius: 18px; background: var(--k-surface); color: var(--k-text); box-shadow: var(--k-shadow);
    }
    dialog::backdrop { background: rgb(4 20 24 / 55%); }
    .head { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 14px 20px; position: sticky; top: 0; background: var(--k-surface); border-bottom: 1px solid var(--k-line); z-index: 1; }
    h2 { margin: 0; font-size: 1.2em; }
    .body { padding: 16px 20px 22px; }
    @media (max-height: 420px) { .head { position: static; } }
  `];

  @property() heading = "";
  @query("dialog") private dialog!: HTMLDialogElement;

  protected override firstUpdated(): void { this.dialog.showModal(); }

  override render() {
    return html`<dialog aria-labelledby="title" @cancel=${this.close} @close=${this.closed}>
      <div class="head"><h2 id="title">${this.heading}</h2>
        <button type="button" class="button quiet" @click=${this.close}>${icons.close}${t.closeDialog}</button></div>
      <div class="body"><slot></slot></div></dialog>`;
  }

  private readonly close = (event: Event): void => {
    event.preventDefault();
    this.dialog.close();
    this.closed(); // the browser tells later, and a key pressed until then would do nothing
  };

  private readonly closed = (): void => {
    if (this.isConnected) this.dispatchEvent(new CustomEvent("closed"));
  };
}

define("kommun-desk-dialog", Dialog);
