import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChatEvent, Handover, State, Status } from "../src/shared/types";
import { SWEDISH } from "../src/shared/texts";
import { Chat } from "../src/widget/chat";

type Body = Record<string, unknown>;
type Answer = [status: number, body: unknown];

const OPEN: Handover = {
  open: true, reason: "open", text: "Du kan prata med en kommunvägledare här i chatten.", waiting: 0,
  callback_by: "2026-12-01T11:00:00Z", callback_text: "senast i dag klockan 12.00",
  errand_by: "2026-12-02T11:00:00Z", errand_text: "senast i morgon klockan 12.00",
};
const CLOSED: Handover = { ...OPEN, open: false, reason: "closed", text: "Kommunvägledarna har stängt." };
const REFERENCE = "SK-7F3K2P";

/** A gateway in which one conversation lives; a test says how it answers otherwise. */
class Gateway {
  readonly posts: [path: string, body: Body][] = [];
  readonly events: ChatEvent[] = [];
  status: Status = { state: "bot", queue_place: null, agent_name: null, seq: 0, pending: false };
  handover: Handover | null = OPEN;
  answers: Record<string, (body: Body) => Answer | null> = {};

  says(event: Partial<ChatEvent> & Pick<ChatEvent, "actor">): void {
    this.events.push({ type: "message", text: "", seq: this.events.length + 1, at: "2026-12-01T08:00:00Z", ...event } as ChatEvent);
    this.status = { ...this.status, seq: this.events.length };
  }

  is(state: State, more: Partial<Status> = {}): void { this.status = { ...this.status, state, ...more }; }

  bodies(path: string): Body[] { return this.posts.flatMap(([at, body]) => (at === path ? [body] : [])); }

  readonly fetch = async (url: string, { method, body }: RequestInit): Promise<Response> => {
    const path = new URL(url).pathname.replace(/^\/api\/conversations(\/c1)?/, "").slice(1);
    const [status, answer] = method === "POST" ? this.post(path, JSON.parse(String(body)) as Body) : this.read(path, url);
    return new Response(JSON.stringify(answer), { status });
  };

  private read(path: string, url: string): Answer {
    if (path.endsWith("handover")) return this.handover ? [200, this.handover] : [503, {}];
    if (path !== "events") return [404, { error: "not_found" }];
    const after = Number(new URL(url).searchParams.get("after"));
    return [200, { events: this.events.filter(({ seq }) => seq > after), status: this.status }];
  }

  private post(path: string, body: Body): Answer {
    this.posts.push([path, body]);
    const special = this.answers[path]?.(body);
    if (special) return special;
    if (path === "") return [201, { conversation_id: "c1", events: this.events, status: this.status }];
    if (path === "moves") return [200, { status: this.status }];
    if (path === "errands") return [201, { reference: REFERENCE, kind: body.kind, due_at: "", text: `Ärende ${REFERENCE}` }];
    this.says({ actor: "citizen", text: String(body.text), client_message_id: String(body.client_message_id) } as Partial<ChatEvent> & Pick<ChatEvent, "actor">);
    return [201, this.events.at(-1)];
  }
}

const page = new EventTarget() as EventTarget & { visibilityState: string };
page.visibilityState = "visible";

let gateway: Gateway;
let chats: Chat[];

/** A chat on a page of the tab; a second one is what a reload makes of it. */
function open(): Chat {
  const chat: Chat = new Chat("https://chatt.example/", SWEDISH, {
    changed: () => { chat?.card.follow(chat.conversation, true); },
    heard: () => undefined,
  });
  chats.push(chat);
  chat.conversation.open();
  return chat;
}

const settle = () => vi.advanceTimersByTimeAsync(50);
const offer = () => { gateway.says({ actor: "bot", decision: { outcome: "handoff" } } as Partial<ChatEvent> & Pick<ChatEvent, "actor">); };
const fill = (chat: Chat, kind: "callback" | "errand", contact: string, text = "") => {
  chat.card.open(kind);
  chat.card.write({ contact, text });
  chat.leaveErrand();
};

async function talking(): Promise<Chat> {
  const chat = open();
  chat.send("hej");
  await settle();
  return chat;
}

/** What came since, as a wake-up would bring it. */
async function hears(chat: Chat): Promise<void> {
  chat.conversation.receive({ type: "events", events: gateway.events, status: gateway.status });
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers();
  gateway = new Gateway();
  chats = [];
  const tab = new Map<string, string>();
  vi.stubGlobal("sessionStorage", { getItem: (key: string) => tab.get(key) ?? null, setItem: (key: string, value: string) => tab.set(key, value) });
  vi.stubGlobal("location", { origin: "https://kommun.example", pathname: "/", href: "https://kommun.example/" });
  vi.stubGlobal("document", page);
  vi.stubGlobal("WebSocket", class { constructor() { throw new Error("blocked"); } });
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("fetch", gateway.fetch);
});
afterEach(() => {
  for (const chat of chats) chat.conversation.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the card with the ways to a person", () => {
  it("opens by itself under the bot's offer, until something else is written", async () => {
    const chat = await talking();
    expect(chat.card.shows(chat.conversation)).toBe(false);
    offer();
    await hears(chat);
    expect(chat.card.shows(chat.conversation)).toBe(true);
    expect(chat.card.info).toEqual(OPEN);
    chat.send("en sak till");
    expect(chat.card.shows(chat.conversation)).toBe(false);
  });

  it("does not come back after a no, also not after a reload", async () => {
    const chat = await talking();
    offer();
    await hears(chat);
    chat.closeCard();
    expect(chat.card.shows(chat.conversation)).toBe(false);
    const reloaded = open();
    await settle();
    expect(reloaded.card.shows(reloaded.conversation)).toBe(false);
  });

  it("is there before a word has been written, and asks anew every half minute while it is open", async () => {
    const chat = open();
    chat.card.open();
    await settle();
    expect(chat.card.info).toEqual(OPEN);
    gateway.handover = CLOSED;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(chat.card.info).toEqual(CLOSED);
    chat.closeCard();
    gateway.handover = OPEN;
    await vi.advanceTimersByTimeAsync(90_000);
    expect(chat.card.info).toBeNull();
    expect(gateway.posts).toEqual([]);
  });

  it("says so when nothing can be fetched, and tries again", async () => {
    const chat = open();
    gateway.handover = null;
    chat.card.open();
    await settle();
    expect([chat.card.info, chat.card.failed]).toEqual([null, true]);
    gateway.handover = OPEN;
    await vi.advanceTimersByTimeAsync(30_000);
    expect([chat.card.info, chat.card.failed]).toEqual([OPEN, false]);
  });

  it("closes when the place in the queue is there, and does not come back when that is left", async () => {
    const chat = await talking();
    chat.card.open();
    chat.conversation.move("hand_off"); // the citizen asked for it in words
    expect(chat.card.shows(chat.conversation)).toBe(true); // on its way
    for (const state of ["waiting", "bot"] as const) {
      gateway.is(state);
      await hears(chat);
      expect(chat.card.shows(chat.conversation)).toBe(false);
    }
  });

  it("closes when an agent is there, also on somebody who fills in its fields while waiting", async () => {
    const chat = await talking();
    gateway.is("waiting", { queue_place: 1 });
    await hears(chat);
    chat.card.fillIn("callback");
    expect(chat.card.shows(chat.conversation)).toBe(true);
    gateway.is("active", { agent_name: "Anna Berg" });
    await hears(chat);
    expect(chat.card.shows(chat.conversation)).toBe(false);
  });

  it("opens with what the server says when the queue has closed in the meantime", async () => {
    gateway.answers.moves = () => [409, { error: "queue_closed", text: "Stängt.", handover: CLOSED }];
    const chat = await talking();
    chat.setDraft("det här höll jag på att skriva");
    gateway.handover = CLOSED;
    chat.wait();
    await settle();
    expect(chat.card.shows(chat.conversation)).toBe(true);
    expect(chat.card.info).toEqual(CLOSED);
    expect([chat.draft, chat.alert, chat.conversation.outbox.entries]).toEqual(["det här höll jag på att skriva", "", []]);
  });
});

describe("an errand", () => {
  it("begins a conversation where there was none, and its reference is remembered", async () => {
    const chat = open();
    chat.audience = "foretag";
    fill(chat, "errand", " kim@example.se ", "Min sophämtning");
    await settle();
    expect(gateway.bodies("")[0]).toMatchObject({ audience: "foretag" });
    expect(gateway.bodies("errands")).toMatchObject([{ kind: "errand", contact: "kim@example.se", text: "Min sophämtning" }]);
    expect(chat.references).toEqual([REFERENCE]);
    expect(chat.card.shows(chat.conversation)).toBe(false);
  });

  it("is sent after a reload with the same id when its answer was lost", async () => {
    gateway.answers.errands = () => [503, {}];
    const chat = await talking();
    fill(chat, "callback", "070-123 45 67");
    await settle();
    expect(chat.card.shows(chat.conversation)).toBe(true); // still on its way
    chat.conversation.stop();
    gateway.answers = {};
    const reloaded = open();
    await settle();
    expect(new Set(gateway.bodies("errands").map((body) => body.errand_id)).size).toBe(1);
    expect(reloaded.references).toEqual([REFERENCE]);
  });

  it("is not sent while a field is wrong", async () => {
    const chat = await talking();
    fill(chat, "callback", "ring mig");
    await settle();
    expect([chat.card.flaw, gateway.bodies("errands")]).toEqual(["contact", []]);
  });

  it("comes back to be mended when the server does not accept it", async () => {
    gateway.answers.errands = () => [422, { error: "invalid_request", text: "Kontrollera: contact.", fields: ["contact"] }];
    const chat = await talking();
    fill(chat, "callback", "000000", "Om slam");
    await settle();
    expect(chat.card.shows(chat.conversation)).toBe(true);
    expect([chat.card.form, chat.card.flaw, chat.alert]).toEqual([{ kind: "callback", contact: "000000", text: "Om slam" }, "contact", ""]);
  });

  it("keeps what was filled in when the page is reloaded before it was sent", async () => {
    const chat = await talking();
    chat.card.open("errand");
    chat.card.write({ contact: "kim@exam" });
    const reloaded = open();
    await settle();
    expect(reloaded.card.shows(reloaded.conversation)).toBe(true);
    expect(reloaded.card.form?.contact).toBe("kim@exam");
  });

  it("is made once by two presses", async () => {
    const chat = await talking();
    fill(chat, "callback", "070-123 45 67");
    fill(chat, "callback", "070-123 45 67");
    await settle();
    expect(gateway.bodies("errands")).toHaveLength(1);
  });
});

describe("a conversation that has ended", () => {
  const moves = () => gateway.bodies("moves").map(({ move }) => move);

  it.each([[true, "reopen"], [false, "resume"]])("goes on when one writes (agent to be had: %s)", async (can_reopen, move) => {
    const chat = await talking();
    gateway.is("wrap_up", { can_reopen });
    await hears(chat);
    chat.send("en fråga till");
    await settle();
    expect(moves()).toEqual([move]);
    expect(gateway.events.at(-1)?.text).toBe("en fråga till");
  });

  it("goes on with the agent, else with the bot, when it ended before we heard of it", async () => {
    const chat = await talking();
    let closed = true;
    gateway.answers.messages = () => (closed ? [409, { error: "conversation_closed", text: "" }] : null);
    gateway.answers.moves = ({ move }) => {
      if (move === "reopen") return [409, { error: "move_not_allowed", text: "" }];
      closed = false;
      return null;
    };
    chat.send("är du kvar?");
    await settle();
    expect(moves()).toEqual(["reopen", "resume"]);
    expect(gateway.events.at(-1)?.text).toBe("är du kvar?");
  });

  it("is kept from ending by the first letter, and said so once a warning", async () => {
    const chat = await talking();
    gateway.is("active", { agent_name: "Anna Berg", closes_at: "2026-12-01T12:00:00Z" });
    await hears(chat);
    for (const draft of ["", "j", "ja", "jag"]) {
      chat.setDraft(draft);
      await settle();
    }
    expect(moves()).toEqual(["stay"]);
    gateway.is("active", { agent_name: "Anna Berg", closes_at: "2026-12-01T12:30:00Z" });
    await hears(chat);
    chat.conversation.stay();
    await settle();
    expect(moves()).toEqual(["stay", "stay"]);
  });
});
