import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { editorTexts as t } from "../texts/sv-editor";
import { labelView, notesView, type FieldUse } from "./field-view";
import { editorIcons } from "./icons";
import type { Translation } from "./model";

/** The entry in other languages, and in lätt svenska. */
export function translationsView(use: FieldUse): TemplateResult {
  const all = (use.value ?? {}) as Record<string, Translation>;
  const missing = Object.entries(t.languages).filter(([code]) => !(code in all));
  const set = (next: Record<string, Translation>) => use.set(Object.keys(next).length ? next : undefined);
  const remove = (code: string) => set(Object.fromEntries(Object.entries(all).filter(([other]) => other !== code)));
  const add = (event: Event) => {
    const select = (event.currentTarget as HTMLElement).parentElement?.querySelector("select");
    if (select?.value) set({ ...all, [select.value]: { fraga: "", svar: "" } });
  };
  return html`<fieldset class="field list" data-key="oversattningar" aria-describedby="h-oversattningar"><legend>${labelView(use)}</legend>${notesView(use)}
    ${Object.entries(all).map(([code, translation]) => html`<div class="item">
      ${translationView(code, translation, (change) => set({ ...all, [code]: { ...translation, ...change } }))}
      <button type="button" class="button quiet" @click=${() => remove(code)}>${editorIcons.remove}${t.removeLanguage(nameOf(code))}</button></div>`)}
    ${missing.length ? html`<div class="with-button"><select aria-label=${t.language}>${missing.map(([code, name]) => html`<option value=${code}>${name}</option>`)}</select>
      <button type="button" class="button add" @click=${add}>${editorIcons.plus}${t.addLanguage}</button></div>` : nothing}</fieldset>`;
}

function translationView(code: string, { fraga, svar, gor_sa_har = [] }: Translation, set: (change: Partial<Translation>) => void): TemplateResult {
  const id = (key: string) => `f-${code}-${key}`;
  const lang = code === "sv-latt" ? "sv" : code;
  const value = (event: Event) => (event.target as HTMLTextAreaElement).value;
  const steps = (event: Event) => value(event).split("\n").filter((line) => line.trim());
  return html`<div role="group" aria-label=${nameOf(code)}><p class="part">${nameOf(code)}</p>
    <div class="field"><label for=${id("fraga")}>${t.labels["fraga"]}</label><input id=${id("fraga")} lang=${lang} dir="auto" .value=${live(fraga ?? "")}
      @input=${(event: Event) => set({ fraga: value(event) })}></div>
    <div class="field"><label for=${id("svar")}>${t.labels["svar"]}</label><textarea id=${id("svar")} lang=${lang} dir="auto" .value=${live(svar ?? "")}
      @input=${(event: Event) => set({ svar: value(event) })}></textarea></div>
    <div class="field"><label for=${id("steg")}>${t.labels["gor_sa_har"]}</label><textarea id=${id("steg")} lang=${lang} dir="auto" .value=${gor_sa_har.join("\n")}
      @change=${(event: Event) => set({ gor_sa_har: steps(event) })}></textarea></div></div>`;
}

function nameOf(code: string): string { return t.languages[code] ?? code; }
