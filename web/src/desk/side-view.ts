import { html, nothing, type TemplateResult } from "lit";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskApi } from "./desk-api";
import type { DeskStore } from "./desk-store";
import { dossierView } from "./dossier-view";
import "./facts-box";
import "./notes-box";

export type SideTab = "dossier" | "facts";

export interface SideUse {
  tab: SideTab;
  show(tab: SideTab): void;
  revision: number;
}

const TABS: readonly SideTab[] = ["dossier", "facts"];

/** What belongs to the conversation in focus: why it came here, notes; and what is asked all day. */
export function sideView(store: DeskStore, api: DeskApi, use: SideUse): TemplateResult {
  const { selected } = store;
  const tab = selected ? use.tab : "facts";
  return html`<aside class="side" aria-label=${selected ? t.dossier : t.facts}>
    ${selected ? html`<div class="tabs" role="tablist" aria-label=${t.side} @keydown=${(event: KeyboardEvent) => turn(event, use)}>${TABS.map((one) => html`<button
      type="button" role="tab" id="tab-${one}" class="tab" aria-selected=${one === tab ? "true" : "false"} aria-controls="side-panel" tabindex=${one === tab ? 0 : -1}
      @click=${() => use.show(one)}>${one === "dossier" ? t.dossier : t.facts}</button>`)}</div>` : html`<h2>${t.facts}</h2>`}
    <div id="side-panel" role=${selected ? "tabpanel" : nothing} aria-labelledby=${selected ? `tab-${tab}` : nothing} tabindex=${selected ? 0 : nothing}>
      ${tab === "facts" || !selected ? html`<kommun-desk-facts .api=${api}></kommun-desk-facts>` : html`
        ${canNote(store, selected.id) ? html`<kommun-desk-notes .api=${api} .conversation=${selected} .standing=${store.roleOf(selected.id)}
          ?asked=${store.isAsked(selected.id)} .owner=${store.summaryOf(selected.id)?.agent_name ?? ""} .revision=${use.revision}></kommun-desk-notes>` : nothing}
        ${dossierView(selected.dossier)}`}
    </div></aside>`;
}

function canNote(store: DeskStore, id: string): boolean { return store.roleOf(id) !== "gone"; }

/** Arrow keys go from tab to tab. */
function turn(event: KeyboardEvent, use: SideUse): void {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  event.preventDefault();
  const next = use.tab === "dossier" ? "facts" : "dossier";
  use.show(next);
  const tabs = (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[role=tab]");
  tabs[TABS.indexOf(next)]?.focus();
}
