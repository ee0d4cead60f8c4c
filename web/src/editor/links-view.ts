import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { editorTexts as t } from "../texts/sv-editor";
import { labelView, notesView, type FieldUse } from "./field-view";
import { help } from "./help";
import { editorIcons } from "./icons";
import { focusRow, listOf, rowButtons } from "./list-field-view";
import type { EntryLink } from "./model";
import { spliced } from "./rows";

/** The links of an entry; the first is where the answer comes from. */
export function linksView(use: FieldUse): TemplateResult {
  const links = (Array.isArray(use.value) && use.value.length ? use.value : [{ titel: "", url: "" }]) as EntryLink[];
  const set = (next: readonly EntryLink[]) => use.set(next.length ? next : undefined);
  const add = (event: Event) => {
    const list = listOf(event);
    set([...links, { titel: "", url: "", typ: "sida" }]);
    focusRow(list, links.length);
  };
  return html`<fieldset class="field list" data-key="lankar" aria-describedby="h-lankar"><legend>${labelView(use)}</legend>${notesView(use)}
    <ol class="rows links">${links.map((link, place) => html`<li class="item">
      ${linkView(link, place, (change) => set(spliced(links, place, 1, { ...link, ...change })))}
      ${rowButtons(links.length, place, `${t.items["lankar"]!.one.toLowerCase()} ${place + 1}`, use, (next) => set(next(links)))}</li>`)}</ol>
    <button type="button" class="button add" @click=${add}>${editorIcons.plus}${t.items["lankar"]!.add}</button></fieldset>`;
}

function linkView(link: EntryLink, place: number, set: (change: Partial<EntryLink>) => void): TemplateResult {
  const id = (key: string) => `f-lankar-${place}-${key}`;
  const input = (key: "titel" | "url", type: string) => html`<div class="field ${key === "url" ? "address" : ""}"><label for=${id(key)}>${t.labels[key]}</label>
    <input id=${id(key)} type=${type} .value=${live(link[key] ?? "")} spellcheck=${key === "url" ? "false" : "true"}
      aria-describedby=${key === "url" ? id("help") : nothing} @input=${(event: Event) => set({ [key]: (event.target as HTMLInputElement).value })}>
    ${key === "url" ? html`<p class="help" id=${id("help")}>${help("url")}</p>` : nothing}</div>`;
  return html`<div class="link-fields" role="group" aria-label="${t.items["lankar"]!.one} ${place + 1}">
    ${place === 0 ? html`<p class="tag">${t.source1}</p>` : nothing}
    ${input("titel", "text")}
    <div class="field"><label for=${id("typ")}>${t.labels["typ"]}</label><select id=${id("typ")}
      @change=${(event: Event) => set({ typ: (event.target as HTMLSelectElement).value })}>${Object.entries(t.options["typ"] ?? {}).map(([value, label]) => html`
        <option value=${value} ?selected=${value === (link.typ ?? "sida")}>${label}</option>`)}</select></div>
    ${input("url", "text")}</div>`;
}
