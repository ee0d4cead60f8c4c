import { ApiError, request, type RequestOptions } from "../shared/http";
import type {
  Disposal, FoundConversations, Ground, Hold, HoldReason, LogLine, LogQuery, NewMark, OpenTranscript, RecordRequest,
  Registrar, RequestFull, RequestKind, RequestOutcome, Review, Search,
} from "./model";

const PATIENCE_MS = 60_000; // a search reads everything that is kept

/** The registrar's API; who is asking follows from the login cookie. */
export class RecordsApi {
  /** @param loggedOut called when a request fails because nobody is logged in any more */
  constructor(private readonly base: string, private readonly loggedOut: () => void) {}

  me(): Promise<{ registrar: Registrar }> { return request(this.url("me")); }

  login(username: string, password: string): Promise<{ registrar: Registrar }> {
    return request(this.url("login"), { method: "POST", body: { username, password } });
  }

  logout(): Promise<null> { return request(this.url("logout"), { method: "POST", body: {} }); }

  async grounds(): Promise<Ground[]> { return (await this.get<{ grounds: Ground[] }>("grounds")).grounds; }

  async requests(closed: boolean, signal?: AbortSignal): Promise<RecordRequest[]> {
    return (await this.get<{ requests: RecordRequest[] }>(`requests?closed=${String(closed)}`, signal)).requests;
  }

  register(id: string, reference: string, kind: RequestKind, received: string): Promise<RecordRequest> {
    return this.post("requests", { id, reference, kind, received });
  }

  request(id: string, signal?: AbortSignal): Promise<RequestFull> { return this.get(`requests/${part(id)}`, signal); }

  close(id: string, outcome: RequestOutcome): Promise<RecordRequest> {
    return this.post(`requests/${part(id)}/close`, { outcome });
  }

  search(id: string, search: Search): Promise<FoundConversations> { return this.post(`requests/${part(id)}/search`, search); }

  add(id: string, conversations: readonly string[]): Promise<RequestFull> {
    return this.post(`requests/${part(id)}/conversations`, { conversation_ids: conversations });
  }

  remove(id: string, conversation: string): Promise<RequestFull> {
    return this.post(`requests/${part(id)}/conversations/${part(conversation)}/remove`, {});
  }

  review(id: string, conversation: string, signal?: AbortSignal): Promise<Review> {
    return this.get(`requests/${part(id)}/conversations/${part(conversation)}`, signal);
  }

  preview(id: string, conversation: string, signal?: AbortSignal): Promise<OpenTranscript> {
    return this.get(`requests/${part(id)}/conversations/${part(conversation)}/preview`, signal);
  }

  mark(id: string, conversation: string, mark: NewMark): Promise<Review> {
    return this.post(`requests/${part(id)}/conversations/${part(conversation)}/marks`, mark);
  }

  unmark(id: string, conversation: string, mark: string): Promise<Review> {
    return this.post(`requests/${part(id)}/conversations/${part(conversation)}/marks/${part(mark)}/remove`, {});
  }

  /** Where a file is fetched; the browser saves it. */
  exportUrl(id: string, kind: "pdf" | "json", conversation: string | null = null): string {
    return this.url(`requests/${part(id)}/export.${kind}${conversation ? `?conversation=${part(conversation)}` : ""}`);
  }

  async holds(signal?: AbortSignal): Promise<Hold[]> { return (await this.get<{ holds: Hold[] }>("holds", signal)).holds; }

  hold(id: string, conversation: string, reason: HoldReason): Promise<Hold> {
    return this.post("holds", { id, conversation_id: conversation, reason });
  }

  lift(id: string): Promise<Hold> { return this.post(`holds/${part(id)}/lift`, {}); }

  async disposals(signal?: AbortSignal): Promise<Disposal[]> {
    return (await this.get<{ disposals: Disposal[] }>("disposals", signal)).disposals;
  }

  async log({ before, ...filter }: LogQuery, limit: number): Promise<LogLine[]> {
    const chosen = Object.entries({ ...filter, before: before === null ? "" : String(before) }).filter(([, value]) => value);
    const query = new URLSearchParams([...chosen, ["limit", String(limit)]]);
    return (await this.get<{ lines: LogLine[] }>(`log?${query}`)).lines;
  }

  async verify(): Promise<number | null> { return (await this.post<{ broken_at: number | null }>("log/verify", {})).broken_at; }

  private get<T>(path: string, signal?: AbortSignal): Promise<T> { return this.send(path, { signal }); }

  private post<T>(path: string, body: unknown): Promise<T> { return this.send(path, { method: "POST", body }); }

  private async send<T>(path: string, options: RequestOptions): Promise<T> {
    try {
      return await request<T>(this.url(path), { timeoutMs: PATIENCE_MS, ...options });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.loggedOut();
      throw error;
    }
  }

  private url(path: string): string { return `${this.base}api/records/${path}`; }
}

function part(id: string): string { return encodeURIComponent(id); }
