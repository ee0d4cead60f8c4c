import { html, nothing, type TemplateResult } from "lit";
import type { ChatEvent, ChatMessage, Choice } from "./types";
import type { MessageEntry } from "./outbox";
import type { TranscriptTexts } from "../texts/sv";
import { answerView, saidIn, type ChoiceState } from "./answer-view";
import type { Said } from "./announcer";
import { ratingView, type RatingUse } from "./rating-view";
import { formatClock } from "./format";
import { icons } from "./icons";
import { otherLang } from "./languages";
import { plainText } from "./markup";
import { orderedView, plainView } from "./markup-view";

/** Who reads the transcript, and what their clicks do. */
export interface Reading {
  texts: TranscriptTexts;
  /** The language of `texts`; Swedish when left out (the desk). */
  language?: string;
  /** Messages of this actor are the reader's own and stand to the right. */
  own: "citizen" | "agent";
  /** Null where the reader cannot choose (the desk). */
  choose: ((choice: Choice) => void) | null;
  /** What the reader has said of an answer; absent where nobody is asked (the desk). */
  rating?: RatingUse;
  /** What can be done with the bot's message, in its bubble. */
  offer?: (message: ChatMessage) => TemplateResult | typeof nothing;
  /** Extra line under a message. */
  note?: (message: ChatMessage) => TemplateResult | typeof nothing;
}

export interface Unsent {
  entries: readonly MessageEntry[];
  failing: boolean;
  retry(): void;
}

/** The name that stands over a message, and that is read aloud with it. */
export function speaker(message: ChatMessage, { texts, own }: Pick<Reading, "texts" | "own">): string {
  switch (message.actor) {
    case "citizen": return own === "citizen" ? texts.you : texts.citizen;
    case "agent":
      return message.agent_name ? texts.agent(message.agent_name) : texts.agentUnnamed;
    case "system": return texts.municipality;
    default: return texts.bot;
  }
}

const SPEAKER_ICONS = { bot: icons.bot, system: icons.hall, agent: icons.person, citizen: icons.person };

/** What a screen reader says when the event arrives, part by language; empty for what needs no words. */
export function spoken(event: ChatEvent, reading: Pick<Reading, "texts" | "own" | "language">): Said[] {
  if (event.type === "state") return [{ text: event.text ?? "" }];
  const { remark, language, question, steps = [], phones = [], people = [], choices = [] } = event.decision ?? {};
  const ui = reading.language ?? "sv";
  const lang = messageLang(event, null, ui);
  const said = (...texts: (string | null | undefined)[]) => texts.map((text) => ({ text: text ?? "", lang }));
  return merged([
    { text: `${speaker(event, reading)}:` },
    { text: remark ?? "", lang: otherLang(language, ui) },
    ...said(question, plainText(event.text), ...phones.map(({ label, number }) => `${label} ${number}`)),
    ...(steps.length ? [{ text: reading.texts.steps }, ...said(...steps.map(plainText))] : []),
    ...said(...people.map(({ name, phone }) => [name, phone].filter(Boolean).join(", "))),
    ...said(...choices.map(({ label }) => label)),
  ]);
}

/** Neighbours in one language are one text, so that they are read without a break. */
function merged(parts: readonly Said[]): Said[] {
  const found: Said[] = [];
  for (const { text, lang = null } of parts) {
    const last = found.at(-1);
    if (!text) continue;
    if (last && (last.lang ?? null) === lang) last.text += `\n${text}`;
    else found.push({ text, lang });
  }
  return found;
}

/**
 * `lang` of a message's words, or null where it is that of the labels or nothing is known.
 *
 * @param reply - the bot's reply to a citizen's message, which tells what it was written in
 */
function messageLang(message: ChatMessage, reply: ChatMessage | null, ui: string): string | null {
  switch (message.actor) {
    case "agent": return otherLang("sv", ui);
    case "bot": return message.decision ? otherLang(saidIn(message.decision), ui) : null;
    case "citizen": return otherLang(reply?.decision?.language, ui);
    case "system": return null;
  }
}

/** The bot's next word after a citizen's message. */
function replyTo({ seq }: ChatMessage, events: readonly ChatEvent[]): ChatMessage | null {
  const next = events.find((event) => event.seq > seq && event.type === "message");
  return next?.type === "message" && next.actor === "bot" ? next : null;
}

/** The list of everything said, then what is still on its way. */
export function transcriptView(
  events: readonly ChatEvent[], unsent: Unsent, reading: Reading,
): TemplateResult {
  const stored = new Set(events.map((event) => event.type === "message" && event.client_message_id));
  const waiting = unsent.entries.filter((entry) => !stored.has(entry.id));
  const lastOwn = waiting.length ? null : lastOf(events, reading.own);
  return html`<ol class="messages">
    ${events.map((event) => eventView(event, events, waiting.length > 0, lastOwn, reading))}
    ${waiting.map((entry, i) => unsentView(entry, unsent.failing && i === 0 ? unsent.retry : null, reading))}
  </ol>`;
}

function lastOf(events: readonly ChatEvent[], actor: string): ChatEvent | null {
  return [...events].reverse().find((event) => event.type === "message" && event.actor === actor) ?? null;
}

function eventView(
  event: ChatEvent, events: readonly ChatEvent[], answered: boolean, lastOwn: ChatEvent | null, reading: Reading,
): TemplateResult | typeof nothing {
  if (event.type === "state") {
    return event.text ? html`<li class="system" dir="auto" data-seq=${event.seq}>${orderedView(event.text)}</li>` : nothing;
  }
  const own = event.actor === reading.own;
  return html`<li class=${classes(event, own)} data-seq=${event.seq}>
    <span class="who">${SPEAKER_ICONS[event.actor]}${speaker(event, reading)}</span>
    <div class="bubble">${bodyView(event, events, answered, reading)}</div>
    <span class="meta"><time datetime=${event.at}>${formatClock(event.at, reading.texts.locale)}</time>
      ${event === lastOwn ? html`<span>${icons.check} ${reading.texts.sent}</span>` : nothing}
      ${reading.note?.(event) ?? nothing}</span>
  </li>`;
}

function classes(message: ChatMessage, own: boolean): string {
  const emergency = message.decision?.outcome === "emergency" ? "emergency" : "";
  const from = message.actor === "system" ? "municipality" : message.actor;
  return `message ${from} ${own ? "own" : ""} ${emergency}`;
}

function bodyView(
  message: ChatMessage, events: readonly ChatEvent[], answered: boolean, reading: Reading,
): TemplateResult {
  const { texts, language: ui = "sv" } = reading;
  if (message.actor === "citizen" || message.actor === "agent") {
    return plainView(message.text, texts.foreign, messageLang(message, replyTo(message, events), ui));
  }
  const choices = choiceState(message, events, answered, reading);
  return html`${answerView(message.text, message.decision ?? null, choices, texts, ui)}
    ${reading.offer?.(message) ?? nothing}
    ${reading.rating ? ratingView(message, reading.rating, texts) : nothing}`;
}

/** A choice is open until the citizen writes anything, or somebody else holds the conversation. */
function choiceState(
  message: ChatMessage, events: readonly ChatEvent[], answered: boolean, reading: Reading,
): ChoiceState {
  const later = events.filter((event) => event.seq > message.seq);
  const reply = later.find((event) => event.type === "message" && event.actor === "citizen");
  const moved = later.some((event) => event.type === "state");
  return {
    chosen: reply?.type === "message" ? reply.text : null,
    open: !reply && !moved && !answered && reading.choose !== null,
    choose: (choice) => reading.choose?.(choice),
  };
}

function unsentView(
  entry: MessageEntry, retry: (() => void) | null, { texts, own }: Reading,
): TemplateResult {
  return html`<li class="message own ${own}">
    <span class="who">${texts.you}</span>
    <div class="bubble">${plainView(entry.text, texts.foreign)}</div>
    <span class="meta">${retry
      ? html`<span class="failed">${texts.failed}</span>
        <button type="button" class="button" @click=${retry}>${texts.retry}</button>`
      : html`<span>${texts.sending}</span>`}</span>
  </li>`;
}
