import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import type { Look } from "../shared/look";
import { base, tokens } from "../shared/tokens";
import { transcriptStyles } from "../shared/transcript-styles";
import { editorTexts as t } from "../texts/sv-editor";
import type { Mode } from "./contrast";

/**
 * The chat's bar, bubbles and buttons in one mode. Nothing in it can be pressed.
 *
 * @attr theme - `light` or `dark`
 */
export class LookPreview extends LitElement {
  static override styles = [tokens, base, transcriptStyles, css`
    :host { display: block; overflow: hidden; border: 1px solid var(--k-line); background: var(--k-bg); color: var(--k-text); }
    .bar { display: flex; gap: 10px; align-items: center; padding: 10px 14px; font-weight: 650; color: var(--k-on-bar); background: linear-gradient(115deg, var(--k-bar), var(--k-bar-end)); }
    .talk { padding: 14px; display: grid; gap: 12px; }
    .own { justify-self: end; }
    p { margin: 0; }
  `];

  @property({ attribute: false }) look!: Look;
  @property({ reflect: true }) theme: Mode = "light";

  protected override updated(): void {
    const { look, style } = this;
    for (const [name, colour] of Object.entries(look[this.theme])) style.setProperty(`--kommun-look-${name.replace("_", "-")}`, colour as string);
    style.borderRadius = `${look.radius_px}px`;
    style.fontFamily = look.font ?? "";
  }

  override render() {
    return html`<div class="bar">${icons.bot}<span>${t.lookPreviewBar}</span></div>
      <div class="talk"><div class="message own citizen"><div class="bubble">${t.lookPreviewQuestion}</div></div>
        <div class="message bot"><div class="bubble"><p>${t.lookPreviewAnswer}</p></div></div>
        <div><span class="button primary">${t.lookPreviewButton}</span> <span class="button">${t.lookPreviewOther}</span></div></div>`;
  }
}

define("kommun-look-preview", LookPreview);
