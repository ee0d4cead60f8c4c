import { html, nothing, type TemplateResult } from "lit";
import { ALL_LANGUAGES, dirOf, htmlLang, languageOf, LANGUAGES, otherLang, type Language } from "../shared/languages";
import type { ChatEvent } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";

const TELLING = 3; // words; fewer may be in any language

/** All languages, each named in its own, in the menu. */
export function languagesView(present: Language, choose: (language: Language) => void, t: WidgetTexts): TemplateResult {
  return html`<h3 id="languages-heading">${t.languages}</h3>
    <div class="row languages" role="group" aria-labelledby="languages-heading">${ALL_LANGUAGES.map((language) => html`
      <button type="button" class="button ${language === present ? "chosen" : ""}" lang=${htmlLang(language)} dir=${dirOf(language)}
        aria-pressed=${language === present ? "true" : "false"} @click=${() => choose(language)}>${LANGUAGES[language].name}</button>`)}</div>`;
}

/**
 * The language to offer: what the citizen writes in, where that is another of ours.
 *
 * A message of few words changes nothing, so that «ok» in the middle of a talk in English neither
 * makes the offer nor takes it away.
 */
export function offered(events: readonly ChatEvent[], present: Language): Language | null {
  let written: string | null = null;
  let telling = false;
  for (const event of events) {
    if (event.type !== "message") continue;
    if (event.actor === "citizen") telling = words(event.text) >= TELLING;
    else if (telling && event.actor === "bot") written = event.decision?.language ?? written;
  }
  return otherLang(written, present) ? languageOf(written ?? "") : null;
}

function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

/** The number of the bot's newest message, under which the offer stands. */
export function newestOfBot(events: readonly ChatEvent[]): number | null {
  return [...events].reverse().find(({ type, actor }) => type === "message" && actor === "bot")?.seq ?? null;
}

/** One quiet button, in the language that it leads to. */
export function offerView(language: Language | null, choose: (language: Language) => void): TemplateResult | typeof nothing {
  if (!language) return nothing;
  return html`<button type="button" class="button quiet offer" lang=${htmlLang(language)} dir=${dirOf(language)}
    @click=${() => choose(language)}>${LANGUAGES[language].change}</button>`;
}
