import { html, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import type { WidgetTexts } from "../texts/sv";

/** The quick way out. */
export function wayOutView(leave: () => void, { leave: t }: WidgetTexts): TemplateResult {
  return html`<p class="way-out"><button type="button" class="button" title=${t.help} @click=${leave}>${icons.out}${t.button}</button></p>`;
}

/** The quick way out with what it does, and how to wipe out the traces of having been here. */
export function leavingView(leave: () => void, texts: WidgetTexts): TemplateResult {
  const { leave: t } = texts;
  return html`<div class="leaving">
    ${wayOutView(leave, texts)}
    <p class="help">${t.help}</p>
    <details><summary>${t.traces}</summary><ol>${t.steps.map((step) => html`<li>${step}</li>`)}</ol></details>
  </div>`;
}
