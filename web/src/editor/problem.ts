import { ApiError, NetworkError } from "../shared/http";
import { editorTexts as t } from "../texts/sv-editor";

/** What an editor reads when a request has failed: the server's own words where it has some. */
export function told(error: unknown, otherwise: string = t.failed): string {
  if (error instanceof ApiError) return error.text || otherwise;
  return error instanceof NetworkError ? t.unreachable : otherwise;
}

/** True where this server does not have that part of the editor. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 405);
}
