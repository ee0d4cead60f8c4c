import type { Change, Preview, Risk } from "./model";

export type Weight = "blocks" | "confirm" | "note";
export const WEIGHTS: readonly Weight[] = ["blocks", "confirm", "note"];

export type Item = { risk: Risk; change?: undefined } | { change: Change; risk?: undefined };

/** What a preview found, by what it means for publishing; risks of the edit before its changes. */
export function groupItems({ risks, changes }: Preview): Record<Weight, Item[]> {
  const groups: Record<Weight, Item[]> = { blocks: [], confirm: [], note: [] };
  for (const risk of risks) groups[weight(risk, true)].push({ risk });
  for (const change of changes) groups[weight(change, asksWhetherMeant(change))].push({ change });
  return groups;
}

/** A change of who answers must be meant; new words in the same answer are what editing is. */
function asksWhetherMeant({ kind }: Change): boolean {
  return kind === "stolen" || kind === "lost";
}

function weight({ blocks, confirm }: { blocks: boolean; confirm?: boolean }, otherwise: boolean): Weight {
  if (blocks) return "blocks";
  return confirm ?? otherwise ? "confirm" : "note";
}
