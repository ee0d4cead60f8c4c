import { html, nothing, type TemplateResult } from "lit";
import { formatClock, formatDay, formatShare } from "../shared/format";
import { linkView } from "../shared/markup-view";
import type { Candidate, Dossier, Tried } from "../shared/types";
import { deskTexts as t } from "../texts/sv-desk";

type View = TemplateResult | typeof nothing;

const PASSAGES = 3; // more are no help while somebody waits

/** Why the conversation came here, so that the citizen never has to repeat anything. */
export function dossierView(dossier: Dossier | null): TemplateResult {
  if (!dossier) return html`<p class="none">${t.dossierEmpty}</p>`;
  const { question, reason_text, reason, confidence, candidates = [], tried = [], earlier = [], page, topic, language } = dossier;
  return html`
    ${part(t.dossierQuestion, question && html`<p class="lead">${question}</p>`)}
    ${part(t.dossierReason, (reason_text || reason) && html`<p>${reason_text || reason}</p>
      ${typeof confidence === "number" ? meter(confidence) : nothing}`)}
    ${part(t.dossierPassages, candidates.length > 0 && html`<ol>${candidates.slice(0, PASSAGES).map(candidateView)}</ol>`)}
    ${part(t.dossierTried, tried.length > 0 && html`<ul>${tried.map(triedView)}</ul>`)}
    ${part(t.dossierEarlier, earlier.length > 0 && html`<ul>${earlier.map(({ agent_name, at }) => html`<li>${agent_name}<span class="sub">${formatDay(at)} ${formatClock(at)}</span></li>`)}</ul>`)}
    ${part(t.dossierPage, page && html`<p class="page">${linkView(page, page, t.foreign)}</p>`)}
    ${part(t.dossierTopic, topic && html`<p>${topic}</p>`)}
    ${part(t.dossierLanguage, language && html`<p>${t.languages[language] ?? language}</p>`)}`;
}

function part(title: string, body: TemplateResult | string | false | null | undefined): View {
  return body ? html`<section><h3>${title}</h3>${body}</section>` : nothing;
}

function meter(confidence: number): TemplateResult {
  const percent = formatShare(confidence);
  return html`<p class="meter"><meter min="0" max="1" .value=${confidence} aria-label=${t.confidence(percent)}></meter>
    <span>${t.confidence(percent)}</span></p>`;
}

function candidateView({ title, url, confidence }: Candidate): TemplateResult {
  return html`<li>${linkView(title, url, t.foreign)}<span class="sub">${t.confidence(formatShare(confidence))}</span></li>`;
}

function triedView({ question, outcome, confidence }: Tried): TemplateResult {
  const how = typeof confidence === "number" ? ` · ${t.confidence(formatShare(confidence))}` : "";
  return html`<li>«${question}»<span class="sub">${t.outcomes[outcome] ?? outcome}${how}</span></li>`;
}
