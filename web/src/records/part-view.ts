import { html, nothing, type TemplateResult } from "lit";
import { formatMoment } from "../editor/dates";
import { formatDay } from "../shared/format";
import { recordsTexts as t } from "../texts/sv-records";
import type { PartFacts, Piece } from "./model";

/** Who said it, or what it is. */
export function whoOf({ kind, field, actor, name }: PartFacts): string {
  if (kind === "event") return [name, actor ? t.speakers[actor] : ""].filter(Boolean).join(", ");
  if (kind === "note") return [t.noteKinds[field ?? ""] ?? t.sorts.note, name].filter(Boolean).join(", ");
  if (kind !== "errand") return t.sorts[kind];
  const [reference = "", which = ""] = (field ?? "").split(" ");
  return `${t.sorts.errand} ${reference}, ${t.errandFields[which] ?? which}`;
}

export function headView(part: PartFacts): TemplateResult {
  return html`<h2>${part.at ? html`<time datetime=${part.at}>${formatMoment(part.at)}</time>` : nothing}${whoOf(part)}</h2>`;
}

/** Sources, versions and figures: what stands beside the words. */
export function evidenceView({ sources, entry, versions, helpful, scores, masked }: PartFacts): TemplateResult | typeof nothing {
  const known = Object.entries(versions ?? {}).filter(([, value]) => value);
  const lines = [
    ...sources.map(({ title, url, reviewed }) => `${t.source} ${title}, ${url}${reviewed ? `, ${t.reviewed(formatDay(reviewed))}` : ""}`),
    ...(entry ? [`${t.entry} ${entry}`] : []),
    ...(known.length ? [`${t.versions} ${known.map(([name, value]) => `${t.versionNames[name] ?? name} ${value}`).join(", ")}`] : []),
    ...(helpful === null ? [] : [t.helped(helpful)]),
    ...Object.entries(scores).map(([name, value]) => `${t.scores[name] ?? name} ${value}`),
    ...(masked.length ? [`${t.masked} ${masked.join(", ")}`] : []),
  ];
  return lines.length ? html`<ul class="evidence">${lines.map((line) => html`<li>${line}</li>`)}</ul>` : nothing;
}

export function piecesView(pieces: readonly Piece[]): TemplateResult {
  return html`<p class="text" dir="auto">${pieces.map(({ text, secret }) => (secret.length ? html`<strong class="left-out">${t.secret(secret.join(", "))}</strong>` : text))}</p>`;
}

/** How a part's card looks: the citizen's own, what only the staff has seen, and the rest. */
export function cardClass({ kind, actor }: PartFacts): string {
  return `card part ${kind === "event" ? (actor ?? "") : kind === "note" || kind === "outcome" ? "inner" : ""}`;
}
