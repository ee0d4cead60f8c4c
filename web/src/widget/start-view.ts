import { html, nothing, type TemplateResult } from "lit";
import { linkView } from "../shared/markup-view";
import type { WidgetTexts } from "../texts/sv";

interface StartUse {
  /** Where the assistant tells of itself. */
  about: string;
  ask(text: string): void;
}

/** What stands under the welcome before the first message. */
export function startView(greeting: string, t: WidgetTexts, { about, ask }: StartUse): TemplateResult {
  return html`<div class="start">
    ${greeting ? html`<p class="greeting" dir="auto">${greeting}</p>` : nothing}
    <div class="notice"><p>${t.noticeShort} ${linkView(t.about, about, t.foreign)}</p>
      <details><summary>${t.noticeMore}</summary><p>${t.noticeFull}</p></details></div>
    <ul class="chips" aria-label=${t.start}>${t.examples.map((example) => html`<li>
      <button type="button" class="button" @click=${() => ask(example)}>${example}</button></li>`)}</ul>
  </div>`;
}
