/** Pieces that every page of the editor has. */

import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import { editorTexts as t } from "../texts/sv-editor";
import { formatShare } from "../shared/format";
import { isMissing, told } from "./problem";

export function waiting(text: string = t.loading, more = ""): TemplateResult {
  return html`<div class="waiting" role="status"><span class="spinner" aria-hidden="true"></span><p><strong>${text}</strong>${more
    ? html`<br>${more}` : nothing}</p></div>`;
}

/** A page's own failure: what happened, and another try where that may help. */
export function failure(error: unknown, retry: (() => void) | null): TemplateResult {
  if (isMissing(error)) return html`<div class="empty"><p>${(error as { text?: string }).text && isEntry(error) ? told(error) : t.missing}</p></div>`;
  return html`<div class="banner bad" role="alert">${icons.warn}<p>${told(error)}</p>${retry
    ? html`<button type="button" class="button" @click=${retry}>${t.retry}</button>` : nothing}</div>`;
}

/** A probability as a share; nothing is quite certain. */
export function formatSure(confidence: number): string {
  return confidence > 0.99 ? t.almost : formatShare(confidence);
}

export function alertView(text: string): TemplateResult {
  return html`<div role="alert">${text ? html`<p class="banner bad">${icons.warn}<span>${text}</span></p>` : nothing}</div>`;
}

/** Some thing is not there, as opposed to a part of the server. */
function isEntry(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code !== "not_found" && code !== "method_not_allowed";
}
