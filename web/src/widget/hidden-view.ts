import { html, nothing, type TemplateResult } from "lit";
import type { ChatMessage } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";

/** What was hidden in the citizen's message before it was stored. */
export function hiddenView({ masked }: ChatMessage, { privacy: t }: WidgetTexts): TemplateResult | typeof nothing {
  if (!masked?.length) return nothing;
  return html`<span class="hidden-words">${t.hidden(masked.map((kind) => t.kinds[kind]).join(", "))}</span>`;
}
