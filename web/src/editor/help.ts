import schema from "../../../data/faq/faq.schema.json";

interface Described { description?: string }

const { Entry, EntryLink, Translation } = schema.$defs;
const described: Record<string, Described> = {
  ...(EntryLink.properties as Record<string, Described>),
  ...(Entry.properties as Record<string, Described>),
};
const translated = Translation.properties as Record<string, Described>;

/** What a key means, in the words that the schema of data/faq has for every program. */
export function help(key: string): string {
  return described[key]?.description ?? translated[key]?.description ?? "";
}
