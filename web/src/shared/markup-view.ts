import { html, nothing, type TemplateResult } from "lit";
import { parseMarkup, parsePlain, type Block, type Inline } from "./markup";
import { isForeign, webAddress } from "./safe-url";
import { icons } from "./icons";

/**
 * Draw an answer's markup; every character of it ends up in a text node.
 *
 * Each block runs as its own first letters do: Arabic may stand among Swedish, and the reverse.
 */
export function markupView(text: string, foreign: string): TemplateResult[] {
  return parseMarkup(text).map((block) => blockView(block, foreign));
}

/** Draw a person's words: line breaks kept, web addresses as links. `lang` where it is known and another. */
export function plainView(text: string, foreign: string, lang: string | null = null): TemplateResult {
  return html`<div class="plain" lang=${lang ?? nothing} dir="auto">${parsePlain(text).map((part) => inlineView(part, foreign))}</div>`;
}

/** A link, or its text where the address is not one that we follow. `lang` as in `plainView`. */
export function linkView(
  label: string, url: string, foreign: string, style = "", lang: string | null = null,
): TemplateResult {
  const href = webAddress(url);
  const name = html`<bdi lang=${lang ?? nothing}>${label}</bdi>`;
  if (!href) return name;
  if (!isForeign(href)) return html`<a class=${style} href=${href}>${name}</a>`;
  return html`<a class=${style} href=${href} target="_blank" rel="noopener noreferrer"
    >${name}${style ? icons.out : ""}<span class="hidden"> (${foreign})</span></a>`;
}

function blockView(block: Block, foreign: string): TemplateResult {
  const draw = (parts: readonly Inline[]) => parts.map((part) => inlineView(part, foreign));
  switch (block.kind) {
    case "paragraph":
      return html`<p dir="auto">${block.lines.map((line, i) => html`${i ? html`<br>` : ""}${draw(line)}`)}</p>`;
    case "list":
      return block.start === null
        ? html`<ul dir="auto">${block.items.map((item) => html`<li>${draw(item)}</li>`)}</ul>`
        : html`<ol dir="auto" start=${block.start}>${block.items.map((item) => html`<li>${draw(item)}</li>`)}</ol>`;
    case "table":
      return tableView(block, draw);
  }
}

type Draw = (parts: readonly Inline[]) => TemplateResult[];

function tableView({ head, rows }: Block & { kind: "table" }, draw: Draw): TemplateResult {
  const header = head && html`<thead><tr>${head.map((cell) => html`<th scope="col">${draw(cell)}</th>`)}</tr></thead>`;
  return html`<div class="scroll"><table dir="auto">${header}<tbody>${rows.map((row) => html`<tr>${row.map((cell, i) =>
    i === 0 ? html`<th scope="row">${draw(cell)}</th>` : html`<td>${draw(cell)}</td>`)}</tr>`)}</tbody></table></div>`;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;
const GROUPED = /(\+?\d+(?:[ \u00a0-]\d+)+)/; // «020-50 50 50»

/** A text in which a phone number keeps its order: among Arabic words its groups would be turned round. */
export function orderedView(text: string): TemplateResult {
  if (!RIGHT_TO_LEFT.test(text)) return html`${text}`;
  return html`${text.split(GROUPED).map((part, i) => (i % 2 ? html`<bdi dir="ltr">${part}</bdi>` : part))}`;
}

function inlineView(part: Inline, foreign: string): TemplateResult {
  switch (part.kind) {
    case "text": return orderedView(part.text);
    case "bold": return html`<strong>${orderedView(part.text)}</strong>`;
    case "link": return linkView(part.text, part.url, foreign);
  }
}
