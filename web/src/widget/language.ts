import { languageOf, type Language } from "../shared/languages";
import { SessionStore } from "./session";

/** What the citizen has chosen in this tab, else what the page says, else Swedish. */
export function firstLanguage(base: string, tag: string): Language {
  return new SessionStore(base).peek()?.language ?? languageOf(tag) ?? "sv";
}
