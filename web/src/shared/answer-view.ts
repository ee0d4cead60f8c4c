import { html, nothing, type TemplateResult } from "lit";
import type { Choice, Decision, Link, NoticeText, Person, Phone, Source } from "./types";
import type { TranscriptTexts } from "../texts/sv";
import { formatDay } from "./format";
import { icons } from "./icons";
import { linkView, markupView } from "./markup-view";
import { mailAddress, phoneAddress } from "./safe-url";

const SURE = 0.75; // below this the answer says that it may be wrong

export interface ChoiceState {
  /** The label that was chosen, or null while the choice is open. */
  chosen: string | null;
  open: boolean;
  choose(choice: Choice): void;
}

type View = TemplateResult | typeof nothing;

/** A bot message: the text, and whatever its decision adds. */
export function answerView(
  text: string, decision: Decision | null, choices: ChoiceState | null, texts: TranscriptTexts,
): TemplateResult {
  if (!decision) return html`${markupView(text, texts.foreign)}`;
  return html`
    ${noticesView(decision.notices ?? [], texts)}
    ${decision.question ? html`<p class="part-title">${decision.question}</p>` : nothing}
    ${markupView(text, texts.foreign)}
    ${phonesView(decision.phones ?? [], texts)}
    ${stepsView(decision.steps ?? [], texts)}
    ${peopleView(decision.people ?? [], texts)}
    ${linksView(decision, texts)}
    ${choices ? choicesView(decision.choices ?? [], choices, texts) : nothing}
    ${isUnsure(decision) ? html`<p class="note">${icons.warn}<span>${texts.unsure}</span></p>` : nothing}
    ${sourcesView(decision.sources ?? [], texts)}
    ${moreView(decision.more ?? [], texts)}
  `;
}

function noticesView(notices: readonly NoticeText[], texts: TranscriptTexts): View {
  if (!notices.length) return nothing;
  return html`${notices.map(({ text, link }) => html`<p class="note">${icons.warn}<span><strong>${texts.notice}</strong> ${text}
    ${link ? linkView(link.title, link.url, texts.foreign) : nothing}</span></p>`)}`;
}

function isUnsure({ outcome, confidence }: Decision): boolean {
  return outcome === "answer" && typeof confidence === "number" && confidence < SURE;
}

function stepsView(steps: readonly string[], texts: TranscriptTexts): View {
  if (!steps.length) return nothing;
  return html`<div class="part"><p class="part-title">${texts.steps}</p>
    <ol class="steps">${steps.map((step) => html`<li>${markupView(step, texts.foreign)}</li>`)}</ol></div>`;
}

function linksView({ links = [] }: Decision, texts: TranscriptTexts): View {
  if (!links.length) return nothing;
  return html`<ul class="links" aria-label=${texts.links}>${links.map((link) => html`<li>${linkView(
    link.title, link.url, texts.foreign, link.kind === "e-tjanst" ? "button primary" : "button")}</li>`)}</ul>`;
}

function sourcesView(sources: readonly Source[], texts: TranscriptTexts): View {
  if (!sources.length) return nothing;
  return html`<div class="sources">${sources.map((source) => html`<div class="source">
    ${texts.source} ${linkView(sourceTitle(source), source.url, texts.foreign)}${source.reviewed
      ? html` · ${texts.reviewed(formatDay(source.reviewed))}` : nothing}</div>`)}</div>`;
}

/** Other pages that were found, folded away until somebody wants them. */
function moreView(links: readonly Link[], texts: TranscriptTexts): View {
  if (!links.length) return nothing;
  return html`<details class="more-hits"><summary>${texts.more}</summary>
    <ul>${links.map(({ title, url }) => html`<li>${linkView(title, url, texts.foreign)}</li>`)}</ul></details>`;
}

function sourceTitle({ title, section }: Source): string {
  return section && section !== title ? `${title}, ${section}` : title;
}

function phonesView(phones: readonly Phone[], texts: TranscriptTexts): View {
  if (!phones.length) return nothing;
  return html`<ul class="phones" aria-label=${texts.emergency}>${phones.map(phoneView)}</ul>`;
}

function phoneView({ label, number }: Phone): TemplateResult {
  const href = phoneAddress(number);
  return html`<li>${href
    ? html`<a class="button" href=${href}>${icons.phone}<span>${label}</span><span class="number">${number}</span></a>`
    : html`<strong>${label} ${number}</strong>`}</li>`;
}

function peopleView(people: readonly Person[], texts: TranscriptTexts): View {
  if (!people.length) return nothing;
  return html`<ul class="people" aria-label=${texts.people}>
    ${people.map((person) => personView(person, texts))}</ul>`;
}

function personView(person: Person, texts: TranscriptTexts): TemplateResult {
  const phone = person.phone && phoneAddress(person.phone);
  const mail = person.email && mailAddress(person.email);
  return html`<li class="person">
    <strong>${person.name}</strong>
    ${[person.title, person.unit].filter(Boolean).join(", ")}
    <div class="ways">
      ${phone ? html`<a href=${phone}>${icons.phone}<span class="hidden">${texts.phone}: </span>${person.phone}</a>` : person.phone}
      ${mail ? html`<a href=${mail}>${icons.mail}<span class="hidden">${texts.email}: </span>${person.email}</a>` : person.email}
    </div>
    ${person.hours ? html`<div class="hours">${texts.hours}: ${person.hours}</div>` : nothing}
  </li>`;
}

/** Buttons stay focusable and readable after use: `aria-disabled`, never `disabled`. */
function choicesView(choices: readonly Choice[], use: ChoiceState, texts: TranscriptTexts): View {
  if (!choices.length) return nothing;
  return html`<ul class="choices" aria-label=${texts.choices}>${choices.map((choice) => {
    const chosen = use.chosen === choice.label;
    return html`<li><button type="button" class="button ${chosen ? "chosen" : ""}"
      aria-disabled=${use.open ? "false" : "true"} @click=${() => use.open && use.choose(choice)}
      >${chosen ? icons.check : nothing}<span>${choice.label}</span>${chosen
        ? html`<span class="hidden"> (${texts.chosen})</span>` : nothing}</button></li>`;
  })}</ul>`;
}
