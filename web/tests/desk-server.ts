import { afterEach, beforeEach, vi } from "vitest";
import type { DeskApi } from "../src/desk/desk-api";
import { DeskStore, type DeskView } from "../src/desk/desk-store";
import type { CloseRequest, NewNote, Note } from "../src/desk/model";
import { ApiError } from "../src/shared/http";
import type { ChatEvent, Lists, State, Status, Summary } from "../src/shared/types";

/** The browser's socket as far as the feed uses it, played by the test. */
export class Socket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static last: Socket;
  readyState = 1;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  constructor() { Socket.last = this; }
  readonly sent: { type: string; conversations?: string[] }[] = [];
  send(frame: string): void { this.sent.push(JSON.parse(frame)); }
  close(): void { this.readyState = 3; }
  brings(frame: object): void { this.onmessage?.({ data: JSON.stringify(frame) }); }
}

export const message = (seq: number, actor: "citizen" | "agent", text: string): ChatEvent =>
  ({ seq, at: "2026-12-01T12:00:00Z", type: "message", actor, text });
export const status = (state: State, seq: number): Status => ({ state, seq, queue_place: null, agent_name: null, pending: false });
export const row = (id: string, state: State, more: object = {}): Summary => ({ conversation_id: id, state, question: `Fråga ${id}`, unread: 0, ...more });

/** A gateway in memory: conversations, who holds them, and what is written in them. */
export class Server {
  rows: Summary[] = [];
  /** What colleagues have, and in which of it the agent's department is asked. */
  theirs: Summary[] = [];
  asked: string[] = [];
  readonly notes = new Map<string, Note[]>();
  readonly closes: CloseRequest[] = [];
  readonly events = new Map<string, ChatEvent[]>();
  readonly sent: string[] = [];
  takes: () => void = () => undefined;
  errand: object | null = null;
  /** Answers are held back until they are let go. */
  held: (() => void)[] | null = null;

  get lists(): Lists {
    const mine = this.rows.filter(({ state }) => state !== "waiting");
    const asked = this.theirs.filter(({ conversation_id }) => this.asked.includes(conversation_id));
    return { mine, asked, waiting: this.rows.filter(({ state }) => state === "waiting"), presence: { status: "chatt", limit: 4, held: 0 } };
  }

  set(id: string, state: State): void {
    this.rows = this.rows.map((one) => (one.conversation_id === id ? { ...one, state } : one));
  }

  readonly api = {
    socketUrl: () => "ws://desk",
    lists: async () => {
      const lists = structuredClone(this.lists);
      if (this.held) await new Promise<void>((resolve) => { this.held?.push(resolve); });
      return lists;
    },
    conversation: async (id: string, after: number) => {
      const events = this.events.get(id) ?? [];
      const state = [...this.rows, ...this.theirs].find((one) => one.conversation_id === id)?.state;
      if (!state) throw new ApiError(404, "conversation_not_found", "Finns inte.");
      return { events: events.slice(after), status: status(state, events.length), dossier: {} };
    },
    held: async () => ({ conversations: structuredClone(this.theirs) }),
    take: async (id: string) => { this.takes(); this.set(id, "active"); return { status: status("active", 1) }; },
    takeNext: async () => {
      const next = this.lists.waiting[0]?.conversation_id ?? null;
      if (next) this.set(next, "active");
      return { conversation_id: next, status: null };
    },
    setPresence: async (to: string) => ({ status: to, limit: 0, held: 0 }),
    send: async (id: string, { text }: { text: string }) => {
      this.sent.push(text);
      const event = message((this.events.get(id)?.length ?? 0) + 1, "agent", text);
      this.events.set(id, [...(this.events.get(id) ?? []), event]);
      return event;
    },
    move: async (id: string, { move }: { move: string }) => {
      this.sent.push(move);
      if (move === "decline") this.set(id, "waiting");
      if (move === "join" || move === "leave") this.theirs = this.theirs.map((one) => ({ ...one, joined: move === "join" }));
      return { status: status("waiting", 1) };
    },
    closing: async () => ({ proposal: { errand_type: "a", cause: "b", resolution: "lost", searched_web: "ja" },
      errand_types: [{ id: "a", title: "A" }], causes: [{ id: "b", title: "B" }], resolutions: [{ id: "lost", title: "Löst" }] }),
    close: async (id: string, request: CloseRequest) => {
      this.closes.push(request);
      this.rows = this.rows.filter((one) => one.conversation_id !== id);
      return { status: status("closed", 2), errand: this.errand };
    },
    suggestions: async () => ({ seq: null, suggestions: [] }),
    notes: async (id: string) => ({ notes: this.notes.get(id) ?? [] }),
    addNote: async (id: string, { text }: NewNote) => { this.sent.push(`${id}: ${text}`); },
    seen: async () => null,
    typing: async () => null,
  };
}

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() { return kept.size; },
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => { kept.set(key, value); },
    removeItem: (key: string) => { kept.delete(key); },
  } as Storage;
}

export const settled = () => new Promise((resolve) => { setTimeout(resolve); });

/** A desk before a server of the test's own, anew for each test. */
export function atTheDesk() {
  const stores: DeskStore[] = [];
  const desk = { server: new Server(), calls: [] as string[], attentive: true };

  beforeEach(() => {
    Object.assign(desk, { server: new Server(), calls: [], attentive: true });
    vi.stubGlobal("WebSocket", Socket);
    vi.stubGlobal("sessionStorage", storage());
    vi.stubGlobal("document", new EventTarget());
    const window = new EventTarget();
    vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
    vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  });
  afterEach(() => {
    for (const store of stores.splice(0)) store.stop();
    vi.unstubAllGlobals();
  });

  async function open(username = "anna"): Promise<DeskStore> {
    const view: DeskView = {
      changed: () => undefined,
      heard: () => undefined,
      called: (signals) => { desk.calls.push(...signals.map(({ kind, summary }) => `${kind} ${summary.conversation_id}`)); },
      attentive: () => desk.attentive,
      loggedOut: () => { desk.calls.push("logged out"); },
    };
    const store = new DeskStore(desk.server.api as unknown as DeskApi, username, view);
    stores.push(store);
    store.start();
    await settled();
    Socket.last.onopen?.();
    return store;
  }
  const brings = async (frame: object) => { Socket.last.brings(frame); await settled(); };
  const tells = () => brings({ type: "conversations", ...desk.server.lists });
  return Object.assign(desk, { open, brings, tells });
}

export const ids = (summaries: readonly Summary[]) => summaries.map(({ conversation_id }) => conversation_id);
