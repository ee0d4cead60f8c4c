import type { ChatEvent } from "../shared/types";

/** Where somebody is taken who must leave at once: a page that anybody may look at. */
export const HARMLESS_PAGE = "https://www.smhi.se/";

/** Subjects where somebody in the same room may be the danger: emergency rules and the editors' topics. */
const DANGEROUS: ReadonlySet<string> = new Set(["vald", "barn-i-fara", "hot", "familj-och-stod"]);

/** The talk has touched on violence: the quick way out stands in sight. */
export function needsQuickWayOut(events: readonly ChatEvent[]): boolean {
  return events.some((event) => event.type === "message" && DANGEROUS.has(event.decision?.topic ?? ""));
}

/** Go away without a way back: this page leaves the tab's history. */
export function leaveFor(address: string): void {
  try {
    (top ?? window).location.replace(address);
  } catch {
    location.replace(address); // framed by a page that does not let us
  }
}
