import { html, nothing, type TemplateResult } from "lit";
import { formatDay, formatShare } from "../shared/format";
import { icons } from "../shared/icons";
import { linkView } from "../shared/markup-view";
import { deskTexts as t } from "../texts/sv-desk";
import type { Suggestion } from "./model";
import type { Suggestions } from "./suggestions";

type View = TemplateResult | typeof nothing;

/** What the search would answer; folded where it is not sure. Inserting never sends. */
export function suggestionsView(suggestions: Suggestions, shortcut: string, insert: (suggestion: Suggestion) => void): View {
  const { items, areSure } = suggestions;
  if (!items.length) return nothing;
  return html`<details class="suggestions" .open=${areSure}>
    <summary>${icons.spark}${areSure ? t.suggestions : t.suggestionsUnsure(items.length)}<span class="sub">${t.suggestionsHelp}</span></summary>
    <ul aria-label=${t.suggestions}>${items.map((one, i) => html`<li>${suggestionView(one, i === 0 ? shortcut : "", insert)}</li>`)}</ul>
  </details>`;
}

function suggestionView(suggestion: Suggestion, shortcut: string, insert: (suggestion: Suggestion) => void): TemplateResult {
  const { title, text, source, confidence } = suggestion;
  return html`<div class="suggestion">
    <div><strong>${title}</strong><p class="clamp">${text}</p>
      <p class="sub">${t.confidence(formatShare(confidence))}${source ? html` · ${linkView(source.title, source.url, t.foreign)}${source.reviewed
        ? html` · ${t.reviewed(formatDay(source.reviewed))}` : nothing}` : nothing}</p></div>
    <button type="button" class="button" title=${shortcut || nothing} aria-label=${`${t.insert}: ${title}`}
      @click=${() => insert(suggestion)}>${t.insert}</button>
  </div>`;
}
