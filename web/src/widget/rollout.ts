/** Where the chat is in use: the gateway writes the rows into the script that a site embeds. */
export interface RolloutRow { pages: string; audiences: readonly string[]; chat: boolean }

declare global {
  var kommunbotRollout: readonly RolloutRow[] | undefined;
}

/** The first row that fits decides. No row, no chat; no rows at all (a file server), no rules. */
export function inUse(rows: readonly RolloutRow[] | undefined, path: string, audience: string): boolean {
  if (!rows) return true;
  return rows.find((row) => below(path, row.pages) && row.audiences.includes(audience))?.chat ?? false;
}

function below(path: string, pages: string): boolean {
  return path === pages || path.startsWith(pages.endsWith("/") ? pages : `${pages}/`);
}
