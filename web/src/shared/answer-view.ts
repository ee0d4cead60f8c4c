import { html, nothing, type TemplateResult } from "lit";
import type { Choice, Decision, Link, NoticeText, Person, Phone, Source } from "./types";
import type { TranscriptTexts } from "../texts/sv";
import { formatDay } from "./format";
import { icons } from "./icons";
import { dirOf, languageOf, otherLang } from "./languages";
import { linkView, markupView, orderedView } from "./markup-view";
import { mailAddress, phoneAddress } from "./safe-url";

const SURE = 0.75; // below this the answer says that it may be wrong

export interface ChoiceState {
  /** The label that was chosen, or null while the choice is open. */
  chosen: string | null;
  open: boolean;
  choose(choice: Choice): void;
}

type View = TemplateResult | typeof nothing;

/** The labels, and the languages of what they label: null where it is that of the labels. */
interface Tongues {
  texts: TranscriptTexts;
  /** Of what the bot says. */
  said: string | null;
  /** Of what the municipality has only in Swedish. */
  own: string | null;
}

/** A bot message: the text, and whatever its decision adds. `ui` is the language of the labels. */
export function answerView(
  text: string, decision: Decision | null, choices: ChoiceState | null, texts: TranscriptTexts, ui: string,
): TemplateResult {
  if (!decision) return html`${markupView(text, texts.foreign)}`;
  const tongues = { texts, said: otherLang(saidIn(decision), ui), own: otherLang("sv", ui) };
  return html`
    ${noticesView(decision.notices ?? [], tongues)}
    ${decision.remark ? html`<p class="remark" lang=${otherLang(decision.language, ui) ?? nothing} dir="auto">${orderedView(decision.remark)}</p>` : nothing}
    <div lang=${tongues.said ?? nothing} dir=${dirIn(tongues.said)}>
      ${decision.question ? html`<p class="part-title" dir="auto">${decision.question}</p>` : nothing}
      ${markupView(text, texts.foreign)}</div>
    ${phonesView(decision.phones ?? [], tongues)}
    ${stepsView(decision.steps ?? [], tongues)}
    ${peopleView(decision.people ?? [], tongues)}
    ${linksView(decision, tongues)}
    ${choices ? choicesView(decision.choices ?? [], choices, tongues) : nothing}
    ${isUnsure(decision) ? html`<p class="note">${icons.warn}<span>${texts.unsure}</span></p>` : nothing}
    ${sourcesView(decision.sources ?? [], tongues)}
    ${moreView(decision.more ?? [], tongues)}
  `;
}

/** The language of a decision's text; null where it is not told. The bot itself speaks only ours. */
export function saidIn({ text_language: text, language }: Decision): string | null {
  return text ?? (language ? languageOf(language) ?? "sv" : null);
}

function dirIn(lang: string | null) { return lang ? dirOf(lang) : nothing; }

function noticesView(notices: readonly NoticeText[], { texts, own }: Tongues): View {
  if (!notices.length) return nothing;
  return html`${notices.map(({ text, link }) => html`<p class="note">${icons.warn}<span><strong>${texts.notice}</strong>
    <bdi lang=${own ?? nothing}>${text}</bdi> ${link ? linkView(link.title, link.url, texts.foreign, "", own) : nothing}</span></p>`)}`;
}

function isUnsure({ outcome, confidence }: Decision): boolean {
  return outcome === "answer" && typeof confidence === "number" && confidence < SURE;
}

function stepsView(steps: readonly string[], { texts, said }: Tongues): View {
  if (!steps.length) return nothing;
  return html`<div class="part"><p class="part-title">${texts.steps}</p>
    <ol class="steps" lang=${said ?? nothing} dir=${dirIn(said)}>${steps.map((step) => html`<li>${markupView(step, texts.foreign)}</li>`)}</ol></div>`;
}

function linksView({ links = [] }: Decision, { texts, own }: Tongues): View {
  if (!links.length) return nothing;
  return html`<ul class="links" aria-label=${texts.links}>${links.map((link) => html`<li>${linkView(
    link.title, link.url, texts.foreign, link.kind === "e-tjanst" ? "button primary" : "button", own)}</li>`)}</ul>`;
}

function sourcesView(sources: readonly Source[], { texts, own }: Tongues): View {
  if (!sources.length) return nothing;
  return html`<div class="sources">${sources.map((source) => html`<div class="source">
    ${texts.source} ${linkView(sourceTitle(source), source.url, texts.foreign, "", own)}${source.reviewed
      ? html` · ${texts.reviewed(formatDay(source.reviewed, texts.locale))}` : nothing}</div>`)}</div>`;
}

/** Other pages that were found, folded away until somebody wants them. */
function moreView(links: readonly Link[], { texts, own }: Tongues): View {
  if (!links.length) return nothing;
  return html`<details class="more-hits"><summary>${texts.more}</summary>
    <ul>${links.map(({ title, url }) => html`<li>${linkView(title, url, texts.foreign, "", own)}</li>`)}</ul></details>`;
}

function sourceTitle({ title, section }: Source): string {
  return section && section !== title ? `${title}, ${section}` : title;
}

function phonesView(phones: readonly Phone[], { texts, said }: Tongues): View {
  if (!phones.length) return nothing;
  return html`<ul class="phones" aria-label=${texts.emergency}>${phones.map((phone) => phoneView(phone, said))}</ul>`;
}

function phoneView({ label, number }: Phone, said: string | null): TemplateResult {
  const href = phoneAddress(number);
  const name = html`<bdi lang=${said ?? nothing}>${label}</bdi>`;
  return html`<li>${href
    ? html`<a class="button" href=${href}>${icons.phone}${name}<bdi class="number" dir="ltr">${number}</bdi></a>`
    : html`<strong>${name} <bdi dir="ltr">${number}</bdi></strong>`}</li>`;
}

function peopleView(people: readonly Person[], tongues: Tongues): View {
  if (!people.length) return nothing;
  return html`<ul class="people" aria-label=${tongues.texts.people}>
    ${people.map((person) => personView(person, tongues))}</ul>`;
}

function personView(person: Person, { texts, own }: Tongues): TemplateResult {
  const phone = person.phone && phoneAddress(person.phone);
  const mail = person.email && mailAddress(person.email);
  return html`<li class="person">
    <strong dir="auto">${person.name}</strong>
    <bdi lang=${own ?? nothing}>${[person.title, person.unit].filter(Boolean).join(", ")}</bdi>
    <div class="ways">
      ${phone ? html`<a href=${phone}>${icons.phone}<span class="hidden">${texts.phone}: </span><bdi dir="ltr">${person.phone}</bdi></a>` : person.phone}
      ${mail ? html`<a href=${mail}>${icons.mail}<span class="hidden">${texts.email}: </span><bdi dir="ltr">${person.email}</bdi></a>` : person.email}
    </div>
    ${person.hours ? html`<div class="hours">${texts.hours}: <bdi lang=${own ?? nothing}>${person.hours}</bdi></div>` : nothing}
  </li>`;
}

/** Buttons stay focusable and readable after use: `aria-disabled`, never `disabled`. */
function choicesView(choices: readonly Choice[], use: ChoiceState, { texts, said }: Tongues): View {
  if (!choices.length) return nothing;
  return html`<ul class="choices" aria-label=${texts.choices}>${choices.map((choice) => {
    const chosen = use.chosen === choice.label;
    return html`<li><button type="button" class="button ${chosen ? "chosen" : ""}"
      aria-disabled=${use.open ? "false" : "true"} @click=${() => use.open && use.choose(choice)}
      >${chosen ? icons.check : nothing}<bdi lang=${said ?? nothing}>${choice.label}</bdi>${chosen
        ? html`<span class="hidden"> (${texts.chosen})</span>` : nothing}</button></li>`;
  })}</ul>`;
}
