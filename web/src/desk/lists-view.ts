import { html, nothing, type TemplateResult } from "lit";
import { formatWait } from "../shared/format";
import { icons } from "../shared/icons";
import type { Summary } from "../shared/types";
import { deskTexts as t } from "../texts/sv";
import type { DeskStore } from "./desk-store";

interface ListsUse {
  select(id: string): void;
  take(id: string): void;
  takeNext(): void;
}

/** Own conversations and the queue, oldest first. */
export function listsView(store: DeskStore, now: number, use: ListsUse): TemplateResult {
  const { mine, waiting } = store;
  return html`
    <section aria-labelledby="mine-heading">
      <h2 id="mine-heading" tabindex="-1">${t.mine} <span class="count">${mine.length}</span></h2>
      ${mine.length ? html`<ul>${mine.map((summary) => html`<li>${itemView(summary, store, now, use)}</li>`)}</ul>`
        : html`<p class="none">${t.mineEmpty}</p>`}
    </section>
    <section aria-labelledby="queue-heading">
      <div class="queue-head"><h2 id="queue-heading">${t.queue} <span class="count">${waiting.length}</span></h2>
        ${waiting.length ? html`<button type="button" class="button primary" @click=${use.takeNext}>${t.takeNext}</button>` : nothing}</div>
      ${waiting.length ? html`<ul>${waiting.map((summary) => html`<li class="queued">${itemView(summary, store, now, use)}
          ${takeView(summary, store, use)}</li>`)}</ul>`
        : html`<p class="none">${t.queueEmpty}</p>`}
    </section>`;
}

function itemView(summary: Summary, store: DeskStore, now: number, use: ListsUse): TemplateResult {
  const { conversation_id: id, question, unread = 0, topic } = summary;
  const since = summary.state === "waiting" ? summary.queued_at : null;
  return html`<button type="button" class="item" aria-current=${id === store.selectedId ? "true" : "false"}
    @click=${() => use.select(id)}>
    <span class="question">${question || t.noQuestion}</span>
    <span class="facts">
      ${since ? html`<span class="since">${icons.clock}${t.waited} ${formatWait(since, now)}</span>` : nothing}
      ${topic ? html`<span class="topic">${topic}</span>` : nothing}
      ${unread && !since && id !== store.selectedId ? html`<span class="unread">${t.unread(unread)}</span>` : nothing}
    </span>
  </button>`;
}

function takeView({ conversation_id: id, question }: Summary, store: DeskStore, use: ListsUse): TemplateResult {
  const taking = store.takingId === id;
  return html`<button type="button" class="button" aria-disabled=${store.takingId ? "true" : "false"}
    @click=${() => use.take(id)}>${taking ? t.taking : t.take}<span class="hidden">: ${question || t.noQuestion}</span></button>`;
}
