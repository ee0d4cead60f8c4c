import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import { otherLang } from "../shared/languages";
import { linkView } from "../shared/markup-view";
import type { Notice } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";

/** What everybody must know just now, above the conversation; a crisis first. */
export function noticesView(notices: readonly Notice[], t: WidgetTexts, language: string): TemplateResult | typeof nothing {
  if (!notices.length) return nothing;
  const own = otherLang("sv", language); // the editors write them in Swedish only
  return html`<ul class="notices" aria-label=${t.notices}>${notices.map(({ kind, text, link }) => html`
    <li class=${kind === "kris" ? "crisis" : ""}>${icons.warn}<span><strong>${kind === "kris" ? t.crisis : t.notice}</strong> <bdi lang=${own ?? nothing}>${text}</bdi>
      ${link ? linkView(link.title, link.url, t.foreign, "", own) : nothing}</span></li>`)}</ul>`;
}
