import { html, type TemplateResult } from "lit";
import { editorTexts as t } from "../texts/sv-editor";
import { lineDiff } from "./line-diff";

const SIGNS = { same: " ", gone: "−", new: "+" } as const;

/** Two texts line by line; what is gone and what is new is also said in words. */
export function diffView(before: string, after: string, label: string): TemplateResult {
  const lines = lineDiff(before, after);
  if (lines.every(({ kind }) => kind === "same" || kind === "fold")) return html`<p class="help">${t.diffNone}</p>`;
  return html`<div class="diff" role="region" aria-label=${label} tabindex="0"><ol>${lines.map((line) => (line.kind === "fold"
    ? html`<li class="fold">${t.folded(line.lines)}</li>`
    : html`<li class=${line.kind}><span class="sign" aria-hidden="true">${SIGNS[line.kind]}</span><span>${line.kind === "same" ? ""
      : html`<span class="hidden">${line.kind === "gone" ? t.diffGone : t.diffNew}: </span>`}${line.text || " "}</span></li>`))}</ol></div>`;
}
