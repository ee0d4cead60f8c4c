import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import { otherLang, type Language } from "../shared/languages";
import { linkView } from "../shared/markup-view";
import { mailAddress, phoneAddress } from "../shared/safe-url";
import type { WidgetInfo } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";
import type { Chat } from "./chat";
import { leavingView } from "./leaving-view";
import { languagesView } from "./languages-view";
import type { Asked } from "./menu";
import { phaseOf } from "./phase";
import { printTalk, saveTalk } from "./transcript-file";

/** The accessibility statement, in Swedish. */
const STATEMENT = "tillganglighet";
/** What the assistant tells of itself, in Swedish. */
export const ABOUT = "om-assistenten";

interface HeaderUse {
  full: boolean;
  menuOpen: boolean;
  toggleMenu(): void;
  close(): void;
}

/** The bar with the name, who answers right now, the menu and the way out. */
export function headerView({ info, texts: { texts: t }, conversation }: Chat, use: HeaderUse): TemplateResult {
  const agent = phaseOf(conversation.status) === "active" ? conversation.status?.agent_name ?? null : null;
  return html`<header class="bar">
    <span class="badge">${agent ? icons.person : icons.bot}</span>
    <div class="names">
      <h2>${heading(info, agent, t)}</h2>
      <p>${agent ? t.isHuman(agent) : t.isBot}</p>
    </div>
    <button type="button" id="menu-button" class="icon" aria-label=${t.menu} aria-expanded=${use.menuOpen ? "true" : "false"}
      aria-controls="menu" @click=${use.toggleMenu}>${icons.menu}</button>
    ${use.full ? nothing : html`<button type="button" class="icon" aria-label=${t.close} @click=${use.close}>${icons.close}</button>`}
  </header>`;
}

/** Says «AI-assistent» for as long as it is one. */
function heading(info: WidgetInfo | null, agent: string | null, t: WidgetTexts): string {
  if (agent) return info?.municipality ?? t.panel;
  return info ? t.header(info.municipality) : t.headerPlain;
}

export interface MenuUse {
  asks: Asked | null;
  ask(what: Asked): void;
  leave(): void;
  end(): void;
  restart(): void;
  erase(): void;
  cancel(): void;
  speak(language: Language): void;
}

/** A disclosure, not an ARIA menu: plain buttons and links in reading order. */
export function menuView(chat: Chat, use: MenuUse): TemplateResult {
  const { info, isFresh, texts: { language, texts: t }, conversation } = chat;
  const canEnd = conversation.status !== null && phaseOf(conversation.status) !== "ended";
  return html`<div class="menu" id="menu">
    ${info ? contactView(info, otherLang("sv", language), t) : nothing}
    ${use.asks ? confirmView(use.asks, use, t)
    : html`<div class="row">
        ${canEnd ? html`<button type="button" class="button" @click=${use.end}>${t.end}</button>` : nothing}
        <button type="button" class="button" @click=${() => use.ask("restart")}>${t.restart}</button>
        ${isFresh ? nothing : html`<button type="button" class="button" @click=${() => saveTalk(chat)}>${icons.save}${t.transcript.save}</button>
          <button type="button" class="button" @click=${() => printTalk(chat)}>${icons.print}${t.transcript.print}</button>`}
        ${chat.canErase ? html`<button type="button" class="button" @click=${() => use.ask("erase")}>${icons.erase}${t.erase.button}</button>` : nothing}</div>`}
    ${languagesView(language, use.speak, t)}
    ${leavingView(use.leave, t)}
    <p>${linkView(t.about, chat.base + ABOUT, t.foreign)}</p>
    <p>${linkView(t.accessibility, chat.base + STATEMENT, t.foreign)}</p>
  </div>`;
}

/** What cannot be undone is asked about once more. */
function confirmView(asked: Asked, use: MenuUse, t: WidgetTexts): TemplateResult {
  const [ask, yes, go] = asked === "erase" ? [t.erase.ask, t.erase.yes, use.erase] : [t.restartAsk, t.restartYes, use.restart];
  return html`<div role="group" aria-labelledby="confirm-ask"><p id="confirm-ask">${ask}</p>
    <div class="row"><button type="button" id="confirm" class="button primary" aria-describedby="confirm-ask" @click=${go}>${yes}</button>
      <button type="button" class="button" @click=${use.cancel}>${t.cancel}</button></div></div>`;
}

function contactView({ phone, email, hours }: WidgetInfo, own: string | null, t: WidgetTexts): TemplateResult {
  const tel = phoneAddress(phone);
  const mail = mailAddress(email);
  return html`<h3>${t.contact}</h3>
    <ul class="ways">
      ${tel ? html`<li><a href=${tel}>${icons.phone}${t.call(phone)}</a></li>` : nothing}
      ${mail ? html`<li><a href=${mail}>${icons.mail}${t.mail(email)}</a></li>` : nothing}
      ${hours ? html`<li>${icons.clock}<bdi lang=${own ?? nothing}>${hours}</bdi></li>` : nothing}
    </ul>`;
}
