import { privateNumbers, without, type PrivateNumber } from "./private-numbers";

/** A message that has not been sent, since it holds numbers that nobody needs. */
export interface Withheld { text: string; numbers: readonly PrivateNumber[] }

/** What hinders `text` from being sent without a question, or null. */
export function withheldOf(text: string): Withheld | null {
  const numbers = privateNumbers(text);
  return numbers.length ? { text, numbers } : null;
}

/** The first telephone number, at which the citizen may want to be called. */
export function phoneOf({ text, numbers }: Withheld): string | null {
  const phone = numbers.find(({ kind }) => kind === "phone");
  return phone ? text.slice(phone.start, phone.end) : null;
}

export function withoutNumbers({ text, numbers }: Withheld, instead: string): string {
  return without(text, numbers, instead);
}
