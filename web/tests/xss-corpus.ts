/**
 * Strings that smuggle code into pages, by the way they try it: the JSON beside this file, which
 * the browser tests in Python draw too. The short ones are tried inside every mark of the small
 * markup as well.
 */
import written from "./xss-corpus.json";

const TEXTS: readonly string[] = Object.values(written).flat();
const MARKED = [...written["event handlers"].slice(0, 12), ...written.addresses];

const WRAPPINGS: readonly ((text: string) => string)[] = [
  (text) => `[x](${text})`,
  (text) => `**${text}**`,
  (text) => `- ${text}`,
  (text) => `| ${text} | b |`,
];

export const XSS: readonly string[] = [
  ...new Set([...TEXTS, ...WRAPPINGS.flatMap((wrap) => MARKED.map(wrap))]),
];
