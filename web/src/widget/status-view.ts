import { html, nothing, type TemplateResult } from "lit";
import { clockMark, formatClock } from "../shared/format";
import { icons } from "../shared/icons";
import { htmlLang } from "../shared/languages";
import type { CitizenMove, ErrandKind, Status } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";
import type { Chat } from "./chat";
import { phaseOf } from "./phase";

type View = TemplateResult | typeof nothing;

/** Honest about the line: says so when news cannot come through. */
export function connectionView({ conversation, texts: { texts: t } }: Chat): View {
  if (!conversation.trouble.now) return nothing;
  return html`<p class="state warn">${icons.warn}<span><strong>${t.reconnecting}</strong> ${t.reconnectingHelp}</span></p>`;
}

/** Place in the queue and how long it may take, as far as there is ground for it; null when not waiting. */
export function queueLine(status: Status | null, t: WidgetTexts): string | null {
  if (!status || phaseOf(status) !== "waiting") return null;
  const place = status.queue_place ? t.place(status.queue_place) : t.queued;
  return status.wait ? `${place} ${t.waitingTime(status.wait)}` : place;
}

/** Where the conversation stands, while it is not simply with the bot. */
export function statusView(chat: Chat, move: (move: CitizenMove) => void, askHowItWas: (() => void) | null): View {
  const { texts: { texts: t }, conversation: { status } } = chat;
  switch (phaseOf(status)) {
    case "waiting":
      return html`<div class="state wide queue">${icons.clock}
        <div><strong>${queueLine(status, t)}</strong> <span class="more">${t.queueHelp}</span></div>
        <button type="button" class="button" @click=${() => move("leave_queue")}>${t.leaveQueue}</button></div>`;
    case "active":
      return status?.state === "on_hold"
        ? html`<p class="state">${icons.clock}<span>${t.onHold(status.agent_name)}</span></p>` : nothing;
    case "ended":
      return endedView(chat, move, askHowItWas);
    case "bot":
      return chat.erased ? html`<p class="state">${icons.check}<span>${t.erase.done}</span></p>` : nothing;
  }
}

function endedView(chat: Chat, move: (move: CitizenMove) => void, askHowItWas: (() => void) | null): View {
  const { texts: { texts: t }, conversation: { status }, asksHowItWas } = chat;
  const back = status?.can_reopen ? status.agent_name : undefined;
  return html`<div class="state wide">${icons.check}
    <div>${back === undefined ? t.ended : html`${t.endedReopen} <span class="more">${t.endedReopenHelp(back)}</span>`}</div>
    ${asksHowItWas && askHowItWas ? html`<button type="button" class="button" @click=${askHowItWas}>${t.survey.offer}</button>` : nothing}
    ${back === undefined ? nothing : html`<button type="button" class="button" @click=${() => move("reopen")}>${icons.person}${t.reopen(back)}</button>`}</div>`;
}

/**
 * The warning that silence will end the conversation, and the button that prevents it.
 *
 * The sentence is the alert and does not change, so that it is read once; what ticks is not read.
 */
export function closingView({ texts: { texts: t }, conversation }: Chat, stay: () => void): View {
  const at = closesAt(conversation.status);
  return html`<div class=${at ? "state warn wide closing" : ""}>
    ${at ? icons.clock : nothing}
    <div role="alert">${at ? html`<strong>${t.closing(formatClock(at, t.locale))}</strong> <span class="more">${t.closingHelp}</span>` : nothing}</div>
    ${at ? html`<button type="button" class="button primary" @click=${stay}>${t.stay}</button>
      <span class="left" aria-hidden="true">${t.closingLeft(formatLeft(at, Date.now(), t.locale))}</span>` : nothing}</div>`;
}

/** When the conversation will be ended, if it has not been. */
export function closesAt(status: Status | null): string | null {
  return phaseOf(status) === "ended" ? null : status?.closes_at ?? null;
}

/** `m.ss` until `iso`; `0.00` once it has passed. */
export function formatLeft(iso: string, now: number, locale = "sv-SE"): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000)) || 0;
  return `${Math.floor(seconds / 60)}${clockMark(locale)}${String(seconds % 60).padStart(2, "0")}`;
}

/** What one can do instead of waiting, last in the log. */
export function insteadView({ texts: { texts: t } }: Chat, fillIn: (kind: ErrandKind) => void): TemplateResult {
  return html`<ul class="chips instead" aria-label=${t.insteadOfWaiting}>
    <li><button type="button" class="button" @click=${() => fillIn("callback")}>${icons.phone}${t.callbackInstead}</button></li>
    <li><button type="button" class="button" @click=${() => fillIn("errand")}>${icons.mail}${t.errandInstead}</button></li></ul>`;
}

/** The way to a person as long as the bot holds the conversation, and speaking instead of writing. */
export function actionsView(
  { texts: { texts: t, language }, conversation: { status } }: Chat, ask: () => void, spoken: (text: string) => void,
): TemplateResult {
  return html`<div class="actions">
    ${phaseOf(status) === "bot"
      ? html`<button type="button" id="person-button" class="button quiet" @click=${ask}>${icons.person}${t.person}</button>` : nothing}
    <kommun-speech .texts=${t} language=${htmlLang(language)} @spoken=${(event: CustomEvent<string>) => spoken(event.detail)}></kommun-speech></div>`;
}
