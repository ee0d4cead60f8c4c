import { ApiError } from "../shared/http";
import { deskTexts as t } from "../texts/sv-desk";

/** What is said of a failure: the server's own words where it has any. */
export function told(error: unknown): string {
  if (!(error instanceof ApiError)) return t.unreachable;
  const { agent_name } = (error.body ?? {}) as { agent_name?: unknown };
  return error.text || (typeof agent_name === "string" ? t.takenBy(agent_name) : t.wentWrong);
}
