import { html, nothing, type TemplateResult } from "lit";
import { formatWait } from "../shared/format";
import { icons } from "../shared/icons";
import type { Summary } from "../shared/types";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskStore } from "./desk-store";
import { deskIcons } from "./icons";
import { QUEUE, REPLY, secondsLeft, waitLevel } from "./timing";

export interface ListsUse {
  select(id: string): void;
  take(id: string): void;
  decline(id: string): void;
  takeNext(): void;
  toggleTheirs(): void;
  errands(): void;
  errandsOpen: boolean;
  /** What the agent is called by others. */
  ownName: string;
}

type View = TemplateResult | typeof nothing;

/** What is offered, own conversations, what the department is asked, the queue, what colleagues have, and what is promised. */
export function listsView(store: DeskStore, now: number, use: ListsUse): TemplateResult {
  const { offered, held, asked, waiting } = store;
  return html`
    ${offered.length ? html`<section class="offers" aria-labelledby="offered-heading">
      <h2 id="offered-heading">${deskIcons.bell}${t.offered} <span class="count">${offered.length}</span></h2>
      <ul>${offered.map((summary) => html`<li class="card offer">${itemView(summary, store, now, use)}${offerView(summary, store, now, use)}</li>`)}</ul>
    </section>` : nothing}
    <section aria-labelledby="mine-heading">
      <h2 id="mine-heading" tabindex="-1">${t.mine} <span class="count">${held.length}</span></h2>
      ${held.length ? html`<ul>${held.map((summary) => html`<li>${itemView(summary, store, now, use)}</li>`)}</ul>`
        : html`<p class="none">${t.mineEmpty}</p>`}
    </section>
    ${asked.length ? html`<section aria-labelledby="asked-heading">
      <h2 id="asked-heading">${deskIcons.ask}${t.asked} <span class="count">${asked.length}</span></h2>
      <ul>${asked.map((summary) => html`<li class="card asked">${itemView(summary, store, now, use)}</li>`)}</ul>
    </section>` : nothing}
    <section aria-labelledby="queue-heading">
      <div class="queue-head"><h2 id="queue-heading">${t.queue} <span class="count">${waiting.length}</span></h2>
        ${waiting.length ? html`<button type="button" class="button primary" aria-disabled=${store.intake.busy ? "true" : "false"}
          @click=${use.takeNext}>${t.takeNext}</button>` : nothing}</div>
      ${waiting.length ? html`<ul>${waiting.map((summary) => html`<li class="card queued">${itemView(summary, store, now, use)}
          ${takeView(summary, store, use)}</li>`)}</ul>`
        : html`<p class="none">${t.queueEmpty}</p>`}
    </section>
    ${theirsView(store, now, use)}
    ${errandsView(store, use)}`;
}

/** What colleagues have: folded, as nothing there waits for this agent. */
function theirsView(store: DeskStore, now: number, use: ListsUse): TemplateResult {
  const { theirs, overview: { items, opened } } = store;
  return html`<section aria-labelledby="theirs-heading">
    <h2 id="theirs-heading"><button type="button" class="fold" aria-expanded=${opened ? "true" : "false"} aria-controls="theirs" @click=${use.toggleTheirs}>${t.theirs}
      ${items ? html`<span class="count">${theirs.length}</span>` : nothing}</button></h2>
    <div id="theirs" ?hidden=${!opened}>${opened ? theirsBody(store, now, use) : nothing}</div>
  </section>`;
}

function theirsBody(store: DeskStore, now: number, use: ListsUse): TemplateResult {
  const { theirs, overview: { items, problem } } = store;
  return html`<div role="alert">${problem ? html`<p class="none">${problem}</p>` : nothing}</div>
    ${theirs.length ? html`<ul>${theirs.map((summary) => html`<li class="theirs">${itemView(summary, store, now, use)}</li>`)}</ul>`
      : html`<p class="none" role="status">${items ? t.theirsNone : problem ? "" : t.loading}</p>`}`;
}

function itemView(summary: Summary, store: DeskStore, now: number, use: ListsUse): TemplateResult {
  const { conversation_id: id, question, unread = 0, topic } = summary;
  const here = id === store.selectedId;
  const isTheirs = store.roleOf(id) === "colleague";
  return html`<button type="button" class="item" aria-current=${here ? "true" : "false"} @click=${() => use.select(id)}>
    <span class="question">${question || t.noQuestion}</span>
    ${lastWords(summary, use.ownName)}
    <span class="facts">
      ${waitView(summary, now)}
      ${isTheirs ? ownerView(summary) : nothing}
      ${stateView(summary)}
      ${departmentView(summary)}
      ${tags(summary).map((tag) => html`<span class="topic">${tag}</span>`)}
      ${topic ? html`<span class="topic">${topic}</span>` : nothing}
      ${summary.notes ? html`<span class="has-notes">${deskIcons.note}${t.notesCount(summary.notes)}</span>` : nothing}
      ${store.hasDraft(id) && !here ? html`<span class="topic draft">${t.hasDraft}</span>` : nothing}
      ${unread && !isTheirs && !isQueued(summary) && !here ? html`<span class="unread">${t.unread(unread)}</span>` : nothing}
    </span>
  </button>`;
}

/** The latest words, where they are not the question that stands above them. */
function lastWords({ last_text, last_from, last_name, question }: Summary, ownName: string): View {
  if (!last_text || last_text === question) return nothing;
  const colleague = last_from === "agent" && last_name !== ownName ? (last_name ?? t.colleague) : "";
  const who = colleague || (last_from ? (t.lastFrom[last_from] ?? last_from) : "");
  return html`<span class="last">${who ? `${who}: ` : ""}${last_text}</span>`;
}

/** Who has it, and whether the agent is in it too. */
function ownerView({ agent_name, joined }: Summary): View {
  return html`${agent_name ? html`<span class="topic">${icons.person}<span class="hidden">${t.has} </span>${agent_name}</span>` : nothing}
    ${joined ? html`<span class="topic joined">${icons.check}${t.joined}</span>` : nothing}`;
}

function departmentView({ department }: Summary): View {
  return department ? html`<span class="topic">${icons.hall}<span class="hidden">${t.department} </span>${department}</span>` : nothing;
}

function isQueued({ state }: Summary): boolean { return state === "waiting" || state === "offered"; }

/** How long the citizen has waited, for a person or for a reply; marked in words and colour. */
function waitView(summary: Summary, now: number): View {
  const since = isQueued(summary) ? summary.queued_at : summary.waiting_since;
  if (!since) return nothing;
  const level = waitLevel(since, now, isQueued(summary) ? QUEUE : REPLY);
  const mark = t.waitMarks[level];
  return html`<span class="since ${level}">${level === "calm" ? icons.clock : icons.warn}${isQueued(summary) ? t.waited : t.waitsReply} ${formatWait(
    since, now)}${mark ? html` · ${mark}` : nothing}</span>`;
}

function stateView({ state, agent_name }: Summary): View {
  if (state === "active" || state === "waiting") return nothing;
  if (state === "offered") return agent_name ? html`<span class="topic">${t.offeredTo(agent_name)}</span>` : nothing;
  return html`<span class="topic state">${state === "on_hold" ? deskIcons.pause : nothing}${t.states[state] ?? state}</span>`;
}

function tags({ kind, audience, language, priority = 0 }: Summary): string[] {
  return [
    priority > 0 ? t.priority : "",
    kind && kind !== "citizen" ? (t.kinds[kind] ?? kind) : "",
    audience && audience !== "privat" ? (t.audiences[audience] ?? audience) : "",
    language && language !== "sv" ? (t.languages[language] ?? language) : "",
  ].filter(Boolean);
}

function takeView(summary: Summary, store: DeskStore, use: ListsUse): View {
  const { conversation_id: id, question, state } = summary;
  if (state === "offered") return nothing; // a colleague is answering the offer
  return html`<button type="button" class="button" aria-disabled=${store.intake.busy ? "true" : "false"}
    @click=${() => use.take(id)}>${store.intake.isTaking(id) ? t.taking : t.takeShort}<span class="hidden"> ${t.takeRest}: ${question || t.noQuestion}</span></button>`;
}

function offerView(summary: Summary, store: DeskStore, now: number, use: ListsUse): TemplateResult {
  const { conversation_id: id, offered_until, question } = summary;
  const about = html`<span class="hidden">: ${question || t.noQuestion}</span>`;
  return html`<div class="answers">
    <button type="button" class="button primary" aria-disabled=${store.intake.busy ? "true" : "false"}
      @click=${() => use.take(id)}>${store.intake.isTaking(id) ? t.taking : t.accept}${about}</button>
    <button type="button" class="button" @click=${() => use.decline(id)}>${t.decline}${about}</button>
    ${offered_until ? html`<span class="countdown">${t.offeredLeft(secondsLeft(offered_until, now))}</span>` : nothing}
  </div>`;
}

function errandsView({ lists }: DeskStore, use: ListsUse): TemplateResult {
  const { open = 0, overdue = 0 } = lists?.errands ?? {};
  return html`<section class="to-errands">
    <button type="button" class="item" aria-current=${use.errandsOpen ? "true" : "false"} @click=${use.errands}>
      <span class="question">${deskIcons.flag} ${t.toErrands}</span>
      <span class="facts"><span>${t.errandsOpen(open)}</span>
        ${overdue ? html`<span class="since late">${icons.warn}${t.errandsOverdue(overdue)}</span>` : nothing}</span>
    </button></section>`;
}
