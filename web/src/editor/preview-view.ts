import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import { editorTexts as t } from "../texts/sv-editor";
import { editorIcons } from "./icons";
import type { Change, Preview, Side } from "./model";
import { formatSure } from "./page-parts";
import { groupItems, WEIGHTS, type Item, type Weight } from "./preview-groups";

const WEIGHT_ICONS: Record<Weight, TemplateResult> = { blocks: editorIcons.stop, confirm: icons.warn, note: editorIcons.info };
const SECONDS = new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 1 });
const MANY = 8; // more of the same kind are folded away

/** What an edit would do: what stops it, what must be meant, and what is good to know. */
export function previewView(preview: Preview): TemplateResult {
  const groups = groupItems(preview);
  const nothingFound = WEIGHTS.every((weight) => groups[weight].length === 0);
  return html`
    ${nothingFound ? html`<div class="card calm">${icons.check}<div><h2>${t.nothingChanges}</h2><p>${t.nothingChangesHelp}</p></div></div>` : nothing}
    ${WEIGHTS.map((weight) => groupView(weight, groups[weight]))}
    <p class="help">${t.asked(preview.asked, SECONDS.format(preview.seconds))}</p>`;
}

function groupView(weight: Weight, items: readonly Item[]): TemplateResult | typeof nothing {
  if (!items.length) return nothing;
  return html`<section class="card weight ${weight}" aria-labelledby="w-${weight}">
    <h2 id="w-${weight}">${WEIGHT_ICONS[weight]}${t.weights[weight]} <span class="count">${items.length}</span></h2>
    <p class="help">${t.weightHelp[weight]}</p>
    <ul class="items">${items.slice(0, MANY).map(itemView)}</ul>
    ${items.length > MANY ? html`<details class="rest"><summary>${t.more(items.length - MANY)}</summary><ul class="items">${items.slice(MANY).map(itemView)}</ul></details>` : nothing}
  </section>`;
}

function itemView({ risk, change }: Item): TemplateResult {
  if (risk) return html`<li><p class="told">${risk.text}</p></li>`;
  return html`<li><p class="asked"><span class="tag">${t.changeKinds[change.kind]}</span> <q>${change.question}</q></p>
    <p class="told">${change.text}</p>${change.kind === "new_text" ? nothing : sidesView(change)}</li>`;
}

function sidesView({ before, after }: Change): TemplateResult {
  return html`<dl class="sides"><div><dt>${t.before}</dt><dd>${sideView(before)}</dd></div><div><dt>${t.after}</dt><dd>${sideView(after)}</dd></div></dl>`;
}

function sideView({ outcome, title, confidence }: Side): TemplateResult {
  return html`<span>${t.outcomes[outcome] ?? outcome}${title ? html`: <strong>${title}</strong>` : nothing}</span>${typeof confidence === "number"
    ? html` <span class="sub">${t.sure(formatSure(confidence))}</span>` : nothing}`;
}
