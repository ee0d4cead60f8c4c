import { formatClock } from "../shared/format";
import { dirOf, htmlLang } from "../shared/languages";
import { plainText } from "../shared/markup";
import { speaker } from "../shared/message-view";
import type { ChatEvent, ChatMessage } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";
import type { Chat } from "./chat";

/** What a saved or printed talk begins with. */
interface Heading { title: string; savedAt: string; number?: string | null }

/** One thing that was said, as it stands in a saved or printed talk. */
interface Part { who: string; lines: string[] }

/** Give the reader the talk as a text file; it is made here and goes nowhere. */
export function saveTalk(chat: Chat): void {
  const { texts: t } = chat.texts;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([talkText(chat.events, headingOf(chat), t)], { type: "text/plain;charset=utf-8" }));
  link.download = `${t.transcript.fileName}-${new Date().toISOString().slice(0, 10)}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it late
}

/** The talk as plain text: who, when and what, with sources, ways to call and addresses in full. */
export function talkText(events: readonly ChatEvent[], { title, savedAt, number }: Heading, t: WidgetTexts): string {
  const parts = partsOf(events, t).map(({ who, lines }) => [who, ...lines].join("\n"));
  return [[title, savedAt, number].filter(Boolean).join("\n"), ...parts].join("\n\n") + "\n";
}

/** Print the talk alone, from a frame of its own: the page around is not on the paper. */
export function printTalk(chat: Chat): void {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  document.body.append(frame);
  const { contentDocument: page, contentWindow: view } = frame;
  if (!page || !view) return frame.remove();
  const heading = headingOf(chat);
  page.title = heading.title;
  page.documentElement.lang = htmlLang(chat.texts.language);
  page.documentElement.dir = dirOf(chat.texts.language);
  page.body.append(element(page, "h1", heading.title), element(page, "p", heading.savedAt), ...(heading.number ? [element(page, "p", heading.number)] : []));
  for (const { who, lines } of partsOf(chat.events, chat.texts.texts)) {
    page.body.append(element(page, "h2", who), ...lines.map((line) => element(page, "p", line)));
  }
  view.addEventListener("afterprint", () => frame.remove());
  view.print();
}

function element(page: Document, tag: string, text: string): HTMLElement {
  const made = page.createElement(tag);
  made.textContent = text;
  return made;
}

/** The number lets the municipality find the talk; it opens nothing by itself. */
function headingOf({ info, number, texts: { texts: t } }: Chat): Heading {
  const when = new Date().toLocaleString(t.locale, { dateStyle: "long", timeStyle: "short" });
  return { title: t.transcript.title(info?.municipality ?? t.municipality), savedAt: t.transcript.savedAt(when), number: number && t.transcript.number(number) };
}

function partsOf(events: readonly ChatEvent[], t: WidgetTexts): Part[] {
  return events.flatMap((event) => {
    if (event.type === "message") return [{ who: `${speaker(event, { texts: t, own: "citizen" })}, ${formatClock(event.at, t.locale)}`, lines: linesOf(event, t) }];
    return event.text ? [{ who: `${t.municipality}, ${formatClock(event.at, t.locale)}`, lines: [event.text] }] : [];
  });
}

function linesOf({ actor, text, decision }: ChatMessage, t: WidgetTexts): string[] {
  if (actor === "citizen" || actor === "agent") return [text];
  const { question, steps = [], links = [], phones = [], people = [], sources = [] } = decision ?? {};
  return [
    ...(question ? [question] : []),
    plainText(text),
    ...phones.map(({ label, number }) => `${label} ${number}`),
    ...steps.map((step, i) => `${i + 1}. ${plainText(step)}`),
    ...people.map((one) => [one.name, one.title, one.unit, one.phone, one.email].filter(Boolean).join(", ")),
    ...links.map(({ title, url }) => `${title}: ${url}`),
    ...sources.map(({ title, url }) => `${t.source} ${title}, ${url}`),
  ];
}
