import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { formatShare } from "../shared/format";
import { icons } from "../shared/icons";
import { transcriptView, type Reading } from "../shared/message-view";
import type { ChatMessage, DeskMove } from "../shared/types";
import { deskTexts as t } from "../texts/sv";
import type { DeskConversation } from "./desk-conversation";
import type { DeskStore } from "./desk-store";

const MAX_LENGTH = 2000; // the API's limit for one message

export interface ConversationUse {
  scrolled(): void;
  asksClose: boolean;
  askClose(asks: boolean): void;
  back(): void;
  take(): void;
  move(move: DeskMove): void;
  draft(text: string): void;
  send(text: string): void;
}

type View = TemplateResult | typeof nothing;

/** The open conversation: read only while it waits, with composer and moves once it is ours. */
export function conversationView(store: DeskStore, open: DeskConversation, use: ConversationUse): TemplateResult {
  const mine = store.isMine(open.id);
  const unsent = { entries: open.unsent, failing: open.outbox.failing, retry: () => open.outbox.retry() };
  return html`
    <div class="head">
      <button type="button" class="button quiet back" @click=${use.back}>${icons.back}${t.back}</button>
      <h2>${open.dossier?.question || t.conversation}</h2>
      ${mine ? movesView(use) : nothing}
    </div>
    <div class="log" role="log" aria-live="off" aria-label=${t.log} tabindex="0" @scroll=${use.scrolled}>
      ${transcriptView(open.log.events, unsent, READING)}
      <p class="typing" role="status">${open.typing.who ? t.citizenTyping : ""}</p>
    </div>
    <div class="foot">
      ${mine ? composerView(open, use) : previewView(open, use)}
    </div>`;
}

const READING: Reading = { texts: t, own: "agent", choose: null, note: confidenceNote };

function confidenceNote({ decision }: ChatMessage): View {
  if (!decision) return nothing;
  const parts: string[] = [t.outcomes[decision.outcome]];
  if (typeof decision.confidence === "number") parts.push(t.confidence(formatShare(decision.confidence)));
  return html`<span>${parts.join(" · ")}</span>`;
}

function movesView(use: ConversationUse): TemplateResult {
  if (use.asksClose) {
    return html`<div class="moves asks" role="group" aria-label=${t.close}><p>${t.closeAsk}</p>
      <button type="button" class="button primary" @click=${() => use.move("close")}>${t.closeYes}</button>
      <button type="button" class="button" @click=${() => use.askClose(false)}>${t.cancel}</button></div>`;
  }
  return html`<div class="moves">
    <button type="button" class="button" @click=${() => use.move("return_to_queue")}>${t.returnToQueue}</button>
    <button type="button" class="button" @click=${() => use.move("return_to_bot")}>${t.returnToBot}</button>
    <button type="button" class="button primary" @click=${() => use.askClose(true)}>${t.close}</button></div>`;
}

function composerView(open: DeskConversation, use: ConversationUse): TemplateResult {
  return html`<kommun-composer .texts=${t} .value=${live(open.draft)} .max=${MAX_LENGTH}
    @draft=${(event: CustomEvent<string>) => use.draft(event.detail)}
    @message=${(event: CustomEvent<string>) => use.send(event.detail)}></kommun-composer>`;
}

function previewView(open: DeskConversation, use: ConversationUse): View {
  switch (open.status?.state) {
    case "waiting":
      return html`<div class="preview"><p>${t.preview}</p>
        <button type="button" class="button primary" @click=${use.take}>${t.take}</button></div>`;
    case "closed": return html`<p class="preview">${t.ended}</p>`;
    case "active":
    case "bot": return html`<p class="preview">${t.gone}</p>`;
    default: return nothing;
  }
}
