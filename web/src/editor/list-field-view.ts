import { html, type LitElement, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { editorTexts as t } from "../texts/sv-editor";
import { labelView, notesView, type FieldUse } from "./field-view";
import { editorIcons } from "./icons";
import { moved, spliced } from "./rows";

/** A list of texts, one in each row: Enter adds a row, and each row can be moved and taken away. */
export function listView(use: FieldUse, key: string): TemplateResult {
  const rows = Array.isArray(use.value) && use.value.length ? use.value.map(String) : [""];
  const names = t.items[key] ?? { one: key, add: key, help: "" };
  const set = (next: readonly string[]) => use.set(next.length ? next : undefined);
  return html`<fieldset class="field list" data-key=${key} aria-describedby="h-${key}"><legend>${labelView(use)}</legend>
    ${notesView({ ...use, more: [use.more, names.help].filter(Boolean).join(" ") })}
    <ol class="rows">${rows.map((value, place) => html`<li>
      <textarea rows="1" aria-label="${names.one} ${place + 1}" lang="sv" .value=${live(value)}
        @input=${(event: Event) => set(spliced(rows, place, 1, (event.target as HTMLTextAreaElement).value))}
        @keydown=${(event: KeyboardEvent) => rowKey(event, rows, place, set)}
        @paste=${(event: ClipboardEvent) => pasted(event, rows, place, set)}></textarea>
      ${rowButtons(rows.length, place, `${names.one.toLowerCase()} ${place + 1}`, use, (next) => set(next(rows)))}</li>`)}</ol>
    <button type="button" class="button add" @click=${(event: Event) => { const list = listOf(event); set([...rows, ""]); focusRow(list, rows.length); }}>${
      editorIcons.plus}${names.add}</button></fieldset>`;
}

type Change = <T>(rows: readonly T[]) => T[];

/** Move up, move down, take away; focus stays where the hand is, and a reader hears what happened. */
export function rowButtons(
  count: number, place: number, what: string, use: FieldUse, change: (next: Change) => void,
): TemplateResult {
  const move = (event: Event, to: number) => {
    const button = event.currentTarget as HTMLElement;
    const [list, at] = [listOf(event), [...button.parentElement!.children].indexOf(button)];
    if (to < 0 || to >= count) return;
    change((rows) => moved(rows, place, to));
    use.say(t.moved(what, to + 1));
    drawn(list, () => focusButton(list, to, at));
  };
  const remove = (event: Event) => {
    const list = listOf(event);
    change((rows) => spliced(rows, place, 1));
    use.say(t.removed(what));
    focusRow(list, Math.max(0, place - 1));
  };
  return html`<span class="buttons">
    <button type="button" class="button icon" aria-label=${t.moveUp(what)} title=${t.moveUp(what)} aria-disabled=${place === 0 ? "true" : "false"}
      @click=${(event: Event) => move(event, place - 1)}>${editorIcons.up}</button>
    <button type="button" class="button icon" aria-label=${t.moveDown(what)} title=${t.moveDown(what)} aria-disabled=${place === count - 1 ? "true" : "false"}
      @click=${(event: Event) => move(event, place + 1)}>${editorIcons.down}</button>
    <button type="button" class="button icon" aria-label=${t.removeItem(what)} title=${t.removeItem(what)}
      @click=${remove}>${editorIcons.remove}</button></span>`;
}

/** Go to a row once it is drawn. */
export function focusRow(list: Element | null, place: number): void {
  drawn(list, () => list?.querySelectorAll<HTMLElement>(".rows > li")[place]?.querySelector<HTMLElement>("input, textarea")?.focus());
}

/**
 * Do something as soon as a change is drawn, before the next key is heard: what is typed after
 * Enter belongs to the new row, also on a page that is busy.
 */
function drawn(list: Element | null, then: () => void): void {
  const root = list?.getRootNode();
  if (root instanceof ShadowRoot) void (root.host as LitElement).updateComplete.then(then);
}

export function listOf(event: Event): Element | null { return (event.target as Element).closest("fieldset.list"); }

function focusButton(list: Element | null, place: number, at: number): void {
  const buttons = list?.querySelectorAll(".rows > li")[place]?.querySelector(".buttons")?.children;
  (buttons?.[at] as HTMLElement | undefined)?.focus();
}

function rowKey(event: KeyboardEvent, rows: readonly string[], place: number, set: (rows: readonly string[]) => void): void {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    set(spliced(rows, place + 1, 0, ""));
    focusRow(listOf(event), place + 1);
  } else if (event.key === "Backspace" && !rows[place] && rows.length > 1) {
    event.preventDefault();
    set(spliced(rows, place, 1));
    focusRow(listOf(event), Math.max(0, place - 1));
  }
}

/** Several lines become several rows: that is how lists come out of other documents. */
function pasted(event: ClipboardEvent, rows: readonly string[], place: number, set: (rows: readonly string[]) => void): void {
  const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/\r?\n/).map((line) => line.replace(/^\s*[-•*]\s+/, "").trim()).filter(Boolean);
  if (lines.length < 2) return;
  event.preventDefault();
  const kept = rows[place] ? [rows[place]] : [];
  set(spliced(rows, place, 1, ...kept, ...lines));
  focusRow(listOf(event), place + kept.length + lines.length - 1);
}
