import { html, nothing, type TemplateResult } from "lit";
import { formatMoment } from "../editor/dates";
import { recordsTexts as t } from "../texts/sv-records";
import type { ConversationLine } from "./model";
import { href } from "./router";

/** A conversation as a line of a list, with what can be done with it. */
export function lineView(request: string, line: ConversationLine, actions: TemplateResult): TemplateResult {
  const { id, created_at: began, events, language, kind, first_words: words, errands } = line;
  return html`<li><div class="what"><a href=${href("begaran", request, id)}>${words || t.wordless}</a>
      <span class="sub">${formatMoment(began)}, ${t.events(events)}${language === "sv" ? nothing : `, ${language}`}${errands.length ? `, ${errands.join(", ")}` : nothing}</span>
      <span class="id">${id}</span></div>
    <div class="tags">${kind === "citizen" ? nothing : html`<span class="tag">${t.practice}</span>`}${actions}</div></li>`;
}
