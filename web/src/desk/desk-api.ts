import { request } from "../shared/http";
import type { MessageEntry, MoveEntry } from "../shared/outbox";
import type { Agent, ChatEvent, DeskConversation, Lists, Status } from "../shared/types";

/** The desk's API; who is asking follows from the login cookie. */
export class DeskApi {
  constructor(private readonly base: string) {}

  me(): Promise<{ agent: Agent }> {
    return request(this.url("me"));
  }

  login(username: string, password: string): Promise<{ agent: Agent }> {
    return this.post("login", { username, password });
  }

  logout(): Promise<null> {
    return this.post("logout", {});
  }

  lists(signal?: AbortSignal): Promise<Lists> {
    return request(this.url("conversations"), { signal });
  }

  conversation(id: string, after: number, signal?: AbortSignal): Promise<DeskConversation> {
    return request(`${this.of(id)}?after=${after}`, { signal });
  }

  take(id: string): Promise<{ status: Status }> {
    return this.post(`${this.path(id)}/take`, {});
  }

  send(id: string, { id: client_message_id, text }: MessageEntry): Promise<ChatEvent> {
    return this.post(`${this.path(id)}/messages`, { client_message_id, text });
  }

  move(id: string, { id: move_id, move }: MoveEntry): Promise<{ status: Status }> {
    return this.post(`${this.path(id)}/moves`, { move, move_id });
  }

  typing(id: string, on: boolean): Promise<null> {
    return this.post(`${this.path(id)}/typing`, { on });
  }

  seen(id: string, seq: number): Promise<null> {
    return this.post(`${this.path(id)}/seen`, { seq });
  }

  socketUrl(): string {
    return this.url("socket").replace(/^http/, "ws");
  }

  private post<T>(path: string, body: unknown): Promise<T> {
    return request(this.url(path), { method: "POST", body });
  }

  private of(id: string): string { return this.url(this.path(id)); }

  private path(id: string): string { return `conversations/${encodeURIComponent(id)}`; }

  private url(path: string): string { return `${this.base}api/desk/${path}`; }
}
