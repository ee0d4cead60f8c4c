import type { Status } from "../shared/types";

/** What the conversation's state is to the citizen: who asks which agent behind the scenes is not. */
export type Phase = "bot" | "waiting" | "active" | "ended";

/** The phase of a status; before there is a conversation it is the bot's. */
export function phaseOf(status: Status | null): Phase {
  switch (status?.state) {
    case "waiting":
    case "offered": return "waiting";
    case "active":
    case "on_hold": return "active";
    case "wrap_up":
    case "closed": return "ended";
    default: return "bot";
  }
}
