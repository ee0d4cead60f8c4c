import type { Phase } from "./phase";
import { privateNumbers, without, type PrivateNumber } from "./private-numbers";

/** A message that has not been sent, since it holds numbers that nobody needs. */
export interface Withheld { text: string; numbers: readonly PrivateNumber[] }

/** What hinders `text` from being sent without a question, or null. A person may want a telephone number. */
export function withheldOf(text: string, phase: Phase): Withheld | null {
  const numbers = privateNumbers(text).filter(({ kind }) => kind !== "phone" || phase !== "active");
  return numbers.length ? { text, numbers } : null;
}

export function withoutNumbers({ text, numbers }: Withheld, instead: string): string {
  return without(text, numbers, instead);
}
