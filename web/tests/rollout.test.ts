import { expect, test } from "vitest";
import { inUse } from "../src/widget/rollout";

const ROWS = [
  { pages: "/foretag", audiences: ["foretag"], chat: true },
  { pages: "/", audiences: ["privat"], chat: false },
];

test.each([
  ["/foretag", "foretag", true],
  ["/foretag/tillstand/", "foretag", true],
  ["/foretagarna", "foretag", false],
  ["/bygga-bo/", "privat", false],
  ["/bygga-bo/", "foretag", false],
])("%s for %s: %s", (path, audience, expected) => {
  expect(inUse(ROWS, path, audience)).toBe(expected);
});

test("without rules the chat is everywhere", () => {
  expect(inUse(undefined, "/", "privat")).toBe(true);
});
