import { describe, expect, it } from "vitest";
import { formatMoment, fromLocalInput, toLocalInput, today } from "../src/editor/dates";
import { Latest } from "../src/editor/latest";
import type { EditorNotice, Proposal } from "../src/editor/model";
import { faultsOf, stateOf, toShow } from "../src/editor/notices";
import { goOnAt, left, PROPOSALS, proposalsHref } from "../src/editor/proposals";
import { href, isSamePage, parseRoute } from "../src/editor/router";
import { moved, spliced } from "../src/editor/rows";

describe("an address", () => {
  it.each([
    ["", { view: "fragor", id: null, step: null, query: {} }],
    ["#/finns-inte/a", { view: "fragor", id: null, step: null, query: {} }],
    ["#/fragor/avfall-hamtdag/forhandsgranska", { view: "fragor", id: "avfall-hamtdag", step: "forhandsgranska", query: {} }],
    ["#/fragor?sok=a%20b&visa=dold", { view: "fragor", id: null, step: null, query: { sok: "a b", visa: "dold" } }],
    ["#/fragor/%E0", { view: "fragor", id: "%E0", step: null, query: {} }],
  ])("%s is a place", (hash, route) => { expect(parseRoute(hash)).toEqual(route); });

  it("leads back to where it was made", () => {
    const made = href("fragor", "~a1/å", null, { vy: "yaml", tom: "" });
    expect(parseRoute(made)).toEqual({ view: "fragor", id: "~a1/å", step: null, query: { vy: "yaml" } });
  });

  it("is the same page whatever is filtered on it", () => {
    expect(isSamePage(parseRoute("#/fragor?sok=a"), parseRoute("#/fragor?sok=b"))).toBe(true);
    expect(isSamePage(parseRoute("#/fragor/a"), parseRoute("#/fragor/a/jamfor"))).toBe(false);
  });
});

describe("the latest question", () => {
  it("is the only one that is told of", async () => {
    const told: number[] = [];
    const answers: ((value: number) => void)[] = [];
    const signals: AbortSignal[] = [];
    const latest = new Latest<number>(
      (signal) => { signals.push(signal); return new Promise((resolve) => { answers.push(resolve); }); },
      (answer) => told.push(answer),
      () => told.push(-1),
    );
    const first = latest.now();
    const second = latest.now();
    answers[1]!(2);
    answers[0]!(1);
    expect(await Promise.all([first, second])).toEqual([null, 2]);
    expect(told).toEqual([2]);
    expect(signals[0]!.aborted).toBe(true);
  });

  it("tells of a failure, but of none that was stopped", async () => {
    const told: string[] = [];
    const latest = new Latest<never>(() => Promise.reject(new Error("nej")), () => told.push("?"), () => told.push("fel"));
    expect(await latest.now()).toBeNull();
    const stopped = latest.now();
    latest.stop();
    await stopped;
    expect(told).toEqual(["fel"]);
  });
});

describe("notices", () => {
  const now = new Date("2026-11-28T12:00:00Z");
  const notice = (id: string, more: Partial<EditorNotice>): EditorNotice => ({
    id, kind: "information", text: "x", starts: "2026-11-28T08:00:00Z", ends: null, topics: [], pinned: false, ...more,
  });

  it("come in the order that the chat shows them, and what has ended last", () => {
    const all = [
      notice("slut", { ends: "2026-11-28T12:00:00Z" }), notice("sen", { starts: "2026-12-01T08:00:00Z" }), notice("nu", {}),
      notice("kris", { kind: "kris", starts: "2026-11-01T08:00:00Z" }), notice("nyss", { starts: "2026-11-28T11:00:00Z" }),
    ];
    expect(toShow(all, now).map(({ id }) => id)).toEqual(["kris", "nyss", "nu", "sen", "slut"]);
    expect(stateOf(all[0]!, now)).toBe("ended");
  });

  it("are saved with a text, a start, an end after it and a whole link only", () => {
    expect(faultsOf(notice("a", {}))).toEqual({});
    const wrong = notice("a", { text: " ", starts: "", link: { title: "x", url: "" } });
    expect(Object.keys(faultsOf(wrong))).toEqual(["text", "starts", "link"]);
    expect(Object.keys(faultsOf(notice("a", { ends: "2026-11-28T07:00:00Z" })))).toEqual(["ends"]);
  });
});

describe("moments and rows", () => {
  it("go into a field and out again unchanged", () => {
    const iso = "2026-11-28T13:30:00.000Z";
    expect(fromLocalInput(toLocalInput(iso))).toBe(iso);
    expect([toLocalInput(null), fromLocalInput("")]).toEqual(["", null]);
  });

  it("are Swedish wherever the editor is", () => {
    expect(today(new Date("2026-11-27T23:05:00Z"))).toBe("2026-11-28");
    expect(formatMoment("2026-07-01T06:00:00Z")).toContain("08.00");
    expect(toLocalInput("2026-11-28T07:00:00Z")).toBe("2026-11-28T08:00");
    expect(fromLocalInput("2026-07-01T08:00")).toBe("2026-07-01T06:00:00.000Z");
  });

  it.each(["2026-03-29T00:30:00.000Z", "2026-03-29T01:30:00.000Z", "2026-10-24T23:30:00.000Z", "2026-10-25T01:30:00.000Z"])(
    "survive the night when clocks are moved: %s", (iso) => { expect(fromLocalInput(toLocalInput(iso))).toBe(iso); });

  it("are moved and replaced without changing the list they came from", () => {
    const rows = ["a", "b", "c"];
    expect(moved(rows, 0, 2)).toEqual(["b", "c", "a"]);
    expect(spliced(rows, 1, 1, "x", "y")).toEqual(["a", "x", "y", "c"]);
    expect(rows).toEqual(["a", "b", "c"]);
  });
});

describe("proposed replies", () => {
  const proposals: Proposal[] = ["a", "b", "c"].map((id) => ({
    id, question: null, reply: "Ja.", agent_name: "Anna Berg", at: "2026-11-28T13:32:00Z",
  }));
  const idsOf = (all: readonly Proposal[]) => all.map(({ id }) => id);

  it("have an address of their own among the gaps", () => {
    const route = parseRoute(proposalsHref());
    expect([route.view, route.id]).toEqual(["luckor", PROPOSALS]);
    expect(isSamePage(route, parseRoute(href("luckor")))).toBe(false);
  });

  it("leave the list when they are dismissed, and stay away", () => {
    expect(idsOf(left(proposals, ["b"]))).toEqual(["a", "c"]);
    expect(idsOf(left(proposals, ["c", "a", "b", "gone"]))).toEqual([]);
  });

  it.each([["a", "b"], ["b", "c"], ["c", "b"], ["gone", null]])("after %s the editor goes on at %s", (id, next) => {
    expect(goOnAt(proposals, id)).toBe(next);
  });

  it("leave nowhere to go on when the last one goes", () => { expect(goOnAt(proposals.slice(0, 1), "a")).toBeNull(); });
});
