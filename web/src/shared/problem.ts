import { ApiError, NetworkError } from "./http";

/** What went wrong, in words: the server's own where it has any. */
export function told(error: unknown, t: { unreachable: string }, otherwise: string): string {
  if (error instanceof ApiError) return error.text || otherwise;
  return error instanceof NetworkError ? t.unreachable : otherwise;
}
