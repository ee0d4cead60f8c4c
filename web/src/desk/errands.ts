import type { Errand } from "./model";

/** The promised time has passed and nothing is told of an outcome. */
export function isOverdue({ overdue, due_at, done_at }: Errand, now: number): boolean {
  return !done_at && (overdue === true || Date.parse(due_at) < now);
}

/** What is late first, then what is due soonest. */
export function inOrder(errands: readonly Errand[], now: number): Errand[] {
  const rank = (errand: Errand) => (isOverdue(errand, now) ? 0 : 1);
  return [...errands].sort((one, other) => rank(one) - rank(other) || one.due_at.localeCompare(other.due_at));
}
