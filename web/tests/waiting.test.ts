import { describe, expect, it } from "vitest";
import type { State, Status } from "../src/shared/types";
import { widgetTexts as t } from "../src/texts/sv";
import { flawOf, type ErrandForm } from "../src/widget/errand-form";
import { phaseOf } from "../src/widget/phase";
import { closesAt, formatLeft, queueLine } from "../src/widget/status-view";

const status = (state: State, more: Partial<Status> = {}): Status =>
  ({ state, queue_place: null, agent_name: null, seq: 1, pending: false, ...more });

describe("what the citizen sees of the state", () => {
  it.each([
    ["bot", "bot"], ["waiting", "waiting"], ["offered", "waiting"], ["active", "active"],
    ["on_hold", "active"], ["wrap_up", "ended"], ["closed", "ended"],
  ] as const)("%s is %s", (state, phase) => { expect(phaseOf(status(state))).toBe(phase); });

  it("is the bot before there is a conversation", () => { expect(phaseOf(null)).toBe("bot"); });
});

describe("the line of who waits", () => {
  const line = (place: number | null, wait: [number, number] | null = null) =>
    queueLine(status("waiting", { queue_place: place, wait: wait && { shortest_min: wait[0], longest_min: wait[1] } }), t);

  it.each([
    [1, null, "Du står först i kön."],
    [3, null, "Du står på plats 3 i kön."],
    [null, null, "Du står i kö till en kommunvägledare."],
    [3, [4, 9], "Du står på plats 3 i kön. Väntetiden är ungefär 4–9 minuter."],
    [2, [5, 5], "Du står på plats 2 i kön. Väntetiden är ungefär 5 minuter."],
    [1, [0, 1], "Du står först i kön. Väntetiden är upp till ungefär 1 minut."],
    [1, [0, 0], "Du står först i kön. Väntetiden är mindre än en minut."],
  ] as const)("place %s, %s", (place, wait, text) => {
    expect(line(place, wait as [number, number] | null)).toBe(text);
  });

  it("is there while an agent is asked, and not when somebody has answered", () => {
    expect(queueLine(status("offered", { queue_place: 1 }), t)).toBe("Du står först i kön.");
    for (const state of ["bot", "active", "on_hold", "wrap_up", "closed"] as const) {
      expect(queueLine(status(state), t)).toBeNull();
    }
  });
});

describe("the end that is warned of", () => {
  const at = "2026-12-01T12:02:00Z";

  it("is counted down and never below nothing", () => {
    expect(formatLeft(at, Date.parse("2026-12-01T12:00:30Z"))).toBe("1.30");
    expect(formatLeft(at, Date.parse("2026-12-01T12:01:51.2Z"))).toBe("0.09");
    expect(formatLeft(at, Date.parse("2026-12-01T12:09:00Z"))).toBe("0.00");
    expect(formatLeft("nonsense", 0)).toBe("0.00");
  });

  it("is no longer warned of when it has come", () => {
    expect(closesAt(status("active", { closes_at: at }))).toBe(at);
    expect(closesAt(status("wrap_up", { closes_at: at }))).toBeNull();
    expect(closesAt(null)).toBeNull();
  });
});

describe("an errand's fields", () => {
  const form = (kind: ErrandForm["kind"], contact: string, text = ""): ErrandForm => ({ kind, contact, text });

  it.each(["070-123 45 67", "+46 70 123 45 67", "(0123) 456 00", "031123456"])("are enough with the phone %s", (phone) => {
    expect(flawOf(form("callback", phone), false)).toBeNull();
    expect(flawOf(form("errand", phone), false)).toBeNull();
  });

  it.each(["19811218-9876", "8112189876", "001218-9873", "4111 1111 1111 1111"])("reach nobody at «%s»", (contact) => {
    expect(flawOf(form("callback", contact), false)).toBe("contact");
    expect(flawOf(form("errand", contact, "Hej"), false)).toBe("contact");
  });

  it.each(["", "   ", "112", "ring mig", "070 eller 071", "kim@example.se"])("cannot call back at «%s»", (contact) => {
    expect(flawOf(form("callback", contact), false)).toBe("contact");
  });

  it("take an e-mail address for an answer", () => {
    expect(flawOf(form("errand", " kim@example.se "), false)).toBeNull();
    expect(flawOf(form("errand", "kim@"), false)).toBe("contact");
  });

  it("ask what it is about where nothing has been written", () => {
    expect(flawOf(form("errand", "kim@example.se", " "), true)).toBe("text");
    expect(flawOf(form("errand", "kim@example.se", "Min tunna"), true)).toBeNull();
    expect(flawOf(form("callback", "070-123 45 67"), true)).toBeNull();
  });
});
