import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import { linkView } from "../shared/markup-view";
import type { Notice } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";

/** What everybody must know just now, above the conversation; a crisis first. */
export function noticesView(notices: readonly Notice[], t: WidgetTexts): TemplateResult | typeof nothing {
  if (!notices.length) return nothing;
  return html`<ul class="notices" aria-label=${t.notices}>${notices.map(({ kind, text, link }) => html`
    <li class=${kind === "kris" ? "crisis" : ""}>${icons.warn}<span><strong>${kind === "kris" ? t.crisis : t.notice}</strong> ${text}
      ${link ? linkView(link.title, link.url, t.foreign) : nothing}</span></li>`)}</ul>`;
}
