import { describe, expect, it } from "vitest";
import { lineDiff } from "../src/editor/line-diff";
import { canKeepBoth, chosen, differences, merged } from "../src/editor/merge";
import type { Change, Preview, Risk } from "../src/editor/model";
import { groupItems } from "../src/editor/preview-groups";

const change = (more: Partial<Change>): Change => ({
  kind: "new_text", question: "?", asked_by: "bank", before: { outcome: "answer" }, after: { outcome: "answer" }, blocks: false, text: "", ...more,
});
const risk = (more: Partial<Risk>): Risk => ({ kind: "x", entry: "a", text: "", blocks: false, ...more });
const preview = (changes: Change[], risks: Risk[] = []): Preview => ({ changes, risks, asked: 1, seconds: 1, blocked: false, needs_confirmation: false });

describe("a preview", () => {
  it("puts what blocks apart from what must be confirmed and what is only good to know", () => {
    const groups = groupItems(preview(
      [change({ kind: "lost", blocks: true }), change({ kind: "stolen", confirm: true }), change({ kind: "stolen", confirm: false }), change({})],
      [risk({ blocks: true }), risk({ confirm: true }), risk({ confirm: false })],
    ));
    expect([groups.blocks.length, groups.confirm.length, groups.note.length]).toEqual([2, 2, 3]);
    expect(groups.blocks[0]?.risk).toBeDefined();
  });

  it("asks about another answer, and about risks, where the server does not say", () => {
    const groups = groupItems(preview([change({ kind: "stolen" }), change({ kind: "lost" }), change({ kind: "gained" })], [risk({})]));
    expect([groups.blocks.length, groups.confirm.length, groups.note.length]).toEqual([0, 3, 1]);
  });
});

describe("two edits", () => {
  const base = { id: "a", fraga: "F", varianter: ["x"], svar: "S", lagrum: "L" };
  const mine = { ...base, svar: "Mitt", varianter: ["x", "m"] };
  const theirs = { id: "a", fraga: "Ny", varianter: ["x", "t"], svar: "Deras" };
  const all = differences(base, mine, theirs);

  it("differ in the keys that either has changed; only what both changed awaits a choice", () => {
    expect(all.map(({ key, conflict, choice }) => [key, conflict, choice])).toEqual([
      ["fraga", false, "theirs"], ["varianter", true, null], ["svar", true, null], ["lagrum", false, "theirs"],
    ]);
    expect(differences(base, mine, mine).every(({ conflict }) => !conflict)).toBe(true);
  });

  it("become one by the choices made, and nothing of a list is lost where both are kept", () => {
    const made = all.map((one) => ({ ...one, choice: one.key === "varianter" ? "both" as const : one.choice ?? "mine" as const }));
    expect(merged(theirs, made)).toEqual({ id: "a", fraga: "Ny", varianter: ["x", "t", "m"], svar: "Mitt" });
  });

  it("can both be kept only where both are lists of texts", () => {
    expect(all.filter(canKeepBoth).map(({ key }) => key)).toEqual(["varianter"]);
    expect(chosen({ key: "a", base: 1, mine: 2, theirs: 3, conflict: true, choice: "theirs" })).toBe(3);
  });
});

describe("a line diff", () => {
  it("shows what is gone and new with some lines around it, and folds the rest", () => {
    const before = Array.from({ length: 12 }, (_, n) => `rad ${n}`).join("\n");
    const found = lineDiff(before, before.replace("rad 6", "ny rad"));
    expect(found[0]).toEqual({ kind: "fold", lines: 3 });
    expect(found.filter(({ kind }) => kind === "gone" || kind === "new")).toEqual([{ kind: "gone", text: "rad 6" }, { kind: "new", text: "ny rad" }]);
    expect(found.at(-1)).toEqual({ kind: "fold", lines: 2 });
  });

  it("of a new text is all new, of a removed one all gone, with its blank lines", () => {
    expect(lineDiff("", "a\n\nb\n")).toEqual([{ kind: "new", text: "a" }, { kind: "new", text: "" }, { kind: "new", text: "b" }]);
    expect(lineDiff("a", "")).toEqual([{ kind: "gone", text: "a" }]);
  });
});
