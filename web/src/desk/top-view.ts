import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icons } from "../shared/icons";
import type { Agent, Presence } from "../shared/types";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskStore } from "./desk-store";
import { deskIcons } from "./icons";

export interface TopUse {
  /** The agent counts on a sound that the browser holds back. */
  muted: boolean;
  sound: boolean;
  setSound(on: boolean): void;
  side: boolean;
  setSide(on: boolean): void;
  unblock(): void;
  settings(): void;
  help(): void;
  logout(): void;
}

/** The bar: own status and room, whether news come through, sound, and who is logged in. */
export function topView(agent: Agent, store: DeskStore, now: number, use: TopUse): TemplateResult {
  const presence = store.lists?.presence;
  return html`<header class="top">
    <span class="mark">${icons.bot}</span>
    <h1>${t.product}<span class="hidden"> – ${t.heading}</span></h1>
    ${presence ? statusView(presence, store) : nothing}
    <p class="connection ${store.connection}"><span class="dot" aria-hidden="true"></span
      ><span role="status">${t[store.connection]}</span> <span class="age">${age(store, now)}</span></p>
    <span class="tools">
      ${tool(deskIcons.side, t.sideShow, () => use.setSide(!use.side), use.side)}
      ${tool(use.sound ? deskIcons.sound : deskIcons.silent, use.sound ? t.soundOn : t.soundOff, () => use.setSound(!use.sound))}
      ${tool(deskIcons.settings, t.settings, use.settings)}
      ${tool(deskIcons.keys, t.help, use.help)}
    </span>
    <span class="agent">${agent.name}</span>
    <button type="button" class="button quiet" @click=${use.logout}>${t.logout}</button>
    ${store.trouble.now ? html`<p class="trouble">${icons.warn}${t.connectingHelp}</p>` : nothing}
    ${use.muted ? html`<p class="trouble">${deskIcons.silent}<span>${t.soundBlocked}</span>
      <button type="button" class="button" @click=${use.unblock}>${t.soundUnblock}</button></p>` : nothing}
  </header>`;
}

function tool(icon: TemplateResult, label: string, action: () => void, pressed: boolean | null = null): TemplateResult {
  return html`<button type="button" class="button quiet tool" title=${label} aria-pressed=${pressed === null ? nothing : pressed ? "true" : "false"} @click=${action}>${icon}<span class="hidden">${label}</span></button>`;
}

function statusView({ status, held, limit, statuses = [] }: Presence, store: DeskStore): TemplateResult {
  const { wantedStatus } = store.intake;
  const shown = wantedStatus ?? status;
  const known = statuses.some(({ id }) => id === shown);
  return html`<span class="presence">
    <label class="hidden" for="presence">${t.ownStatus}</label>
    <select id="presence" aria-busy=${wantedStatus ? "true" : "false"}
      @change=${(event: Event) => void store.intake.setStatus((event.target as HTMLSelectElement).value)}>
      ${known ? nothing : html`<option value=${shown} selected>${shown}</option>`}
      ${statuses.map((one) => html`<option value=${one.id} .selected=${live(one.id === shown)}>${t.statusChoice(one.title, one.limit)}</option>`)}
    </select>
    <span class="held ${held >= limit ? "full" : ""}">${limit ? t.held(held, limit) : t.heldOver(held)}</span>
  </span>`;
}

/** How long ago the server was heard: a line that is dead in one direction shows here first. */
function age({ heardAt }: DeskStore, now: number): string {
  if (!heardAt) return "";
  const seconds = Math.max(0, Math.floor((now - heardAt) / 1000));
  if (seconds < 3) return t.pulseNow;
  return t.pulse(seconds < 120 ? t.seconds(seconds) : t.minutes(Math.floor(seconds / 60)));
}
