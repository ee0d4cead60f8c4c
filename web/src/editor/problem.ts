import { ApiError } from "../shared/http";
import { told as saidOf } from "../shared/problem";
import { editorTexts as t } from "../texts/sv-editor";

/** What an editor reads when a request has failed: the server's own words where it has some. */
export function told(error: unknown, otherwise: string = t.failed): string {
  return saidOf(error, t, otherwise);
}

/** True where this server does not have that part of the editor. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 405);
}
