/** Two edits of one entry put together, key by key, by an editor's own choice. */

import type { Fields } from "./model";
import { isSame } from "./work";

export type Choice = "mine" | "theirs" | "both";

/** A key that at least one of the two has changed. */
export interface Difference {
  key: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
  /** Both have changed it, to different values. */
  conflict: boolean;
  choice: Choice | null;
}

/** All keys that differ, in the order they are written; only conflicts await a choice. */
export function differences(base: Fields, mine: Fields, theirs: Fields): Difference[] {
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs), ...Object.keys(base)])];
  return keys.flatMap((key) => {
    const own = !isSame(mine[key], base[key]);
    const other = !isSame(theirs[key], base[key]);
    if (!own && !other) return [];
    const conflict = own && other && !isSame(mine[key], theirs[key]);
    const choice: Choice | null = conflict ? null : own ? "mine" : "theirs";
    return [{ key, base: base[key], mine: mine[key], theirs: theirs[key], conflict, choice }];
  });
}

/** Both can be kept where both are lists of texts. */
export function canKeepBoth({ mine, theirs }: Difference): boolean {
  return isTexts(mine) && isTexts(theirs);
}

export function chosen(difference: Difference): unknown {
  const { choice, mine, theirs } = difference;
  if (choice === "both" && isTexts(mine) && isTexts(theirs)) {
    return [...theirs, ...mine.filter((text) => !theirs.includes(text))];
  }
  return choice === "mine" ? mine : theirs;
}

/** The entry with every choice made; what neither changed is as the other left it. */
export function merged(theirs: Fields, all: readonly Difference[]): Fields {
  const fields: Fields = { ...theirs };
  for (const difference of all) {
    const value = chosen(difference);
    if (value === undefined) delete fields[difference.key];
    else fields[difference.key] = value;
  }
  return fields;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
