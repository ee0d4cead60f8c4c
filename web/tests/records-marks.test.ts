import { expect, it } from "vitest";
import { lengthOf, pointsBefore, segments, wordsOf } from "../src/records/marked";
import type { Mark } from "../src/records/model";
import { parseRoute } from "../src/records/router";

const mark = (start: number, end: number, ground = "OSL 26:1"): Mark => ({ id: `${start}`, part: "event:1", start, end, ground, marked_by: "rut" });

it("characters are counted as the server counts them", () => {
  const text = "Hej 😀 Åsa 👍🏽!";
  expect(lengthOf(text)).toBe(13);
  expect(pointsBefore(text, text.indexOf("Åsa"))).toBe(6);
  expect(wordsOf(text, { start: 4, end: 5 })).toBe("😀");
});

it("a text is cut where marks begin and end, and nothing of it is lost", () => {
  const text = "Min 😀 son Kalle";
  const [first, second] = [mark(4, 9), mark(6, 99, "OSL 21:1")];
  const found = segments(text, [first, second]);
  expect(found.map((one) => one.text).join("")).toBe(text);
  expect(found.map((one) => [one.text, one.marks.map(({ ground }) => ground)])).toEqual([
    ["Min ", []], ["😀 ", ["OSL 26:1"]], ["son", ["OSL 26:1", "OSL 21:1"]], [" Kalle", ["OSL 21:1"]],
  ]);
  expect(segments("", [])).toEqual([]);
});

it("an address says which request and which conversation is open", () => {
  expect(parseRoute("#/begaran/a/b")).toEqual({ view: "begaran", id: "a", conversation: "b" });
  expect(parseRoute("#/gallring")).toEqual({ view: "gallring", id: null, conversation: null });
  expect(parseRoute("#/nonsens/x")).toEqual({ view: "begaran", id: null, conversation: null });
});
