/** Whether a conversation counts: practice and talk between colleagues do not. */
export type Kind = "citizen" | "practice" | "internal";

/** The full page's address says it, as `/chatt?slag=practice`. */
export function kindOf(search: string): Kind {
  const written = new URLSearchParams(search).get("slag");
  return written === "practice" || written === "internal" ? written : "citizen";
}
