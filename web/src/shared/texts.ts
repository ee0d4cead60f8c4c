import { widgetTexts, type WidgetTexts } from "../texts/sv";

/** A new language is a new line here; a language without texts falls back to Swedish. */
const LANGUAGES: Record<string, () => Promise<WidgetTexts>> = {
  sv: () => Promise.resolve(widgetTexts),
};

export interface Texts { language: string; texts: WidgetTexts }

export const SWEDISH: Texts = { language: "sv", texts: widgetTexts };

/** The widget's texts for a BCP 47 tag such as `sv` or `en-GB`. */
export async function textsFor(tag: string): Promise<Texts> {
  const language = tag.toLowerCase().split("-")[0] ?? "";
  const load = LANGUAGES[language];
  return load ? { language, texts: await load() } : SWEDISH;
}
