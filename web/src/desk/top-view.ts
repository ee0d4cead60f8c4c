import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import type { Agent } from "../shared/types";
import { deskTexts as t } from "../texts/sv";
import type { DeskStore } from "./desk-store";

/** The bar: where one is, whether news come through, who is logged in. */
export function topView(agent: Agent, store: DeskStore, logout: () => void): TemplateResult {
  return html`<header class="top">
    <span class="mark">${icons.bot}</span>
    <h1>${t.product}<span class="hidden"> – ${t.heading}</span></h1>
    <p class="connection ${store.connection}" role="status"><span class="dot" aria-hidden="true"></span>${t[store.connection]}</p>
    <span class="agent">${agent.name}</span>
    <button type="button" class="button quiet" @click=${logout}>${t.logout}</button>
    ${store.trouble.now ? html`<p class="trouble">${icons.warn}${t.connectingHelp}</p>` : nothing}
  </header>`;
}
