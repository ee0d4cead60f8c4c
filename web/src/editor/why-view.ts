import { html, nothing, type TemplateResult } from "lit";
import { formatShare } from "../shared/format";
import { editorTexts as t } from "../texts/sv-editor";
import type { Why } from "./model";
import { formatSure } from "./page-parts";
import { href } from "./router";

type Evidence = "confidence" | "dense" | "coverage" | "whole" | "close" | "head";
const EVIDENCE: readonly Evidence[] = ["confidence", "dense", "coverage", "whole", "close", "head"];

/** The hits of a question with the evidence for each. */
export function whyView(why: readonly Why[]): TemplateResult {
  if (!why.length) return html`<p class="help">${t.whyNone}</p>`;
  const columns = EVIDENCE.filter((key) => why.some((hit) => typeof hit[key] === "number"));
  return html`<details class="why"><summary>${t.why}</summary><p class="help">${t.whyHelp}</p>
    <div class="scroll" role="region" aria-label=${t.whyHead.title} tabindex="0"><table>
      <thead><tr><th scope="col">${t.whyHead.title}</th>${columns.map((key) => html`<th scope="col" class="n">${t.whyHead[key]}</th>`)}</tr></thead>
      <tbody>${why.map((hit) => html`<tr><th scope="row">${titleView(hit)}<span class="sub">${t.kinds[hit.kind] ?? hit.kind}</span></th>${
        columns.map((key) => html`<td class="n">${shareOf(hit[key], key)}</td>`)}</tr>`)}</tbody></table></div>
    <details class="words"><summary>${t.whyWords}</summary><dl>${columns.map((key) => html`<dt>${t.whyHead[key]}</dt><dd>${t.whyAbout[key]}</dd>`)}</dl></details>
  </details>`;
}

function titleView({ id, title, kind }: Why): TemplateResult | string {
  return kind === "entry" ? html`<a href=${href("fragor", id)}>${title}</a>` : title;
}

function shareOf(value: number | null | undefined, key: Evidence): string | typeof nothing {
  if (typeof value !== "number") return nothing;
  return key === "confidence" ? formatSure(value) : formatShare(Math.max(0, value));
}
