import { describe, expect, it } from "vitest";
import { formatClock, formatDay } from "../src/shared/format";
import { ALL_LANGUAGES, languageOf, LANGUAGES, otherLang, type Language } from "../src/shared/languages";
import { spoken } from "../src/shared/message-view";
import { textsFor } from "../src/shared/texts";
import type { ChatEvent, ChatMessage, Decision } from "../src/shared/types";
import { launchers } from "../src/texts/launcher";
import { widgetTexts, type WidgetTexts } from "../src/texts/sv";
import { offered } from "../src/widget/languages-view";
import { formatLeft } from "../src/widget/status-view";

declare global {
  interface ImportMeta { glob(paths: readonly string[], options: object): Record<string, string> }
}

type Leaf = string | ((...given: unknown[]) => string);

/** What a text is given; each of it has to be found again in what is said. */
const GIVEN: Record<string, unknown[]> = {
  waitingTime: [{ shortest_min: 4, longest_min: 9 }], place: [7], left: [7], unread: [7], tooLong: [2013, 2000],
};
/** The places where the same words as in Swedish are right. */
const SAME: Partial<Record<Language, readonly string[]>> = {};
/** A Swedish word that one has to know here. */
const LOANS = /förskola/g;

/** Every text with its place, as `handover.headings.callback`. */
function leaves(node: unknown, place = ""): [string, Leaf][] {
  if (typeof node === "string" || typeof node === "function") return [[place, node as Leaf]];
  return Object.entries(node as object).flatMap(([key, value]) => leaves(value, place ? `${place}.${key}` : key));
}

function given(place: string): unknown[] {
  return GIVEN[place.split(".").at(-1) ?? ""] ?? ["Gävle 42"];
}

function said(place: string, text: Leaf | undefined): string {
  return typeof text === "function" ? text(...given(place)) : text ?? "";
}

async function texts(language: Language): Promise<WidgetTexts> {
  const found = await textsFor(language);
  if (!found) throw new Error(`no texts in ${language}`);
  return found.texts;
}

async function every(language: Language): Promise<[string, Leaf][]> {
  return leaves({ ...await texts(language), launcher: launchers[language] });
}

const SWEDISH = new Map(leaves({ ...widgetTexts, launcher: launchers.sv }));
const OTHERS = ALL_LANGUAGES.filter((language) => language !== "sv");

describe.each(OTHERS)("the texts in %s", (language) => {
  it("are all there, and take what the Swedish take", async () => {
    const found = await every(language);
    expect(found.map(([place]) => place).sort()).toEqual([...SWEDISH.keys()].sort());
    for (const [place, text] of found) {
      const swedish = SWEDISH.get(place);
      expect(typeof text, place).toBe(typeof swedish);
      expect(said(place, text).trim(), place).not.toBe("");
      if (typeof text === "function") expect(text.length, place).toBe((swedish as typeof text).length);
    }
  });

  it("say what they are given", async () => {
    for (const [place, text] of await every(language)) {
      if (typeof text !== "function") continue;
      const wanted = given(place).flatMap((one) => (typeof one === "object" ? Object.values(one as object) : [one]));
      for (const one of wanted) expect(said(place, text), place).toContain(String(one));
    }
  });

  it("speak of somebody whose name is not known", async () => {
    const t = await texts(language);
    for (const text of [t.agentTyping, t.onHold, t.endedReopenHelp, t.reopen]) expect(text(null)).not.toMatch(/\bnull\b|undefined/);
  });
});

it.each(OTHERS.filter((language) => language !== "sv-latt"))("nothing is left in Swedish in %s", async (language) => {
  const found = await every(language);
  const left = found.filter(([place, text]) => said(place, text) === said(place, SWEDISH.get(place)));
  expect(left.map(([place]) => place)).toEqual(SAME[language] ?? []);
  const letters = language === "fi" ? /[åÅ]/ : /[åäöÅÄÖ]/;
  for (const [place, text] of found) expect(said(place, text).replace("Gävle", "").replace(LOANS, ""), place).not.toMatch(letters);
});

it.each([
  ["en", 1, "1 character left"], ["en", 2, "2 characters left"], ["fi", 1, "1 merkki jäljellä"], ["fi", 5, "5 merkkiä jäljellä"],
  ["uk", 1, "Залишилося 1 символ"], ["uk", 3, "Залишилося 3 символи"], ["uk", 12, "Залишилося 12 символів"], ["uk", 22, "Залишилося 22 символи"],
  ["ar", 1, "بقي حرف واحد"], ["ar", 2, "بقي حرفان"], ["ar", 5, "بقي 5 أحرف"], ["ar", 11, "بقي 11 حرفًا"], ["ar", 100, "بقي 100 حرف"],
] as const)("%s counts %i in the right form", async (language, n, text) => {
  expect((await texts(language)).left(n)).toBe(text);
});

it.each([
  ["uk", 1, "1 нове повідомлення"], ["uk", 4, "4 нові повідомлення"], ["uk", 11, "11 нових повідомлень"], ["uk", 21, "21 нове повідомлення"],
  ["ar", 2, "رسالتان جديدتان"], ["ar", 3, "3 رسائل جديدة"], ["ar", 11, "11 رسالة جديدة"], ["so", 1, "1 fariin cusub"],
] as const)("the launcher in %s counts %i in the right form", (language, n, text) => {
  expect(launchers[language].unread(n)).toBe(text);
});

it.each([
  ["sv", "10 november 2026", "14.32", "1.30"], ["sv-latt", "10 november 2026", "14.32", "1.30"],
  ["en", "10 November 2026", "14:32", "1:30"], ["fi", "10. marraskuuta 2026", "14.32", "1.30"],
  ["ar", "10 نوفمبر 2026", "14:32", "1:30"], ["so", "10 Noofeembar 2026", "14:32", "1:30"],
  ["uk", "10 листопада 2026 р.", "14:32", "1:30"],
] as const)("%s writes dates and clocks in its own way", async (language, day, clock, left) => {
  const { locale } = await texts(language);
  expect(formatDay("2026-11-10", locale)).toBe(day);
  expect(formatClock("2026-11-10T14:32:00", locale)).toBe(clock); // local time
  expect(formatLeft("2026-11-10T14:32:00Z", Date.parse("2026-11-10T14:30:30Z"), locale)).toBe(left);
});

it.each([
  ["sv", "sv"], ["sv-SE", "sv"], ["sv-latt", "sv-latt"], ["SV-Latt", "sv-latt"], ["en-GB", "en"], ["ar-SY", "ar"], ["uk", "uk"],
  ["de", null], ["", null], ["svenska", null], ["constructor", null],
])("the tag «%s» is %s", (tag, language) => { expect(languageOf(tag)).toBe(language); });

it("says a text's language only where it is another than what stands around", () => {
  expect(otherLang("sv", "ar")).toBe("sv");
  expect(otherLang("sv-latt", "en")).toBe("sv");
  expect(otherLang("sv-latt", "sv")).toBeNull();
  expect(otherLang(null, "ar")).toBeNull();
});

// --- the offer

let seq = 0;
const citizen = (text: string): ChatEvent => ({ type: "message", seq: ++seq, at: "", actor: "citizen", text });
const bot = (language: string | null, more: Partial<Decision> = {}): ChatMessage =>
  ({ type: "message", seq: ++seq, at: "", actor: "bot", text: "Svar.", decision: { outcome: "answer", language, ...more } });
const ENGLISH = [citizen("What does preschool cost?"), bot("en")];

it.each([
  ["somebody who writes English in a Swedish chat is offered English", ENGLISH, "sv", "en"],
  ["not where the chat is English already", ENGLISH, "en", null],
  ["somebody who writes Swedish is not offered Swedish in lätt svenska", [citizen("vad kostar en förskoleplats"), bot("sv")], "sv-latt", null],
  ["but is in Arabic", [citizen("vad kostar en förskoleplats"), bot("sv")], "ar", "sv"],
  ["a short message makes no offer", [citizen("hi there"), bot("en")], "sv", null],
  ["nor takes one away", [...ENGLISH, citizen("ok"), bot("sv"), citizen("tack"), bot("sv")], "sv", "en"],
  ["a whole sentence does", [...ENGLISH, citizen("jag undrar över bygglov"), bot("sv")], "sv", null],
  ["a language that is not ours is not offered", [citizen("was kostet der Kindergarten"), bot("de")], "sv", null],
  ["nothing is offered where nothing is known", [citizen("vad kostar en förskoleplats"), bot(null)], "en", null],
] as const)("%s", (_, events, present, language) => { expect(offered(events, present)).toBe(language); });

// --- what is spoken

it("speaks the remark first, and each part in its own language", () => {
  const answer = bot("ar", { text_language: "sv", remark: "الجواب بالسويدية فقط.", steps: ["Sök på nätet."] });
  const parts = spoken(answer, { texts: { ...widgetTexts, bot: "المساعد", steps: "الخطوات" }, own: "citizen", language: "ar" });
  expect(parts).toEqual([
    { text: "المساعد:\nالجواب بالسويدية فقط.", lang: null },
    { text: "Svar.", lang: "sv" },
    { text: "الخطوات", lang: null },
    { text: "Sök på nätet.", lang: "sv" },
  ]);
});

it("speaks an answer in the chat's own language without a break", () => {
  const parts = spoken(bot("sv", { text_language: "sv-latt" }), { texts: widgetTexts, own: "citizen" });
  expect(parts).toEqual([{ text: "AI-assistenten:\nSvar.", lang: null }]);
});

// --- right to left

it("names no side in the styles of the panel and what it is made of", () => {
  const files = import.meta.glob(
    ["../src/widget/*.ts", "!**/launcher-styles.ts", "../src/shared/{transcript-styles,tokens,composer,announcer}.ts"],
    { query: "?raw", import: "default", eager: true },
  );
  const sided = /(margin|padding|border)-(left|right)|text-align: (left|right)|[ {;](left|right):|border-(top|bottom)-(left|right)/;
  expect(Object.keys(files).length).toBeGreaterThan(20);
  for (const [name, text] of Object.entries(files)) expect(sided.exec(text)?.[0], name).toBeUndefined();
});

it("names every language in its own words", () => {
  expect(new Set(ALL_LANGUAGES.map((language) => LANGUAGES[language].name)).size).toBe(7);
  expect(LANGUAGES.ar.change).toContain(LANGUAGES.ar.name);
});
