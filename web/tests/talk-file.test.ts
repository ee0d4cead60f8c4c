import { expect, it } from "vitest";
import type { ChatEvent } from "../src/shared/types";
import { widgetTexts as t } from "../src/texts/sv";
import { flawOf } from "../src/widget/errand-form";
import { needsQuickWayOut } from "../src/widget/leaving";
import { talkText } from "../src/widget/transcript-file";

const EVENTS: ChatEvent[] = [
  { type: "message", seq: 1, at: "2026-11-29T10:00:00Z", actor: "bot", text: "Hej!" },
  { type: "message", seq: 2, at: "2026-11-29T10:01:00Z", actor: "citizen", text: "**Vad** kostar det?" },
  {
    type: "message", seq: 3, at: "2026-11-29T10:01:01Z", actor: "bot", text: "Det kostar **100 kr**.",
    decision: {
      outcome: "answer", question: "Vad kostar båtplats?", steps: ["Logga in."], topic: "batplats",
      links: [{ title: "E-tjänst", url: "https://e.example/" }], sources: [{ title: "Båtplats", url: "https://x.example/bat/" }],
    },
  },
  { type: "state", seq: 4, at: "2026-11-29T10:02:00Z", actor: "agent", move: "take", state: "active", text: "Anna har tagit över." },
  { type: "state", seq: 5, at: "2026-11-29T10:02:00Z", actor: "agent", move: "seen", state: "active" },
  { type: "message", seq: 6, at: "2026-11-29T10:03:00Z", actor: "agent", agent_name: "Anna", text: "Hej!" },
];

it("a saved talk says who said what, with sources and addresses in full", () => {
  const text = talkText(EVENTS, { title: "Samtal med Skärvinge", savedAt: "Sparat i dag", number: "Samtalets nummer: 3f2b" }, t);
  const clocks = /\d\d\.\d\d/g;
  expect(text.replace(clocks, "10.00")).toBe(`Samtal med Skärvinge
Sparat i dag
Samtalets nummer: 3f2b

AI-assistenten, 10.00
Hej!

Du, 10.00
**Vad** kostar det?

AI-assistenten, 10.00
Vad kostar båtplats?
Det kostar 100 kr.
1. Logga in.
E-tjänst: https://e.example/
Källa: Båtplats, https://x.example/bat/

Kommunen, 10.00
Anna har tagit över.

Anna, kommunvägledare (människa), 10.00
Hej!
`);
});

it("the quick way out stands in sight once a talk has touched on violence", () => {
  expect(needsQuickWayOut(EVENTS)).toBe(false);
  for (const topic of ["vald", "barn-i-fara", "hot", "familj-och-stod"]) {
    const event: ChatEvent = { ...EVENTS[0], type: "message", actor: "bot", text: "", decision: { outcome: "emergency", topic } } as ChatEvent;
    expect(needsQuickWayOut([...EVENTS, event])).toBe(true);
  }
});

it("a report needs a place, then what is wrong, then a way to answer", () => {
  const form = { kind: "errand" as const, contact: "", text: "", report: { place: " ", eService: null } };
  expect(flawOf(form, false)).toBe("place");
  const placed = { ...form, report: { place: "Storgatan 2", eService: null } };
  expect(flawOf(placed, false)).toBe("text");
  expect(flawOf({ ...placed, text: "Hål" }, false)).toBe("contact");
  expect(flawOf({ ...placed, text: "Hål", contact: "a@b.se" }, false)).toBeNull();
});
