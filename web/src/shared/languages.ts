/** The languages that the widget speaks, each named in its own words. */

export type Language = "sv" | "sv-latt" | "en" | "fi" | "ar" | "so" | "uk";

interface Names {
  name: string;
  /** What offers a change to it, to somebody who reads it. */
  change: string;
}

export const LANGUAGES: Readonly<Record<Language, Names>> = {
  sv: { name: "Svenska", change: "Byt till svenska" },
  "sv-latt": { name: "Lätt svenska", change: "Byt till lätt svenska" },
  en: { name: "English", change: "Switch to English" },
  fi: { name: "Suomi", change: "Vaihda suomeksi" },
  ar: { name: "العربية", change: "التبديل إلى العربية" },
  so: { name: "Soomaali", change: "U beddel Soomaali" },
  uk: { name: "Українська", change: "Перейти на українську" },
};

export const ALL_LANGUAGES = Object.keys(LANGUAGES) as Language[];

/** Ours among the languages, for a BCP 47 tag such as `en-GB`; null for any other. */
export function languageOf(tag: string): Language | null {
  const written = tag.trim().toLowerCase();
  const found = ALL_LANGUAGES.find((language) => language === written || language === written.split("-")[0]);
  return written === "sv-latt" ? "sv-latt" : found ?? null;
}

/** What `lang` says of a text: lätt svenska is Swedish. */
export function htmlLang(language: string): string {
  return language === "sv-latt" ? "sv" : language;
}

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(["ar", "fa", "he", "ur"]);

export function dirOf(language: string): "rtl" | "ltr" {
  return RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr";
}

/** `lang` of a text among texts in `around`; null where it is the same and needs no telling. */
export function otherLang(language: string | null | undefined, around: string): string | null {
  if (!language || htmlLang(language) === htmlLang(around)) return null;
  return htmlLang(language);
}
