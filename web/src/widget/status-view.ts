import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import type { CitizenMove } from "../shared/types";
import type { Chat } from "./chat";

type View = TemplateResult | typeof nothing;

/** Honest about the line: says so when news cannot come through. */
export function connectionView({ conversation, texts: { texts: t } }: Chat): View {
  if (!conversation.trouble.now) return nothing;
  return html`<p class="state warn">${icons.warn}<span><strong>${t.reconnecting}</strong> ${t.reconnectingHelp}</span></p>`;
}

/** Where the conversation stands, while it is not simply with the bot. */
export function statusView(chat: Chat, move: (move: CitizenMove) => void): View {
  const { texts: { texts: t }, conversation: { status } } = chat;
  switch (status?.state) {
    case "waiting":
      return html`<div class="state queue">${icons.clock}
        <div><strong>${status.queue_place ? t.place(status.queue_place) : t.queued}</strong> <span class="more">${t.queueHelp}</span></div>
        <button type="button" class="button" @click=${() => move("leave_queue")}>${t.leaveQueue}</button></div>`;
    case "closed":
      return html`<p class="state">${icons.check}<span>${t.ended}</span></p>`;
    default:
      return nothing;
  }
}

/** The way to a person, in view as long as the bot holds the conversation. */
export function actionsView({ texts: { texts: t }, conversation: { status } }: Chat, handOff: () => void): View {
  if (status && status.state !== "bot") return nothing;
  return html`<div class="actions">
    <button type="button" class="button quiet" @click=${handOff}>${icons.person}${t.person}</button></div>`;
}
