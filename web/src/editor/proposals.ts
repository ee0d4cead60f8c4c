/** The list of proposed replies while an editor works through it: pure values. */

import type { Proposal } from "./model";
import { href } from "./router";

/** What stands after `luckor` in the address of the proposals. */
export const PROPOSALS = "svar";

export function proposalsHref(): string { return href("luckor", PROPOSALS); }

/** Those that have not been dismissed here since the list was fetched. */
export function left(fetched: readonly Proposal[], dismissed: readonly string[]): Proposal[] {
  return fetched.filter(({ id }) => !dismissed.includes(id));
}

/** Where to go on when one is taken off the list: the one after it, else the one before, else nowhere. */
export function goOnAt(shown: readonly Proposal[], id: string): string | null {
  const place = shown.findIndex((one) => one.id === id);
  if (place < 0) return null;
  return (shown[place + 1] ?? shown[place - 1])?.id ?? null;
}
