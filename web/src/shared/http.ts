/** The one door to the gateway's HTTP API. */

const TIMEOUT_MS = 15_000;

/** The server answered, and the answer was no. `text` is for the reader, in their language. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: string,
    /** Seconds to wait before the next try, when the server said so. */
    readonly retryAfter: number | null = null,
    /** All that the server said. */
    readonly body: unknown = null,
  ) {
    super(`${status} ${code}`);
  }
}

/** No answer came: offline, cut, or too slow. The request may have been carried out. */
export class NetworkError extends Error {}

export interface RequestOptions {
  method?: "GET" | "POST" | "DELETE";
  body?: unknown;
  token?: string;
  /** Whom the answer's texts are for. */
  language?: string;
  signal?: AbortSignal;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
  timeoutMs?: number;
}

/** True where the same request may succeed later without being changed. */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.status === 429 || error.status === 408 || error.status >= 500;
}

/**
 * Send JSON and read JSON.
 *
 * @throws {ApiError} the server refused
 * @throws {NetworkError} no answer within `timeoutMs`
 */
export async function request<T>(url: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(url, options);
  const body = await readJson(response);
  if (!response.ok) throw refusal(response, body);
  return body as T;
}

async function send(url: string, options: RequestOptions): Promise<Response> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), options.timeoutMs ?? TIMEOUT_MS);
  const stop = () => timeout.abort();
  options.signal?.addEventListener("abort", stop);
  try {
    return await fetch(url, {
      method: options.method ?? "GET",
      headers: headers(options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      keepalive: options.keepalive ?? false,
      cache: "no-store",
      credentials: "same-origin",
      signal: timeout.signal,
    });
  } catch (error) {
    throw new NetworkError(String(error));
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", stop);
  }
}

function headers({ body, token, language }: RequestOptions): Record<string, string> {
  return {
    Accept: "application/json",
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...(language ? { "Accept-Language": language } : {}),
  };
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    // A proxy's own error page, or a cut in the middle of the body: as good as no answer.
    if (response.ok) throw new NetworkError("unreadable answer");
    return null;
  }
}

function refusal(response: Response, body: unknown): ApiError {
  const { error, text } = (body ?? {}) as { error?: string; text?: string };
  const wait = Number(response.headers.get("Retry-After"));
  return new ApiError(
    response.status, error ?? "unknown", text ?? "", Number.isFinite(wait) && wait > 0 ? wait : null, body,
  );
}
