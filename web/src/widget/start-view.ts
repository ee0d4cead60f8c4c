import { html, nothing, type TemplateResult } from "lit";
import type { WidgetTexts } from "../texts/sv";

/** What stands under the welcome before the first message. */
export function startView(greeting: string, t: WidgetTexts, ask: (text: string) => void): TemplateResult {
  return html`<div class="start">
    ${greeting ? html`<p class="greeting" dir="auto">${greeting}</p>` : nothing}
    <div class="notice"><p>${t.noticeShort}</p>
      <details><summary>${t.noticeMore}</summary><p>${t.noticeFull}</p></details></div>
    <ul class="chips" aria-label=${t.start}>${t.examples.map((example) => html`<li>
      <button type="button" class="button" @click=${() => ask(example)}>${example}</button></li>`)}</ul>
  </div>`;
}
