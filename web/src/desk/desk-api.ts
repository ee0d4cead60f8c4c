import { request } from "../shared/http";
import type { MessageEntry, MoveEntry } from "../shared/outbox";
import type { Agent, ChatEvent, DeskConversation, Lists, Person, Presence, Status, Summary } from "../shared/types";
import type {
  Closed, CloseRequest, Closing, Colleague, Department, Errand, History, NewNote, Note, Place, PreparedReply, Receiver, Suggested,
} from "./model";

/** The desk's API; who is asking follows from the login cookie. */
export class DeskApi {
  constructor(private readonly base: string) {}

  me(): Promise<{ agent: Agent }> { return this.get("me"); }

  login(username: string, password: string): Promise<{ agent: Agent }> {
    return this.post("login", { username, password });
  }

  logout(): Promise<null> { return this.post("logout", {}); }

  // --- lists and own status -------------------------------------------------------------------

  lists(signal?: AbortSignal): Promise<Lists> { return this.get("conversations", signal); }

  /** What colleagues have. */
  held(): Promise<{ conversations: Summary[] }> { return this.get("conversations/held"); }

  setPresence(status: string): Promise<Presence> { return this.post("presence", { status }); }

  colleagues(): Promise<{ colleagues: Colleague[] }> { return this.get("colleagues"); }

  departments(): Promise<{ departments: Department[] }> { return this.get("departments"); }

  takeNext(): Promise<{ conversation_id: string | null; status: Status | null }> {
    return this.post("conversations/next", {});
  }

  take(id: string): Promise<{ status: Status }> { return this.post(`${of(id)}/take`, {}); }

  // --- one conversation -----------------------------------------------------------------------

  conversation(id: string, after: number, signal?: AbortSignal): Promise<DeskConversation> {
    return this.get(`${of(id)}?after=${after}`, signal);
  }

  send(id: string, { id: client_message_id, text }: MessageEntry): Promise<ChatEvent> {
    return this.post(`${of(id)}/messages`, { client_message_id, text });
  }

  move(id: string, { id: move_id, move }: MoveEntry): Promise<{ status: Status }> {
    return this.post(`${of(id)}/moves`, { move, move_id });
  }

  transfer(id: string, move_id: string, receiver: Receiver, note: string): Promise<{ status: Status }> {
    return this.post(`${of(id)}/transfer`, { move_id, note, ...receiver });
  }

  closing(id: string): Promise<Closing> { return this.get(`${of(id)}/closing`); }

  close(id: string, outcome: CloseRequest): Promise<Closed> { return this.post(`${of(id)}/close`, outcome); }

  notes(id: string): Promise<{ notes: Note[] }> { return this.get(`${of(id)}/notes`); }

  addNote(id: string, note: NewNote): Promise<Note> { return this.post(`${of(id)}/notes`, note); }

  suggestions(id: string): Promise<Suggested> { return this.get(`${of(id)}/suggestions`); }

  /** Let editors see an own message as an answer for everybody. */
  propose(id: string, note_id: string, seq: number): Promise<unknown> {
    return this.post(`${of(id)}/proposals`, { note_id, seq });
  }

  typing(id: string, on: boolean): Promise<null> { return this.post(`${of(id)}/typing`, { on }); }

  seen(id: string, seq: number): Promise<null> { return this.post(`${of(id)}/seen`, { seq }); }

  // --- what helps to answer -------------------------------------------------------------------

  replies(): Promise<{ replies: PreparedReply[] }> { return this.get("replies"); }

  replyUsed(id: string): Promise<null> { return this.post(`replies/${encodeURIComponent(id)}/used`, {}); }

  facts(): Promise<{ places: Place[] }> { return this.get("facts"); }

  people(words: string, signal?: AbortSignal): Promise<{ people: Person[] }> {
    return this.get(`people?q=${encodeURIComponent(words)}`, signal);
  }

  // --- errands --------------------------------------------------------------------------------

  errands(): Promise<{ errands: Errand[] }> { return this.get("errands?open=true"); }

  errand(reference: string): Promise<History> { return this.get(`errands/${encodeURIComponent(reference)}`); }

  takeErrand(id: string): Promise<Errand> { return this.post(`errands/${encodeURIComponent(id)}/take`, {}); }

  finishErrand(id: string, resolution: string, result: string): Promise<Errand> {
    return this.post(`errands/${encodeURIComponent(id)}/finish`, { resolution, result });
  }

  socketUrl(): string { return this.url("socket").replace(/^http/, "ws"); }

  private get<T>(path: string, signal?: AbortSignal): Promise<T> { return request(this.url(path), { signal }); }

  private post<T>(path: string, body: unknown): Promise<T> {
    return request(this.url(path), { method: "POST", body });
  }

  private url(path: string): string { return `${this.base}api/desk/${path}`; }
}

function of(id: string): string { return `conversations/${encodeURIComponent(id)}`; }
