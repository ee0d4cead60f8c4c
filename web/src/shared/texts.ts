import { widgetTexts, type WidgetTexts } from "../texts/sv";
import type { Language } from "./languages";

/** Each a file of its own, fetched when somebody wants it; Swedish is there from the start. */
const FILES: Record<Exclude<Language, "sv">, () => Promise<{ texts: WidgetTexts }>> = {
  "sv-latt": () => import("../texts/sv-latt"),
  en: () => import("../texts/en"),
  fi: () => import("../texts/fi"),
  ar: () => import("../texts/ar"),
  so: () => import("../texts/so"),
  uk: () => import("../texts/uk"),
};

export interface Texts { language: Language; texts: WidgetTexts }

export const SWEDISH: Texts = { language: "sv", texts: widgetTexts };

const PATIENCE_MS = 8_000; // a file of a few kilobytes that takes longer will not come

/** The widget's texts in a language, or null where they cannot be fetched. */
export async function textsFor(language: Language): Promise<Texts | null> {
  if (language === "sv") return SWEDISH;
  const late = new Promise<null>((resolve) => { setTimeout(() => resolve(null), PATIENCE_MS); });
  const file = await Promise.race([FILES[language](), late]).catch(() => null);
  return file && { language, texts: file.texts };
}
