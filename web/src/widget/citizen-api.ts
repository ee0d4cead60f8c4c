import { request, type RequestOptions } from "../shared/http";
import type { Language } from "../shared/languages";
import type { ErrandEntry, MessageEntry, MoveEntry } from "../shared/outbox";
import type {
  Audience, ChatEvent, EventsReply, Handover, NewConversation, Notice, Receipt, Status, Survey, WidgetInfo,
} from "../shared/types";
import type { Kind } from "./kind";
import type { Session } from "./session";

/** What is known of a conversation before it begins. */
export interface Beginning { language: Language; audience: Audience; kind: Kind }

const POLL_WAIT_S = 25;
const HANDOVER_MS = 6_000; // longer, and it is better to show what can be done without it

/** The page without its query, which may hold what is nobody's business; null where it is no web page. */
function pageAddress(): string | null {
  const page = location.origin + location.pathname;
  return /^https?:\/\/[^\s<>"\\^`{|}]{1,1900}$/.test(page) ? page : null;
}

/** The gateway's public API. `base` ends with a slash: `https://chatt.example/`. */
export class CitizenApi {
  constructor(private readonly base: string, private readonly language: () => Language) {}

  info(): Promise<WidgetInfo> {
    return this.request(`${this.base}api/widget?language=${this.language()}`);
  }

  async notices(): Promise<Notice[]> {
    return (await this.request<{ notices: Notice[] }>(`${this.base}api/notices`)).notices;
  }

  /** Practice is started at the desk: only who is logged in there may. */
  create({ clientId, secret }: Session, { kind, ...known }: Beginning): Promise<NewConversation> {
    const body = { client_id: clientId, secret, page: pageAddress(), ...known };
    return kind === "citizen"
      ? this.request(`${this.base}api/conversations`, { method: "POST", body })
      : this.request(`${this.base}api/desk/conversations`, { method: "POST", body: { ...body, kind } });
  }

  /** The ways to a person; also before there is a conversation, which would tell page and audience. */
  handover(session: Session, audience: Audience): Promise<Handover> {
    if (session.conversationId) {
      return this.request(`${this.url(session)}/handover`, { token: session.secret, timeoutMs: HANDOVER_MS });
    }
    const page = pageAddress();
    const query = new URLSearchParams({ audience, language: this.language(), ...(page ? { page } : {}) });
    return this.request(`${this.base}api/handover?${query}`, { timeoutMs: HANDOVER_MS });
  }

  leaveErrand(session: Session, { id, errand, contact, text }: ErrandEntry): Promise<Receipt> {
    return this.post(session, "errands", { errand_id: id, kind: errand, contact, text });
  }

  send(session: Session, { id, text, choice }: MessageEntry): Promise<ChatEvent> {
    return this.post(session, "messages", { client_message_id: id, text, choice });
  }

  move(session: Session, { id, move }: MoveEntry, keepalive = false): Promise<{ status: Status }> {
    return this.post(session, "moves", { move, move_id: id }, keepalive);
  }

  erase(session: Session): Promise<null> {
    return this.request(this.url(session), { method: "DELETE", token: session.secret });
  }

  rate(session: Session, seq: number, helpful: boolean): Promise<null> {
    return this.post(session, `messages/${seq}/feedback`, { helpful });
  }

  survey(session: Session, answers: Survey): Promise<null> {
    return this.post(session, "survey", answers);
  }

  typing(session: Session, on: boolean): Promise<null> {
    return this.post(session, "typing", { on });
  }

  /** Events after `after`; with `wait` the server holds the answer until there are some. */
  events(session: Session, after: number, wait: boolean, signal?: AbortSignal): Promise<EventsReply> {
    const query = `after=${after}&wait=${wait ? POLL_WAIT_S : 0}`;
    return this.request(`${this.url(session)}/events?${query}`, {
      token: session.secret, signal, timeoutMs: (POLL_WAIT_S + 10) * 1000,
    });
  }

  socketUrl(session: Session): string {
    return `${this.url(session)}/socket`.replace(/^http/, "ws");
  }

  /** From now on the conversation is held in another language. */
  speak(session: Session): Promise<null> {
    return this.post(session, "language", { language: this.language() });
  }

  private request<T>(url: string, options: RequestOptions = {}): Promise<T> {
    return request(url, { ...options, language: this.language() });
  }

  private post<T>(session: Session, path: string, body: unknown, keepalive = false): Promise<T> {
    return this.request(`${this.url(session)}/${path}`, {
      method: "POST", token: session.secret, body, keepalive,
    });
  }

  private url({ conversationId }: Session): string {
    return `${this.base}api/conversations/${encodeURIComponent(conversationId ?? "")}`;
  }
}
