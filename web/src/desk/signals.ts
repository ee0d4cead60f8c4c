import type { Lists, Summary } from "../shared/types";

/** What an agent wants to hear of without looking. */
export interface Signal { kind: "queue" | "offer" | "asked" | "note" | "message"; summary: Summary }

/**
 * What has become new between two lists.
 *
 * From the lists, not from events: they come whole, so a lost, doubled or late frame neither
 * hides a signal nor repeats it. Before the first list nobody knows what is new, but an offer
 * runs out and is always told of. Advice is no part of it: a list does not say who wrote a note.
 */
export function newSignals(before: Lists | null, after: Lists): Signal[] {
  const known = byId(before);
  const offers = after.mine.filter((one) => one.state === "offered" && known.get(one.conversation_id)?.mine?.state !== "offered");
  if (!before) return offers.map(signal("offer"));
  const queued = after.waiting.filter((one) => one.state === "waiting" && !known.has(one.conversation_id));
  const asked = (after.asked ?? []).filter((one) => !before.asked?.some((other) => other.conversation_id === one.conversation_id));
  const written = after.mine.filter((one) => one.state !== "offered" && hasMore(known.get(one.conversation_id)?.mine, one));
  return [...offers.map(signal("offer")), ...queued.map(signal("queue")), ...asked.map(signal("asked")), ...written.map(signal("message"))];
}

function signal(kind: Signal["kind"]): (summary: Summary) => Signal {
  return (summary) => ({ kind, summary });
}

function hasMore(before: Summary | undefined, { unread = 0 }: Summary): boolean {
  return before !== undefined && unread > (before.unread ?? 0);
}

function byId(lists: Lists | null): Map<string, { mine?: Summary }> {
  const found = new Map<string, { mine?: Summary }>();
  for (const one of lists?.waiting ?? []) found.set(one.conversation_id, {});
  for (const one of lists?.mine ?? []) found.set(one.conversation_id, { mine: one });
  return found;
}
