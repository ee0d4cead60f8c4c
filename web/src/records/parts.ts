/** Pieces that every page of the records has. */

import { html, nothing, type TemplateResult } from "lit";
import { told as saidOf } from "../shared/problem";
import { icons } from "../shared/icons";
import { recordsTexts as t } from "../texts/sv-records";

/** What a registrar reads when a request has failed: the server's own words where it has some. */
export function told(error: unknown, otherwise: string = t.failed): string {
  return saidOf(error, t, otherwise);
}

export function waiting(): TemplateResult {
  return html`<div class="waiting" role="status"><span class="spinner" aria-hidden="true"></span><p><strong>${t.loading}</strong></p></div>`;
}

export function failure(error: unknown, retry: () => void): TemplateResult {
  return html`<div class="banner bad" role="alert">${icons.warn}<p>${told(error)}</p><button type="button" class="button" @click=${retry}>${t.retry}</button></div>`;
}

export function alertView(text: string): TemplateResult {
  return html`<div role="alert">${text ? html`<p class="banner bad">${icons.warn}<span>${text}</span></p>` : nothing}</div>`;
}

export function empty(text: string): TemplateResult { return html`<div class="empty"><p>${text}</p></div>`; }

/** A form's submit, which stays on the page. */
export function submitting(act: (form: FormData) => void): (event: SubmitEvent) => void {
  return (event) => {
    event.preventDefault();
    act(new FormData(event.currentTarget as HTMLFormElement));
  };
}

export function fieldOf(form: FormData, name: string): string { return String(form.get(name) ?? "").trim(); }
