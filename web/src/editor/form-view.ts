import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { markupView } from "../shared/markup-view";
import { editorTexts as t } from "../texts/sv-editor";
import { today } from "./dates";
import { fieldView, notesView, type FieldUse } from "./field-view";
import { fieldOf } from "./findings-view";
import { linksView } from "./links-view";
import { listView } from "./list-field-view";
import type { Fields, FileLine, Finding } from "./model";
import { translationsView } from "./translations-view";

export interface FormUse {
  fields: Fields;
  isNew: boolean;
  findings: readonly Finding[];
  files: readonly FileLine[];
  file: string;
  overridden: boolean;
  set(key: string, value: unknown): void;
  setFile(file: string): void;
  say(text: string): void;
}

const SHOWN = new Set([
  "id", "fraga", "varianter", "svar", "gor_sa_har", "lankar", "agare", "granskad", "giltig_fran", "giltig_till", "omfattning",
  "malgrupp", "sasong", "lagrum", "kanal", "risk", "oversattningar", "dold",
]);
const REQUIRED = new Set(["id", "fraga", "varianter", "svar", "lankar", "granskad"]);

/** An entry as a form: the question, the answer, its links, who answers for it, and the rest. */
export function formView(use: FormUse): TemplateResult {
  return html`<form class="form" @submit=${(event: Event) => event.preventDefault()}>
    ${groupView(t.groups.question, html`${use.isNew ? fileView(use) : nothing}${textView(use, "fraga")}${
      use.isNew ? textView(use, "id") : nothing}${listView(at(use, "varianter"), "varianter")}`)}
    ${groupView(t.groups.answer, html`${answerView(use)}${listView(at(use, "gor_sa_har"), "gor_sa_har")}`)}
    ${groupView(t.groups.links, linksView(at(use, "lankar")))}
    ${groupView(t.groups.validity, validityView(use))}
    <details class="group" ?open=${hasMore(use)}><summary><h2>${t.groups.more}</h2><span class="help">${t.moreHelp}</span></summary>${moreView(use)}</details>
  </form>`;
}

function groupView(title: string, body: TemplateResult): TemplateResult {
  return html`<fieldset class="group"><legend><h2>${title}</h2></legend>${body}</fieldset>`;
}

/** What one field needs of the form. */
function at(use: FormUse, key: string): FieldUse {
  const owner = use.files.find(({ path }) => path === use.file)?.owner;
  return {
    key, value: use.fields[key], required: REQUIRED.has(key) && !use.overridden,
    findings: use.findings.filter((finding) => finding.key && fieldOf(finding.key) === key),
    more: key === "agare" && owner ? t.fromFile(owner) : use.overridden && REQUIRED.has(key) && key !== "id" ? t.asNational : "",
    set: (value) => use.set(key, value), say: (text) => use.say(text),
  };
}

function textView(use: FormUse, key: string): TemplateResult {
  const field = at(use, key);
  return fieldView(field, (id, described) => html`<input id=${id} .value=${live(text(field.value))} aria-describedby=${described}
    ?required=${field.required} aria-invalid=${isWrong(field) ? "true" : nothing} spellcheck=${key === "id" ? "false" : "true"}
    lang="sv" @input=${(event: Event) => field.set(valueOf(event))}>`);
}

function fileView(use: FormUse): TemplateResult {
  return html`<div class="field"><label for="f-file">${t.file}</label><p class="help" id="h-file">${t.fileHelp}</p>
    <select id="f-file" aria-describedby="h-file" @change=${(event: Event) => use.setFile(valueOf(event))}>${use.files.map(({ path, title }) => html`
      <option value=${path} ?selected=${path === use.file}>${title} (${path})</option>`)}</select></div>`;
}

function answerView(use: FormUse): TemplateResult {
  const field = at(use, "svar");
  const answer = text(field.value);
  return html`${fieldView({ ...field, more: [field.more, t.markup].filter(Boolean).join(" ") }, (id, described) => html`<textarea id=${id} class="answer"
      aria-describedby=${described} aria-invalid=${isWrong(field) ? "true" : nothing} ?required=${field.required} lang="sv" .value=${live(answer)}
      @input=${(event: Event) => field.set(valueOf(event))}></textarea><p class="sub letters">${t.letters(answer.length)}</p>`)}
    <details class="seen"><summary>${t.seen}</summary><div class="bubble">${markupView(answer, "")}</div></details>`;
}

function validityView(use: FormUse): TemplateResult {
  const reviewed = at(use, "granskad");
  return html`<div class="pair">${textView(use, "agare")}
      ${fieldView(reviewed, (id, described) => html`<span class="with-button">${dateInput(reviewed, id, described)}
        <button type="button" class="button" @click=${() => reviewed.set(today())}>${t.today}</button></span>`)}</div>
    <div class="pair">${dateView(use, "giltig_fran")}${dateView(use, "giltig_till")}</div>
    ${choiceView(use, "risk")}
    <div class="field" data-key="dold"><label class="check"><input type="checkbox" .checked=${live(use.fields["dold"] === true)} aria-describedby="h-dold"
      @change=${(event: Event) => use.set("dold", (event.target as HTMLInputElement).checked || undefined)}>${t.hideEntry}</label>
      ${notesView(at(use, "dold"))}</div>`;
}

function moreView(use: FormUse): TemplateResult {
  const others = Object.keys(use.fields).filter((key) => !SHOWN.has(key));
  return html`
    ${checksView(use, "malgrupp", Object.entries(t.options["malgrupp"] ?? {}))}
    ${checksView(use, "sasong", t.monthNames.map((name, month) => [month + 1, name] as const))}
    <div class="pair">${choiceView(use, "kanal")}${choiceView(use, "omfattning")}</div>
    ${textView(use, "lagrum")}
    ${translationsView(at(use, "oversattningar"))}
    ${others.length ? html`<p class="help">${t.otherKeys(others.join(", "))}</p>` : nothing}`;
}

function hasMore({ findings }: FormUse): boolean {
  return findings.some(({ key }) => key && ["malgrupp", "sasong", "kanal", "omfattning", "lagrum", "oversattningar"].includes(key));
}

function dateView(use: FormUse, key: string): TemplateResult {
  const field = at(use, key);
  return fieldView(field, (id, described) => dateInput(field, id, described));
}

function dateInput(field: FieldUse, id: string, described: string): TemplateResult {
  return html`<input type="date" id=${id} .value=${live(text(field.value))} aria-describedby=${described} ?required=${field.required}
    aria-invalid=${isWrong(field) ? "true" : nothing} @change=${(event: Event) => field.set(valueOf(event) || undefined)}>`;
}

function choiceView(use: FormUse, key: string): TemplateResult {
  const field = at(use, key);
  const options = Object.entries(t.options[key] ?? {});
  const now = text(field.value) || options[0]?.[0];
  return fieldView(field, (id, described) => html`<select id=${id} aria-describedby=${described} @change=${(event: Event) => field.set(valueOf(event))}>${
    options.map(([value, label]) => html`<option value=${value} ?selected=${value === now}>${label}</option>`)}</select>`);
}

function checksView(use: FormUse, key: string, options: readonly (readonly [string | number, string])[]): TemplateResult {
  const field = at(use, key);
  const now = Array.isArray(field.value) ? field.value : [];
  const toggle = (value: string | number) => {
    const next = options.map(([each]) => each).filter((each) => (each === value ? !now.includes(each) : now.includes(each)));
    field.set(next.length ? next : undefined);
  };
  return html`<fieldset class="field checks" data-key=${key} aria-describedby="h-${key}"><legend>${t.labels[key]}</legend>
    ${notesView(field)}<div class="row">${options.map(([value, label]) => html`<label class="check"><input type="checkbox"
      .checked=${live(now.includes(value))} @change=${() => toggle(value)}>${label}</label>`)}</div></fieldset>`;
}

function isWrong({ findings }: FieldUse): boolean { return findings.some(({ level }) => level === "fel"); }

function text(value: unknown): string { return typeof value === "string" || typeof value === "number" ? String(value) : ""; }

function valueOf(event: Event): string { return (event.target as HTMLInputElement).value; }
