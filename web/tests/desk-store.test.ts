import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DeskApi } from "../src/desk/desk-api";
import { DeskStore, type DeskView } from "../src/desk/desk-store";
import { ApiError } from "../src/shared/http";
import type { ChatEvent, Lists, State, Status, Summary } from "../src/shared/types";

/** The browser's socket as far as the feed uses it, played by the test. */
class Socket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static last: Socket;
  readyState = 1;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  constructor() { Socket.last = this; }
  send(): void { /* nobody listens */ }
  close(): void { this.readyState = 3; }
  brings(frame: object): void { this.onmessage?.({ data: JSON.stringify(frame) }); }
}

const message = (seq: number, actor: "citizen" | "agent", text: string): ChatEvent =>
  ({ seq, at: "2026-12-01T12:00:00Z", type: "message", actor, text });
const status = (state: State, seq: number): Status => ({ state, seq, queue_place: null, agent_name: null, pending: false });
const row = (id: string, state: State, more: object = {}): Summary => ({ conversation_id: id, state, question: `Fråga ${id}`, unread: 0, ...more });

/** A gateway in memory: conversations, who holds them, and what is written in them. */
class Server {
  rows: Summary[] = [];
  readonly events = new Map<string, ChatEvent[]>();
  readonly sent: string[] = [];
  takes: () => void = () => undefined;
  errand: object | null = null;
  /** Answers are held back until they are let go. */
  held: (() => void)[] | null = null;

  get lists(): Lists {
    const mine = this.rows.filter(({ state }) => state !== "waiting");
    return { mine, waiting: this.rows.filter(({ state }) => state === "waiting"), presence: { status: "chatt", limit: 4, held: 0 } };
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
      const state = this.rows.find((one) => one.conversation_id === id)?.state;
      if (!state) throw new ApiError(404, "conversation_not_found", "Finns inte.");
      return { events: events.slice(after), status: status(state, events.length), dossier: {} };
    },
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
      return { status: status("waiting", 1) };
    },
    closing: async () => ({ proposal: { errand_type: "a", cause: "b", resolution: "lost", searched_web: "ja" },
      errand_types: [{ id: "a", title: "A" }], causes: [{ id: "b", title: "B" }], resolutions: [{ id: "lost", title: "Löst" }] }),
    close: async (id: string) => {
      this.rows = this.rows.filter((one) => one.conversation_id !== id);
      return { status: status("closed", 2), errand: this.errand };
    },
    suggestions: async () => ({ seq: null, suggestions: [] }),
    notes: async () => ({ notes: [] }),
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

const settled = () => new Promise((resolve) => { setTimeout(resolve); });

describe("the desk", () => {
  let server: Server;
  let calls: string[];
  let attentive: boolean;
  const stores: DeskStore[] = [];

  beforeEach(() => {
    server = new Server();
    calls = [];
    attentive = true;
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
      called: (signals) => { calls.push(...signals.map(({ kind, summary }) => `${kind} ${summary.conversation_id}`)); },
      attentive: () => attentive,
      loggedOut: () => { calls.push("logged out"); },
    };
    const store = new DeskStore(server.api as unknown as DeskApi, username, view);
    stores.push(store);
    store.start();
    await settled();
    Socket.last.onopen?.();
    return store;
  }
  const brings = async (frame: object) => { Socket.last.brings(frame); await settled(); };
  const tells = () => brings({ type: "conversations", ...server.lists });
  const ids = (summaries: readonly Summary[]) => summaries.map(({ conversation_id }) => conversation_id);

  it("shows one row for each conversation in whatever order its news arrive", async () => {
    server.rows = [row("a", "active"), row("b", "active")];
    server.events.set("a", [message(1, "citizen", "Hej"), message(2, "citizen", "Hallå?")]);
    const [first, second] = server.events.get("a")!;
    const frames = [
      { type: "events", conversation_id: "a", events: [second], status: status("active", 2) },
      { type: "conversations", ...server.lists },
      { type: "events", conversation_id: "a", events: [first], status: status("active", 1) },
      { type: "conversations", mine: [...server.lists.mine, ...server.lists.mine], waiting: [] },
    ];
    for (const order of [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]]) {
      const store = await open();
      for (const at of order) await brings(frames[at]!);
      expect(ids(store.held)).toEqual(["a", "b"]);
      expect(store.conversation("a").log.events.map(({ seq }) => seq)).toEqual([1, 2]);
    }
  });

  it("keeps no list that a newer one has overtaken", async () => {
    server.rows = [row("a", "waiting")];
    const store = await open();
    server.held = [];
    const refreshed = store.refresh();
    server.set("a", "active");
    await tells();
    for (let i = 0; i < 3; i += 1) { server.held.splice(0).forEach((let_go) => let_go()); await settled(); }
    await refreshed;
    expect([ids(store.held), ids(store.waiting)]).toEqual([["a"], []]);
  });

  it("survives states, moves and fields that it does not know", async () => {
    server.rows = [row("a", "hos_chefen" as State, { priority: "högst", nytt: { fält: 1 } }), row("b", "active")];
    const store = await open();
    store.select("a");
    await settled();
    await brings({ type: "något_nytt", mer: [1] });
    await brings({ type: "events", conversation_id: "b", events: [{ seq: 1, type: "film", actor: "chef" }], status: status("active", 1) });
    expect(store.roleOf("a")).toBe("held");
    expect(ids(store.held)).toEqual(["a", "b"]);
  });

  it("takes a conversation and goes to it", async () => {
    server.rows = [row("a", "waiting")];
    const store = await open();
    await store.intake.take("a");
    expect([store.selectedId, store.roleOf("a")]).toEqual(["a", "held"]);
  });

  it("says who was faster, and stays where it was", async () => {
    server.rows = [row("a", "waiting"), row("b", "active")];
    const store = await open();
    store.select("b");
    server.takes = () => {
      server.rows = server.rows.filter(({ conversation_id }) => conversation_id !== "a");
      throw new ApiError(409, "already_taken", "", null, { agent_name: "Omar Haddad" });
    };
    await store.intake.take("a");
    await settled();
    expect(store.alert).toBe("Omar Haddad har samtalet.");
    expect([store.selectedId, ids(store.waiting)]).toEqual(["b", []]);
  });

  it("says the server's own words when there is no room", async () => {
    server.rows = [row("a", "waiting")];
    const store = await open();
    server.takes = () => { throw new ApiError(409, "no_capacity", "Du har så många samtal som ryms (4)."); };
    await store.intake.take("a");
    expect(store.alert).toBe("Du har så många samtal som ryms (4).");
  });

  it("takes the next, and says so when nobody waits", async () => {
    server.rows = [row("a", "waiting"), row("b", "waiting")];
    const store = await open();
    await store.intake.takeNext();
    expect(store.selectedId).toBe("a");
    server.rows = [];
    await store.intake.takeNext();
    expect(store.message).toBe("Ingen väntar i kön.");
  });

  it("keeps a draft for each conversation over a reload, for the agent who wrote it", async () => {
    server.rows = [row("a", "active"), row("b", "active")];
    const store = await open();
    store.conversation("a").setDraft("Hej a");
    store.conversation("b").setDraft("Hej b");
    store.stop();
    const again = await open();
    expect([again.conversation("a").draft, again.conversation("b").draft]).toEqual(["Hej a", "Hej b"]);
    expect((await open("omar")).conversation("a").draft).toBe("");
    again.forget();
    expect((await open()).conversation("a").draft).toBe("");
  });

  it("stands as it stood after a reload, but for what is gone", async () => {
    server.rows = [row("a", "active"), row("b", "active"), row("c", "active")];
    const store = await open();
    for (const id of ["a", "b", "c"]) { store.select(id); store.togglePin(id); }
    store.stop();
    server.rows = server.rows.slice(0, 2);
    const again = await open();
    expect([again.panes.ids, again.selectedId]).toEqual([["a", "b"], "b"]);
  });

  it("sends what was written in each to its own conversation", async () => {
    server.rows = [row("a", "active"), row("b", "active")];
    const store = await open();
    store.conversation("a").send("till a");
    store.conversation("b").send("till b");
    await settled();
    expect(server.events.get("a")).toMatchObject([{ text: "till a" }]);
    expect(server.events.get("b")).toMatchObject([{ text: "till b" }]);
  });

  it("calls for a new one in the queue and for words in a conversation that is not looked at", async () => {
    server.rows = [row("a", "active"), row("b", "active")];
    const store = await open();
    store.select("a");
    server.rows = [row("a", "active", { unread: 1 }), row("b", "active", { unread: 1 }), row("c", "waiting")];
    await tells();
    expect(calls).toEqual(["queue c", "message b"]);
  });

  it("calls for the conversation in focus too while the agent is elsewhere", async () => {
    server.rows = [row("a", "active")];
    const store = await open();
    store.select("a");
    attentive = false;
    server.rows = [row("a", "active", { unread: 1 })];
    await tells();
    expect(calls).toEqual(["message a"]);
  });

  it("does not call an agent on a break to the queue, but tells of an offer", async () => {
    const store = await open();
    await store.intake.setStatus("rast");
    const presence = { status: "rast", limit: 0, held: 0 };
    await brings({ type: "conversations", mine: [row("b", "offered")], waiting: [row("a", "waiting")], presence });
    expect(calls).toEqual(["offer b"]);
    expect(store.lists?.presence?.limit).toBe(0);
  });

  it("an offer can be declined", async () => {
    server.rows = [row("a", "offered")];
    const store = await open();
    store.select("a");
    store.decline("a");
    await settled();
    await tells();
    expect(server.sent).toEqual(["decline"]);
    expect([ids(store.offered), ids(store.waiting), store.selectedId]).toEqual([[], ["a"], null]);
  });

  it("closes only with an outcome, and says what was promised", async () => {
    server.rows = [row("a", "active")];
    server.errand = { reference: "SK-7F3K2P", due_at: "snart" };
    const store = await open();
    store.select("a");
    const conversation = store.conversation("a");
    expect(await store.finish(conversation)).toBe(false);
    conversation.beginEnding();
    await settled();
    expect(await store.finish(conversation)).toBe(true);
    expect(store.message).toBe("Samtalet är avslutat. Ärende SK-7F3K2P ska vara klart senast snart.");
    expect([store.selectedId, ids(store.held)]).toEqual([null, []]);
  });

  it("has the form ready for a conversation that the citizen has ended", async () => {
    server.rows = [row("a", "wrap_up")];
    const store = await open();
    store.select("a");
    await settled();
    expect(store.roleOf("a")).toBe("wrap_up");
    expect(store.conversation("a").ending?.check()).toEqual([]);
  });

  it("goes from one own conversation to the next and around", async () => {
    server.rows = [row("a", "active"), row("b", "active")];
    const store = await open();
    store.step(1);
    store.step(1);
    store.step(1);
    expect(store.selectedId).toBe("a");
    store.step(-1);
    expect(store.selectedId).toBe("b");
  });
});
