import { describe, expect, it } from "vitest";
import { filterOf, isFiltered, queryOf, select, type Filter } from "../src/editor/filter";
import type { EntryLine } from "../src/editor/model";

const TODAY = "2026-11-28";
const line = (id: string, more: Partial<EntryLine> = {}): EntryLine => ({
  id, question: id, topic: "avfall", topic_title: "Avfall", owner: "Renhållningen", reviewed: "2026-10-01", valid_to: null,
  risk: "lag", scope: "lokal", audience: ["privat"], file: "avfall.yml", line: 1, national: false, overridden: false, hidden: false,
  findings: 0, text: "", ...more,
});
const ALL = filterOf({});
const ids = (entries: EntryLine[], change: Partial<Filter> = {}) => select(entries, { ...ALL, ...change }, TODAY).map(({ id }) => id);

describe("the list of entries", () => {
  it("finds every word, wherever it stands, with or without å, ä and ö", () => {
    const entries = [line("a", { question: "När hämtas soporna?" }), line("b", { text: "hämtas på öarna" }), line("c")];
    expect(ids(entries, { text: "hamtas" })).toEqual(["b", "a"]);
    expect(ids(entries, { text: "OARNA hämtas" })).toEqual(["b"]);
    expect(ids(entries, { text: "renhållningen" })).toHaveLength(3);
    expect(ids(entries, { text: "finns inte" })).toEqual([]);
  });

  it("shows what ends within three weeks or has ended, and nothing that does not end", () => {
    const entries = [line("slut", { valid_to: "2026-11-27" }), line("snart", { valid_to: "2026-12-19" }), line("sen", { valid_to: "2026-12-20" }), line("aldrig")];
    expect(ids(entries, { flags: ["snart"] })).toEqual(["slut", "snart"]);
  });

  it("narrows with each filter", () => {
    const entries = [
      line("a", { risk: "hog", findings: 2 }), line("b", { risk: "hog", hidden: true }), line("c", { topic: "slam", owner: "VA" }),
      line("d", { national: true }), line("e", { overridden: true }),
    ];
    expect(ids(entries, { flags: ["risk"] })).toEqual(["a", "b"]);
    expect(ids(entries, { flags: ["risk", "anmarkningar"] })).toEqual(["a"]);
    expect(ids(entries, { flags: ["dold"] })).toEqual(["b"]);
    expect(ids(entries, { topic: "slam", owner: "VA" })).toEqual(["c"]);
    expect(ids(entries, { source: "nationell" })).toEqual(["d"]);
    expect(ids(entries, { source: "egen" })).not.toContain("d");
    expect(ids(entries, { source: "andrad" })).toEqual(["e"]);
  });

  it("sorts as Swedes do, and by age, end and findings", () => {
    const entries = [line("Ö"), line("Å", { reviewed: "2025-01-01" }), line("a", { findings: 3 }), line("z", { valid_to: "2027-01-01" })];
    expect(ids(entries)).toEqual(["a", "z", "Å", "Ö"]);
    expect(ids(entries, { order: "granskad" })[0]).toBe("Å");
    expect(ids(entries, { order: "giltig" })[0]).toBe("z");
    expect(ids(entries, { order: "anmarkningar" })[0]).toBe("a");
  });

  it("is the same after a way through the address", () => {
    const filter: Filter = { text: "sop & tunna", topic: "avfall", owner: "Å", source: "egen", flags: ["snart", "dold"], order: "granskad" };
    const query = Object.fromEntries(new URLSearchParams(new URLSearchParams(queryOf(filter)).toString()));
    expect(filterOf(query)).toEqual({ ...filter, flags: ["snart", "dold"] });
    expect(filterOf({ kalla: "påhittad", ordning: "?", visa: "x" })).toEqual(ALL);
    expect(isFiltered(ALL)).toBe(false);
    expect(isFiltered(filter)).toBe(true);
  });
});
