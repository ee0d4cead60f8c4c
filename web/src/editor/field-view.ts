import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import { editorTexts as t } from "../texts/sv-editor";
import { help } from "./help";
import type { Finding } from "./model";

/** What one field of the form shows and does. */
export interface FieldUse {
  key: string;
  value: unknown;
  required: boolean;
  findings: readonly Finding[];
  /** One more sentence of help. */
  more: string;
  set(value: unknown): void;
  say(text: string): void;
}

/** A field with label, help and findings around its control. */
export function fieldView(use: FieldUse, control: (id: string, described: string) => TemplateResult): TemplateResult {
  const id = `f-${use.key}`;
  return html`<div class="field" data-key=${use.key}><label for=${id}>${labelView(use)}</label>${notesView(use)}${control(id, `h-${use.key}`)}</div>`;
}

export function labelView({ key, required }: FieldUse): TemplateResult {
  return html`${t.labels[key]}${required ? html` <span class="need">(${t.required})</span>` : nothing}`;
}

/** Help and findings; the control is described by all of it. */
export function notesView({ key, more, findings }: FieldUse): TemplateResult {
  return html`<div id="h-${key}" class="notes"><p class="help">${help(key)} ${more}</p>${findings.map(({ level, text }) => html`
    <p class="finding ${level}">${icons.warn}<span><span class="hidden">${t.levels[level]}: </span>${text}</span></p>`)}</div>`;
}
