import { html, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import type { WidgetTexts } from "../texts/sv";

/** The quick way out, and how to wipe out the traces of having been here. */
export function leavingView(leave: () => void, { leave: t }: WidgetTexts): TemplateResult {
  return html`<div class="leaving">
    <button type="button" class="button" aria-describedby="leave-help" @click=${leave}>${icons.out}${t.button}</button>
    <p id="leave-help" class="help">${t.help}</p>
    <details><summary>${t.traces}</summary><ol>${t.steps.map((step) => html`<li>${step}</li>`)}</ol></details>
  </div>`;
}
