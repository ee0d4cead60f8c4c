import type { Lists, Summary } from "../shared/types";
import type { Overview } from "./overview";

/** What a conversation is to this agent; «colleague» is one that a colleague has. */
export type Role = "queue" | "offered" | "held" | "wrap_up" | "colleague" | "gone";

/** Which conversations there are, and what each is to this agent: as the lists say, and only they. */
export abstract class Rows {
  lists: Lists | null = null;
  abstract readonly overview: Overview;

  get waiting(): readonly Summary[] { return this.lists?.waiting ?? []; }

  get mine(): readonly Summary[] { return this.lists?.mine ?? []; }

  get offered(): readonly Summary[] { return this.mine.filter(({ state }) => state === "offered"); }

  /** Those that the agent answers in or has to finish. */
  get held(): readonly Summary[] { return this.mine.filter(({ state }) => state !== "offered"); }

  /** Those in which a colleague asks the agent's department something. */
  get asked(): readonly Summary[] { return this.lists?.asked ?? []; }

  /** What colleagues have, while somebody looks. */
  get theirs(): readonly Summary[] {
    return without(this.overview.items ?? [], this.mine);
  }

  summaryOf(id: string): Summary | null {
    return find([...this.mine, ...this.waiting, ...this.theirs, ...this.asked], id);
  }

  roleOf(id: string): Role {
    const own = find(this.mine, id);
    if (own) return own.state === "offered" || own.state === "wrap_up" ? own.state : "held";
    if (find(this.waiting, id)) return "queue";
    return find(this.theirs, id) || this.isAsked(id) ? "colleague" : "gone";
  }

  isMine(id: string): boolean { return find(this.mine, id) !== null; }

  isHeld(id: string): boolean { return this.roleOf(id) === "held"; }

  isAsked(id: string): boolean { return find(this.asked, id) !== null; }

  /** The agent takes part in what a colleague has. */
  hasJoined(id: string): boolean { return this.roleOf(id) === "colleague" && this.summaryOf(id)?.joined === true; }

  /** The agent writes to the citizen in it. */
  writesIn(id: string): boolean { return this.isHeld(id) || this.hasJoined(id); }
}

/** One row each, whatever the server sent. */
export function unique(summaries: readonly Summary[]): Summary[] {
  return [...new Map(summaries.map((summary) => [summary.conversation_id, summary])).values()];
}

/** Those that are not among `others`. */
export function without(summaries: readonly Summary[], others: readonly Summary[]): Summary[] {
  return summaries.filter(({ conversation_id: id }) => !find(others, id));
}

function find(summaries: readonly Summary[], id: string): Summary | null {
  return summaries.find((summary) => summary.conversation_id === id) ?? null;
}
