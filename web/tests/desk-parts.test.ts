import { describe, expect, it } from "vitest";
import { Ending } from "../src/desk/ending";
import { inOrder, isOverdue } from "../src/desk/errands";
import { Handover } from "../src/desk/handover";
import { matching } from "../src/desk/matching";
import type { Closing, Errand, Suggested } from "../src/desk/model";
import { MOST_PANES, Panes } from "../src/desk/panes";
import { newSignals } from "../src/desk/signals";
import { Suggestions } from "../src/desk/suggestions";
import { formatDue, QUEUE, REPLY, secondsLeft, waitLevel } from "../src/desk/timing";
import type { Lists, Summary } from "../src/shared/types";
import { transcriptTexts } from "../src/texts/sv";
import { deskTexts } from "../src/texts/sv-desk";

const NOW = Date.parse("2026-12-01T12:00:00Z");
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

describe("a wait", () => {
  it.each([
    [0, REPLY, "calm"], [59, REPLY, "calm"], [60, REPLY, "soon"], [179, REPLY, "soon"], [180, REPLY, "late"],
    [119, QUEUE, "calm"], [120, QUEUE, "soon"], [300, QUEUE, "late"], [-30, QUEUE, "calm"],
  ])("of %i seconds is marked by its limits", (seconds, limits, level) => {
    expect(waitLevel(ago(seconds), NOW, limits)).toBe(level);
  });

  it("that cannot be read is calm", () => { expect(waitLevel("snart", NOW, REPLY)).toBe("calm"); });

  it("counts down to nothing, never below", () => {
    expect(secondsLeft(ago(-20.2), NOW)).toBe(21);
    expect(secondsLeft(ago(5), NOW)).toBe(0);
    expect(secondsLeft("snart", NOW)).toBe(0);
  });
});

describe("a promised time", () => {
  const at = (days: number) => {
    const date = new Date(NOW);
    date.setDate(date.getDate() + days);
    date.setHours(16, 0, 0, 0);
    return date.toISOString();
  };
  it.each([[0, "i dag 16.00"], [1, "i morgon 16.00"], [-1, "i går 16.00"]])("in %i days is told in words", (days, text) => {
    expect(formatDue(at(days), NOW)).toBe(text);
  });
  it("further away has its date", () => { expect(formatDue(at(6), NOW)).toMatch(/7 dec\.? 16\.00$/); });
  it("that is none comes back unchanged", () => { expect(formatDue("snart", NOW)).toBe("snart"); });
});

describe("panes", () => {
  const opened = (...ids: string[]) => {
    const panes = new Panes();
    for (const id of ids) { panes.show(id); panes.togglePin(id); }
    return panes;
  };

  it("what is opened next takes the place of what was not pinned", () => {
    const panes = new Panes();
    panes.show("a");
    panes.show("b");
    expect([panes.ids, panes.focused]).toEqual([["b"], "b"]);
  });

  it("pinned conversations stay side by side", () => {
    const panes = opened("a", "b");
    panes.show("c");
    panes.show("d");
    expect(panes.ids).toEqual(["a", "b", "d"]);
  });

  it("are never more than three", () => {
    const panes = opened("a", "b", "c", "d", "e");
    expect(panes.ids).toHaveLength(MOST_PANES);
    expect(panes.focused).toBe("e");
  });

  it("where few fit, the one in focus and the latest before it are seen, in their order", () => {
    const panes = opened("a", "b", "c");
    panes.show("a");
    expect(panes.visible(2)).toEqual(["a", "c"]);
    expect(panes.visible(1)).toEqual(["a"]);
    expect(panes.visible(0)).toEqual(["a"]);
    expect(panes.visible(3)).toEqual(["a", "b", "c"]);
  });

  it("closing one goes back to the one before", () => {
    const panes = opened("a", "b", "c");
    panes.close("c");
    expect([panes.ids, panes.focused]).toEqual([["a", "b"], "b"]);
  });

  it("leaving keeps what is pinned", () => {
    const panes = opened("a");
    panes.show("b");
    panes.leave();
    expect([panes.ids, panes.focused]).toEqual([["a"], null]);
    panes.show("a");
    panes.leave();
    expect([panes.ids, panes.focused]).toEqual([["a"], null]);
  });

  it("one is loose at a time", () => {
    const panes = opened("a", "b");
    panes.show("c");
    panes.togglePin("a");
    expect(panes.ids).toEqual(["a", "b"]);
  });

  it("are the same after a reload, whatever was stored", () => {
    const panes = opened("a", "b");
    expect(new Panes(panes.state).state).toEqual(panes.state);
    expect(new Panes({ ids: ["a", "a", "b", "c", "d"], pinned: ["x"], focused: "x" }).state)
      .toEqual({ ids: ["a", "b", "c"], pinned: [], focused: null });
  });
});

const line = (conversation_id: string, more: Partial<Summary> = {}): Summary => ({ conversation_id, state: "active", unread: 0, ...more });
const waits = (id: string) => line(id, { state: "waiting" });
const lists = (mine: Summary[], waiting: Summary[] = []): Lists => ({ mine, waiting });

describe("signals", () => {
  const kinds = (before: Lists | null, after: Lists) =>
    newSignals(before, after).map(({ kind, summary }) => `${kind} ${summary.conversation_id}`);

  it("tell of a new one in the queue, once", () => {
    expect(kinds(lists([]), lists([], [waits("a")]))).toEqual(["queue a"]);
    expect(kinds(lists([], [waits("a")]), lists([], [waits("a")]))).toEqual([]);
  });

  it("tell of an offer first, and of an offer that was there before the page", () => {
    const after = lists([line("a", { state: "offered" })], [waits("b")]);
    expect(kinds(lists([]), after)).toEqual(["offer a", "queue b"]);
    expect(kinds(null, after)).toEqual(["offer a"]);
    expect(kinds(after, after)).toEqual([]);
  });

  it("tell of more unread words, not of fewer, and not of a conversation just taken", () => {
    expect(kinds(lists([line("a")]), lists([line("a", { unread: 2 })]))).toEqual(["message a"]);
    expect(kinds(lists([line("a", { unread: 2 })]), lists([line("a")]))).toEqual([]);
    expect(kinds(lists([], [waits("a")]), lists([line("a", { unread: 2 })]))).toEqual([]);
  });

  it("tell of a new question to the department, not of one that was there before the page", () => {
    const asked = (...ids: string[]): Lists => ({ ...lists([]), asked: ids.map((id) => line(id)) });
    expect(kinds(null, asked("a"))).toEqual([]);
    expect(kinds(lists([]), asked("a"))).toEqual(["asked a"]);
    expect(kinds(asked("a"), asked("a", "b"))).toEqual(["asked b"]);
    expect(kinds(asked("a"), lists([]))).toEqual([]);
  });

  it("do not call when an offer to us goes back to the queue", () => {
    expect(kinds(lists([line("a", { state: "offered" })]), lists([], [waits("a")]))).toEqual([]);
  });
});

describe("the outcome of a conversation", () => {
  const options = (id: string) => [{ id, title: id }];
  const closing: Closing = {
    proposal: { errand_type: "bygglov", cause: "hittar", resolution: "lost", searched_web: "vet_ej" },
    errand_types: options("bygglov"), causes: options("hittar"), resolutions: options("lost"),
  };

  it("is ready to confirm when the proposal is whole", () => {
    const ending = new Ending();
    ending.offer(closing, "Frågan");
    expect(ending.check()).toEqual([]);
    expect(ending.request).toEqual({ move_id: ending.moveId, ...closing.proposal, follow_up: null, to: "end" });
  });

  it("is told as well when the citizen goes back to the bot", () => {
    const ending = new Ending();
    ending.offer(closing, "Frågan");
    ending.to = "bot";
    expect(ending.request).toMatchObject({ to: "bot", follow_up: null, resolution: "lost" });
  });

  it("is not complete without every answer", () => {
    const ending = new Ending();
    ending.offer({ ...closing, proposal: { resolution: "lost" } }, "");
    expect(ending.check()).toEqual(["errand_type", "cause", "searched_web"]);
    ending.choose("cause", "hittar");
    expect(ending.missing).toEqual(["errand_type", "searched_web"]);
  });

  it("is not proposed where it cannot be chosen", () => {
    const ending = new Ending();
    ending.offer({ ...closing, proposal: { ...closing.proposal, cause: "okänd" } }, "");
    expect(ending.check()).toEqual(["cause"]);
  });

  it("keeps what was chosen when the proposal comes late", () => {
    const ending = new Ending();
    ending.choose("resolution", "ej_lost");
    ending.offer(closing, "");
    expect(ending.outcome.resolution).toBe("ej_lost");
  });

  it("with a promise needs words, and is the same errand however often it is sent", () => {
    const ending = new Ending();
    ending.offer(closing, "");
    ending.followsUp = true;
    expect(ending.check()).toEqual(["text"]);
    ending.describe({ text: " Ring upp ", contact: " " });
    expect(ending.check()).toEqual([]);
    const { follow_up } = ending.request;
    expect(follow_up).toMatchObject({ text: "Ring upp", contact: null });
    expect(ending.request.follow_up?.errand_id).toBe(follow_up?.errand_id);
  });
});

describe("handing over", () => {
  it("to a colleague needs a note", () => {
    const handover = new Handover();
    expect([handover.check(), handover.missing]).toEqual([false, "receiver"]);
    handover.choose({ to: "omar" }, "Omar");
    expect([handover.check(), handover.missing]).toEqual([false, "note"]);
    handover.note = "Gäller bygglov";
    expect([handover.check(), handover.missing]).toEqual([true, null]);
  });

  it("goes to a colleague or a department, never both", () => {
    const handover = new Handover();
    handover.choose({ to: "bygglov" }, "En som heter Bygglov");
    expect([handover.toDepartment, handover.isChosen({ department: "bygglov" })]).toEqual([false, false]);
    handover.choose({ department: "bygglov" }, "Bygglov");
    expect([handover.toDepartment, handover.isChosen({ to: "bygglov" })]).toEqual([true, false]);
    expect([handover.receiver, handover.name]).toEqual([{ department: "bygglov" }, "Bygglov"]);
  });
});

describe("suggestions", () => {
  const suggestion = (title: string, confidence: number) => ({ title, confidence, text: title });
  function server() {
    const answers: ((suggested: Suggested) => void)[] = [];
    return { answers, fetch: () => new Promise<Suggested>((resolve) => { answers.push(resolve); }) };
  }
  const settled = () => new Promise((resolve) => { setTimeout(resolve); });

  it("are fetched once for a message, the surest first", async () => {
    const { answers, fetch } = server();
    const suggestions = new Suggestions(fetch, () => undefined);
    suggestions.follow(4);
    suggestions.follow(4);
    suggestions.follow(2);
    answers[0]!({ seq: 4, suggestions: [suggestion("b", 0.3), suggestion("a", 0.9)] });
    await settled();
    expect(answers).toHaveLength(1);
    expect(suggestions.items.map(({ title }) => title)).toEqual(["a", "b"]);
    expect(suggestions.areSure).toBe(true);
  });

  it("for an older message are not shown when a newer one has come", async () => {
    const { answers, fetch } = server();
    const suggestions = new Suggestions(fetch, () => undefined);
    suggestions.follow(4);
    suggestions.follow(6);
    answers[0]!({ seq: 4, suggestions: [suggestion("gammalt", 0.9)] });
    await settled();
    expect(suggestions.items).toEqual([]);
    answers[1]!({ seq: 6, suggestions: [suggestion("nytt", 0.2)] });
    await settled();
    expect(suggestions.items.map(({ title }) => title)).toEqual(["nytt"]);
    expect(suggestions.areSure).toBe(false);
  });

  it("that cannot be had are none, and the next message asks again", async () => {
    let failing = true;
    const suggestions = new Suggestions(
      () => (failing ? Promise.reject(new Error("nej")) : Promise.resolve({ seq: 2, suggestions: [suggestion("a", 0.9)] })), () => undefined);
    suggestions.follow(1);
    await settled();
    expect(suggestions.items).toEqual([]);
    failing = false;
    suggestions.follow(2);
    await settled();
    expect(suggestions.items).toHaveLength(1);
  });
});

describe("finding a prepared reply", () => {
  const texts = (text: readonly string[]) => text;
  it("needs every word, anywhere, whatever the case", () => {
    const replies = [["Hälsning", "Hej, jag heter"], ["Bygglov", "Till ansökan behövs ritningar"]];
    expect(matching(replies, "RITN ansök", texts)).toEqual([replies[1]]);
    expect(matching(replies, "hej bygglov", texts)).toEqual([]);
    expect(matching(replies, "  ", texts)).toEqual(replies);
  });
  it("puts what has the words in its title first", () => {
    const replies = [["Annat", "om bygglov"], ["Bygglov", "text"]];
    expect(matching(replies, "bygglov", texts)).toEqual([replies[1], replies[0]]);
  });
});

it("a conversation reads at the desk as it does for the citizen", () => {
  expect(deskTexts).toMatchObject(transcriptTexts);
});

describe("errands", () => {
  const errand = (id: string, due: number, more: Partial<Errand> = {}): Errand => ({ id, reference: id, due_at: ago(-due), ...more });
  it("that are late come first, then what is due soonest", () => {
    const found = inOrder([errand("c", 900), errand("b", 60), errand("d", 9000, { overdue: true }), errand("a", -60)], NOW);
    expect(found.map(({ id }) => id)).toEqual(["a", "d", "b", "c"]);
  });
  it("that are done are never late", () => {
    expect(isOverdue(errand("a", -60, { done_at: ago(0), overdue: true }), NOW)).toBe(false);
  });
});
