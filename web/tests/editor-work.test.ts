import { describe, expect, it } from "vitest";
import type { EntryFull } from "../src/editor/model";
import {
  checkedWork, draftOf, isChanged, isSame, newWork, suggestedId, withField, withoutEmpty, withYaml, workOn,
} from "../src/editor/work";

const YAML = "id: a\nfraga: Hur?  # ändras ofta\n";
const FULL = {
  line: { id: "a", file: "avfall.yml" }, yaml: YAML, fields: { id: "a", fraga: "Hur?" }, version: "v1",
} as unknown as EntryFull;
const opened = () => workOn(FULL, "p1");

describe("work on an entry", () => {
  it("is no change until something differs from what was opened", () => {
    expect(isChanged(opened())).toBe(false);
    const written = withField(opened(), "fraga", "Hur då?", "p2");
    expect(isChanged(written)).toBe(true);
    expect(isChanged(withField(written, "fraga", "Hur?", "p3"))).toBe(false);
  });

  it("is sent as fields with the YAML they are written into, whose comments then stay", () => {
    const work = withField(opened(), "fraga", "Hur då?", "p2");
    expect(draftOf(work)).toEqual({ entry: "a", file: "avfall.yml", version: "v1", yaml: YAML, fields: { id: "a", fraga: "Hur då?" } });
  });

  it("is sent as YAML alone while YAML is what was written last", () => {
    const work = withYaml(opened(), "id: a\nfraga: Ny\n", "p2");
    expect(draftOf(work)).toEqual({ entry: "a", file: "avfall.yml", version: "v1", yaml: "id: a\nfraga: Ny\n" });
  });

  it("keeps a comment from the YAML through an edit in the form", () => {
    const commented = "id: a\n# ny kommentar\nfraga: Hur?\n";
    const inYaml = checkedWork(withYaml(opened(), commented, "p2"), { findings: [], yaml: commented, fields: { id: "a", fraga: "Hur?" }, line: 1 });
    expect(draftOf(withField(inYaml, "fraga", "Hur då?", "p3")).yaml).toBe(commented);
  });

  it("gets another publication id with every change, so that no repeat hides one", () => {
    expect(withField(opened(), "fraga", "x", "p2").publication).toBe("p2");
    expect(withYaml(opened(), "x", "p3").publication).toBe("p3");
    expect(withYaml(opened(), YAML, "p4").publication).toBe("p1");
  });

  it("has no fields while its YAML cannot be read, and is still sent", () => {
    const work = checkedWork(withYaml(opened(), "fraga: [", "p2"), { findings: [], yaml: "fraga: [", fields: null, line: 1 });
    expect(work.fields).toBeNull();
    expect(draftOf(work).yaml).toBe("fraga: [");
  });

  it("of a new entry has no entry and no version", () => {
    expect(draftOf(newWork("avfall.yml", { fields: { fraga: "Hur?" } }, "p1"))).toEqual({
      entry: null, file: "avfall.yml", version: null, yaml: null, fields: { fraga: "Hur?" },
    });
  });
});

describe("fields", () => {
  it("without empty rows, links and keys", () => {
    expect(withoutEmpty({ a: "", b: ["x", ""], c: [{ titel: "", url: "" }], d: [], e: false, f: { en: { fraga: "" } }, g: 0 }))
      .toEqual({ b: ["x"], e: false, g: 0 });
  });

  it("are the same in any order of keys, but not of rows", () => {
    expect(isSame({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(isSame([1, 2], [2, 1])).toBe(false);
    expect(isSame({ a: undefined }, {})).toBe(false);
    expect(isSame([], {})).toBe(false);
  });
});

describe("an id is suggested", () => {
  it.each([
    ["avfall", "När hämtas mina sopor?", "avfall-hamtas-sopor"],
    ["avfall", "Avfall på öarna", "avfall-oarna"],
    ["", "Får hunden bada?", "far-hunden-bada"],
    ["slam", "", "slam"],
  ])("of %s and «%s»", (topic, question, id) => {
    expect(suggestedId(topic, question)).toBe(id);
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});
