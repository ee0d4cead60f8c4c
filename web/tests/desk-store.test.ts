import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../src/shared/http";
import type { State } from "../src/shared/types";
import { atTheDesk, ids, message, row, type Server, settled, status } from "./desk-server";

describe("the desk", () => {
  const desk = atTheDesk();
  const { open, brings, tells } = desk;
  let server: Server;
  let calls: string[];
  beforeEach(() => { ({ server, calls } = desk); });

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
    desk.attentive = false;
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

  it("gives back to the bot with an outcome, and keeps what was written for whoever has it next", async () => {
    server.rows = [row("a", "active")];
    const store = await open();
    store.select("a");
    const conversation = store.conversation("a");
    conversation.handover.note = "Vill veta avgiften";
    conversation.beginEnding("bot");
    await settled();
    expect(await store.finish(conversation)).toBe(true);
    expect(server.closes).toMatchObject([{ to: "bot", resolution: "lost" }]);
    expect(server.sent).toEqual(["a: Vill veta avgiften"]);
    expect(store.message).toBe("Samtalet är lämnat till AI-assistenten.");
  });

  it("ends what the citizen has ended, also where it was about to go back to the bot", async () => {
    server.rows = [row("a", "active")];
    const store = await open();
    store.select("a");
    store.conversation("a").beginEnding("bot");
    server.set("a", "wrap_up");
    await tells();
    expect(store.conversation("a").ending?.to).toBe("end");
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
