import { request } from "../shared/http";
import type { MessageEntry, MoveEntry } from "../shared/outbox";
import type { ChatEvent, EventsReply, NewConversation, Status, WidgetInfo } from "../shared/types";
import type { Session } from "./session";

const POLL_WAIT_S = 25;

/** The page without its query, which may hold what is nobody's business; null where it is no web page. */
function pageAddress(): string | null {
  const page = location.origin + location.pathname;
  return /^https?:\/\/[^\s<>"\\^`{|}]{1,1900}$/.test(page) ? page : null;
}

/** The gateway's public API. `base` ends with a slash: `https://chatt.example/`. */
export class CitizenApi {
  constructor(private readonly base: string) {}

  info(): Promise<WidgetInfo> {
    return request(`${this.base}api/widget`);
  }

  create({ clientId, secret }: Session, language: string): Promise<NewConversation> {
    return request(`${this.base}api/conversations`, {
      method: "POST", body: { client_id: clientId, secret, page: pageAddress(), language },
    });
  }

  send(session: Session, { id, text, choice }: MessageEntry): Promise<ChatEvent> {
    return this.post(session, "messages", { client_message_id: id, text, choice });
  }

  move(session: Session, { id, move }: MoveEntry, keepalive = false): Promise<{ status: Status }> {
    return this.post(session, "moves", { move, move_id: id }, keepalive);
  }

  typing(session: Session, on: boolean): Promise<null> {
    return this.post(session, "typing", { on });
  }

  /** Events after `after`; with `wait` the server holds the answer until there are some. */
  events(session: Session, after: number, wait: boolean, signal?: AbortSignal): Promise<EventsReply> {
    const query = `after=${after}&wait=${wait ? POLL_WAIT_S : 0}`;
    return request(`${this.url(session)}/events?${query}`, {
      token: session.secret, signal, timeoutMs: (POLL_WAIT_S + 10) * 1000,
    });
  }

  socketUrl(session: Session): string {
    return `${this.url(session)}/socket`.replace(/^http/, "ws");
  }

  private post<T>(session: Session, path: string, body: unknown, keepalive = false): Promise<T> {
    return request(`${this.url(session)}/${path}`, {
      method: "POST", token: session.secret, body, keepalive,
    });
  }

  private url({ conversationId }: Session): string {
    return `${this.base}api/conversations/${encodeURIComponent(conversationId ?? "")}`;
  }
}
