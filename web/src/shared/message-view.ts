import { html, nothing, type TemplateResult } from "lit";
import type { ChatEvent, ChatMessage, Choice } from "./types";
import type { MessageEntry } from "./outbox";
import type { TranscriptTexts } from "../texts/sv";
import { answerView, type ChoiceState } from "./answer-view";
import { ratingView } from "./rating-view";
import { formatClock } from "./format";
import { icons } from "./icons";
import { plainText } from "./markup";
import { plainView } from "./markup-view";

/** Who reads the transcript, and what their clicks do. */
export interface Reading {
  texts: TranscriptTexts;
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

export interface RatingUse {
  of(message: ChatMessage): boolean | null;
  rate(message: ChatMessage, helpful: boolean): void;
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

/** What a screen reader says when the event arrives; empty for what needs no words. */
export function spoken(event: ChatEvent, reading: Pick<Reading, "texts" | "own">): string {
  if (event.type === "state") return event.text ?? "";
  const { question, steps = [], phones = [], people = [], choices = [] } = event.decision ?? {};
  return [
    `${speaker(event, reading)}: ${[question, plainText(event.text)].filter(Boolean).join("\n")}`,
    ...phones.map(({ label, number }) => `${label} ${number}`),
    ...(steps.length ? [reading.texts.steps, ...steps.map(plainText)] : []),
    ...people.map(({ name, phone }) => [name, phone].filter(Boolean).join(", ")),
    ...choices.map(({ label }) => label),
  ].join("\n");
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
    return event.text ? html`<li class="system" data-seq=${event.seq}>${event.text}</li>` : nothing;
  }
  const own = event.actor === reading.own;
  return html`<li class=${classes(event, own)} data-seq=${event.seq}>
    <span class="who">${SPEAKER_ICONS[event.actor]}${speaker(event, reading)}</span>
    <div class="bubble">${bodyView(event, events, answered, reading)}</div>
    <span class="meta"><time datetime=${event.at}>${formatClock(event.at)}</time>
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
  if (message.actor === "citizen" || message.actor === "agent") return plainView(message.text, reading.texts.foreign);
  const choices = choiceState(message, events, answered, reading);
  return html`${answerView(message.text, message.decision ?? null, choices, reading.texts)}
    ${reading.offer?.(message) ?? nothing}
    ${reading.rating ? ratingView(message, reading.rating, reading.texts) : nothing}`;
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
