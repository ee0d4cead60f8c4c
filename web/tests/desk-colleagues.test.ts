import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { NewNote, Note, NoteKind } from "../src/desk/model";
import { Notes } from "../src/desk/notes";
import { Overview } from "../src/desk/overview";
import type { Summary } from "../src/shared/types";
import { deskTexts } from "../src/texts/sv-desk";
import { atTheDesk, ids, message, row, type Server, settled, Socket, status } from "./desk-server";

const line = (conversation_id: string): Summary => ({ conversation_id, state: "active" });

describe("notes", () => {
  const bygglov = { id: "bygglov", title: "Bygglov" };
  const note = (id: string, kind: NoteKind, more: Partial<Note> = {}): Note => ({ id, at: `2026-12-01T12:00:0${id}Z`, kind, text: kind, ...more });
  function made(stored: Note[], add: (note: NewNote) => Promise<Note> = () => Promise.reject(new Error("nej"))) {
    const advised: string[] = [];
    const notes = new Notes({
      load: async () => ({ notes: stored }), add, changed: () => undefined, advised: (news) => { advised.push(...news.map(({ id }) => id)); },
    });
    return { notes, advised };
  }

  it("from before are no news; a whisper or an answer after them is", async () => {
    const stored = [note("1", "whisper")];
    const { notes, advised } = made(stored);
    notes.follow(1);
    await settled();
    expect([notes.loaded, advised]).toEqual([true, []]);
    stored.push(note("2", "note"), note("3", "question", { department: bygglov }), note("4", "answer", { department: bygglov }), note("5", "whisper"));
    notes.follow(5);
    notes.follow(5);
    await settled();
    expect(advised).toEqual(["4", "5"]);
  });

  it("where there are none before, the first is news", async () => {
    const stored: Note[] = [];
    const { notes, advised } = made(stored);
    notes.follow(0);
    stored.push(note("1", "whisper"));
    notes.follow(1);
    await settled();
    expect(advised).toEqual(["1"]);
  });

  it("hold a question until its department has answered", async () => {
    const stored = [
      note("1", "answer", { department: bygglov }), note("2", "question", { department: bygglov }),
      note("3", "question", { department: { id: "miljo", title: "Miljö" } }), note("4", "answer", { department: { id: "miljo", title: "Miljö" } }),
    ];
    const { notes } = made(stored);
    notes.follow(4);
    await settled();
    expect(notes.unanswered.map(({ id }) => id)).toEqual(["2"]);
    stored.push(note("5", "answer", { department: bygglov }));
    notes.follow(5);
    await settled();
    expect(notes.unanswered).toEqual([]);
  });

  it("hand on what was written to whoever has it next, not what was whispered", async () => {
    const { notes } = made([note("1", "note"), note("2", "whisper")]);
    notes.follow(2);
    await settled();
    expect(notes.handed?.id).toBe("1");
  });

  it("are sent as what they are, and as the same note until another department is chosen", async () => {
    const sent: NewNote[] = [];
    const { notes } = made([], async (one) => { sent.push(one); throw new Error("inget svar"); });
    const save = (kind: NoteKind) => notes.save(kind).catch(() => null);
    notes.write(" Får man bygga? ");
    notes.choose("bygglov");
    await save("question");
    notes.choose("bygglov");
    await save("question");
    notes.choose("miljo");
    await save("question");
    await save("whisper");
    expect(sent.map(({ kind, text, department }) => [kind, text, department])).toEqual([
      ["question", "Får man bygga?", "bygglov"], ["question", "Får man bygga?", "bygglov"], ["question", "Får man bygga?", "miljo"], ["whisper", "Får man bygga?", undefined],
    ]);
    expect(sent[0]!.note_id).toBe(sent[1]!.note_id);
    expect(sent[1]!.note_id).not.toBe(sent[2]!.note_id);
  });
});

describe("what colleagues have", () => {
  type Answer = { conversations: Summary[] };
  function made() {
    const answers: { give(answer: Answer): void; fail(): void }[] = [];
    const overview = new Overview({
      fetch: () => new Promise<Answer>((resolve, reject) => { answers.push({ give: resolve, fail: () => reject(new Error("nej")) }); }),
      renew: (take) => take(), failed: () => undefined,
    });
    return { answers, overview };
  }
  const found = ({ items }: Overview) => items?.map(({ conversation_id }) => conversation_id) ?? null;

  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it("is fetched every five seconds while somebody looks, and kept no longer", async () => {
    const { answers, overview } = made();
    await overview.load();
    expect(answers).toHaveLength(0);
    overview.watch(true);
    overview.watch(true);
    answers[0]!.give({ conversations: [line("a")] });
    await vi.advanceTimersByTimeAsync(5_000);
    expect([answers.length, found(overview)]).toEqual([2, ["a"]]);
    overview.watch(false);
    answers[1]!.give({ conversations: [line("b")] });
    await vi.advanceTimersByTimeAsync(20_000);
    expect([answers.length, found(overview)]).toEqual([2, null]);
  });

  it("is what the latest answer says, in whatever order they come", async () => {
    const { answers, overview } = made();
    overview.watch(true);
    void overview.load();
    answers[1]!.give({ conversations: [line("b")] });
    await vi.advanceTimersByTimeAsync(0);
    answers[0]!.give({ conversations: [line("a")] });
    await vi.advanceTimersByTimeAsync(0);
    expect(found(overview)).toEqual(["b"]);
    overview.stop();
  });

  it("stays when it cannot be fetched, and says so until it can", async () => {
    const { answers, overview } = made();
    overview.watch(true);
    answers[0]!.give({ conversations: [line("a")] });
    await vi.advanceTimersByTimeAsync(5_000);
    answers[1]!.fail();
    await vi.advanceTimersByTimeAsync(0);
    expect([found(overview), overview.problem]).toEqual([["a"], deskTexts.unreachable]);
    await vi.advanceTimersByTimeAsync(5_000);
    answers[2]!.give({ conversations: [] });
    await vi.advanceTimersByTimeAsync(0);
    expect([found(overview), overview.problem]).toEqual([[], ""]);
    overview.stop();
    overview.watch(true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(answers).toHaveLength(3);
  });
});

describe("the desk and colleagues", () => {
  const desk = atTheDesk();
  const { open, brings, tells } = desk;
  let server: Server;
  let calls: string[];
  beforeEach(() => { ({ server, calls } = desk); });

  it("reads along in what a colleague has, on every connection, and stops when it is gone", async () => {
    server.theirs = [row("a", "active", { agent_name: "Omar" })];
    const store = await open();
    await tells();
    const read = () => Socket.last.sent.filter(({ type }) => type === "reading").map(({ conversations }) => conversations);
    store.toggleTheirs();
    await settled();
    expect([ids(store.theirs), store.roleOf("a"), read()]).toEqual([["a"], "colleague", []]);
    store.select("a");
    store.toggleTheirs();
    await tells();
    expect([store.roleOf("a"), store.writesIn("a"), read()]).toEqual(["colleague", false, [["a"]]]);
    await brings({ type: "events", conversation_id: "a", events: [message(1, "citizen", "Hej")], status: status("active", 1) });
    expect(store.conversation("a").log.last).toBe(1);
    Socket.last.onopen?.();
    await tells();
    expect(read()).toEqual([["a"], ["a"]]);
    server.theirs = [];
    await store.overview.load();
    expect([store.roleOf("a"), store.conversation("a").status?.state, read().at(-1)]).toEqual(["gone", "bot", []]);
    expect(store.overview.items).toBeNull();
  });

  it("joins a colleague's conversation, writes in it, and leaves it", async () => {
    server.theirs = [row("a", "on_hold", { agent_name: "Omar" })];
    const store = await open();
    store.toggleTheirs();
    await settled();
    store.select("a");
    store.conversation("a").move("join");
    await settled();
    expect([store.hasJoined("a"), store.writesIn("a"), store.isHeld("a")]).toEqual([true, true, false]);
    store.conversation("a").send("Hej från mig med");
    await settled();
    store.conversation("a").move("leave");
    await settled();
    expect([server.sent, store.writesIn("a")]).toEqual([["join", "Hej från mig med", "leave"], false]);
  });

  it("keeps panes of what colleagues have over a reload, and closes those of what is gone", async () => {
    server.rows = [row("a", "active")];
    server.theirs = [row("b", "active"), row("c", "active")];
    const store = await open();
    store.toggleTheirs();
    await settled();
    for (const id of ["a", "b", "c"]) { store.select(id); store.togglePin(id); }
    store.stop();
    server.theirs = server.theirs.slice(0, 1);
    const again = await open();
    expect([again.panes.ids, again.roleOf("b")]).toEqual([["a", "b"], "colleague"]);
  });

  it("calls for a question to the department, and knows who has it", async () => {
    server.theirs = [row("a", "active", { agent_name: "Omar" })];
    const store = await open();
    server.asked = ["a"];
    await tells();
    expect(calls).toEqual(["asked a"]);
    expect([ids(store.asked), store.isAsked("a"), store.roleOf("a"), store.summaryOf("a")?.agent_name]).toEqual([["a"], true, "colleague", "Omar"]);
  });

  it("does not ask the agent what they have asked their own department", async () => {
    server.rows = [row("a", "active")];
    const store = await open();
    await brings({ type: "conversations", ...server.lists, asked: server.rows });
    expect([calls, store.asked, store.roleOf("a")]).toEqual([[], [], "held"]);
  });

  it("calls for advice in an own conversation, and shows it until the agent has answered", async () => {
    server.rows = [row("a", "active"), row("b", "active")];
    const store = await open();
    store.select("b");
    const advises = (id: string, notes: number) => {
      server.notes.set(id, Array.from({ length: notes }, (_, at) => ({ id: `${at}`, at: `2026-12-01T12:00:0${at}Z`, kind: "whisper", text: `Råd ${at}` })));
      server.rows = server.rows.map((one) => (one.conversation_id === id ? { ...one, notes } : one));
      return tells();
    };
    await advises("a", 1);
    expect(calls).toEqual(["note a"]);
    await advises("b", 1);
    expect(calls).toEqual(["note a"]);
    const conversation = store.conversation("b");
    expect(conversation.advice.map(({ text }) => text)).toEqual(["Råd 0"]);
    conversation.send("Tack, så är det");
    expect(conversation.advice).toEqual([]);
  });

  it("does not take a whisper to a colleague for advice", async () => {
    server.theirs = [row("a", "active")];
    const store = await open();
    store.toggleTheirs();
    await settled();
    store.select("a");
    server.notes.set("a", [{ id: "1", at: "2026-12-01T12:00:00Z", kind: "whisper", text: "Avgiften är ny" }]);
    server.theirs = [row("a", "active", { notes: 1 })];
    await store.overview.load();
    await settled();
    expect([calls, store.conversation("a").notes.items.length, store.conversation("a").advice]).toEqual([[], 1, []]);
  });
});
