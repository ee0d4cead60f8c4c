import { dirOf, htmlLang, type Language } from "../shared/languages";
import { webAddress } from "../shared/safe-url";
import { launchers } from "../texts/launcher";
import type { LauncherTexts } from "../texts/sv";
import type { Audience } from "../shared/types";
import { coverPage } from "./inert-page";
import { LAUNCHER_CSS } from "./launcher-styles";
import type { Panel } from "./panel";
import { kindOf } from "./kind";
import { firstLanguage } from "./language";
import { lookCss, type Look } from "../shared/look";
import { inUse } from "./rollout";
import { SessionStore, type Session } from "./session";

/** Where the panel fills the screen; the same condition as in the styles. */
const COVERS = "(max-width: 480px), (max-height: 420px)";
const ICON = "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-5 4v-4A2.5 2.5 0 0 1 4 13.5zM8.5 10h.01M12 10h.01M15.5 10h.01";

export interface Delivery {
  /** Address of the gateway, with a slash at the end. */
  base: string;
  loadPanel(): Promise<unknown>;
}

declare global {
  /** The gateway writes it into the script that a site embeds. */
  var kommunbotLook: Look | undefined;
}

let delivery: Delivery;

/** Tell the element where it was loaded from; before it is defined. */
export function deliverFrom(source: Delivery): void { delivery = source; }

/**
 * `<kommun-chat>`: a button that opens the chat.
 *
 * Before the citizen opens it there is no request, no storage and no cookie; an earlier chat in
 * the same tab is continued.
 *
 * @attr language - BCP 47 tag of the language to begin in; the page's own when left out
 * @attr greeting - a line for this page, shown under the welcome
 * @attr audience - `foretag` on pages for businesses, or nothing for everybody else
 * @attr position - `left` or `right`, or nothing for the municipality's own choice
 * @attr theme - `light`, `dark`, or nothing for the reader's own setting
 * @attr leave-to - where the quick way out leads; the weather, when left out
 * @attr open - the panel is open
 * @attr full - the chat is the page's content, without a button
 */
export class KommunChat extends HTMLElement {
  static readonly observedAttributes = ["open", "greeting", "language", "audience", "theme"];

  private readonly root = this.attachShadow({ mode: "open" });
  private readonly launcher = button();
  private readonly problem = document.createElement("p");
  private readonly region = document.createElement("div");
  private readonly covers = matchMedia(COVERS);
  private panel: Panel | null = null;
  private loading: Promise<Panel> | null = null;
  private uncover: (() => void) | null = null;
  private unread = 0;

  connectedCallback(): void {
    this.hidden = !this.isInUse;
    if (this.hidden) return;
    this.draw();
    this.covers.addEventListener("change", this.fit);
    if (this.full) this.setAttribute("open", "");
    if (this.isOpen) void this.show();
    else this.resume();
    this.label();
  }

  disconnectedCallback(): void {
    this.covers.removeEventListener("change", this.fit);
    this.uncover?.();
    this.uncover = null;
    queueMicrotask(() => { if (!this.isConnected) this.drop(); }); // else it was only moved
  }

  attributeChangedCallback(name: string): void {
    if (!this.isConnected) return;
    if (name === "open") void (this.isOpen ? this.show() : this.hide());
    else {
      if (this.panel) this.dress(this.panel);
      this.label();
    }
  }

  private get isOpen(): boolean { return this.hasAttribute("open"); }

  private get full(): boolean { return this.hasAttribute("full"); }

  private get audience(): Audience { return this.getAttribute("audience") === "foretag" ? "foretag" : "privat"; }

  /** Whoever has begun to chat goes on, wherever the chat is in use from now on. */
  private get isInUse(): boolean {
    return this.full || this.session !== null || inUse(globalThis.kommunbotRollout, location.pathname, this.audience);
  }

  /** Read afresh each time: only the panel writes. */
  private get session(): Session | null { return new SessionStore(delivery.base).peek(); }

  /** What the page wants the chat to begin in. */
  private get tag(): string { return this.getAttribute("language") ?? (document.documentElement.lang || "sv"); }

  private get language(): Language { return firstLanguage(delivery.base, this.tag); }

  private get texts(): LauncherTexts { return launchers[this.language]; }

  private draw(): void {
    if (this.root.adoptedStyleSheets.length) return;
    const sheet = new CSSStyleSheet();
    const look = globalThis.kommunbotLook;
    sheet.replaceSync(LAUNCHER_CSS + (look ? lookCss(look) : ""));
    if (look?.position === "vanster" && !this.hasAttribute("position")) this.setAttribute("position", "left");
    this.root.adoptedStyleSheets = [sheet];
    this.launcher.addEventListener("click", () => void this.openByCitizen());
    this.problem.className = "problem";
    this.problem.setAttribute("role", "alert");
    this.problem.hidden = true;
    this.region.setAttribute("role", "region");
    this.region.append(this.launcher, this.problem);
    this.root.append(this.region);
  }

  /** Continue the tab's chat. On a phone the panel would hide the page just followed a link to. */
  private resume(): void {
    const { session } = this;
    if (!session) return;
    const samePage = session.openOn === location.href;
    if (session.openOn && (samePage || !this.covers.matches)) this.setAttribute("open", "");
    else if (session.conversationId) void this.load().then((panel) => panel.start());
  }

  private async openByCitizen(): Promise<void> {
    this.setAttribute("open", "");
    const panel = await this.load().catch(() => null);
    await panel?.focusComposer();
  }

  private async show(): Promise<void> {
    this.problem.hidden = true;
    const panel = await this.load().catch(() => this.fail());
    if (!panel || !this.isOpen) return;
    panel.shown = true;
    panel.hidden = false;
    this.launcher.hidden = true;
    await panel.start();
    if (!this.full) panel.remember(location.href);
    this.fit();
  }

  private hide(): void {
    if (!this.panel) return;
    this.panel.shown = false;
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.panel.remember(null);
    this.label();
    this.fit();
  }

  private fail(): null {
    this.removeAttribute("open");
    this.loading = null;
    this.problem.textContent = this.texts.failed;
    this.problem.hidden = false;
    return null;
  }

  private load(): Promise<Panel> {
    this.loading ??= delivery.loadPanel().then(() => this.addPanel());
    return this.loading;
  }

  /** The page took us away: nothing goes on unseen. Put back, the chat continues as after a reload. */
  private drop(): void {
    this.panel?.stop();
    this.panel?.remove();
    this.panel = this.loading = null;
    this.launcher.hidden = false;
  }

  private addPanel(): Panel {
    if (this.panel) return this.panel;
    const panel = document.createElement("kommun-chat-panel") as Panel;
    panel.base = delivery.base;
    panel.full = this.full;
    panel.hidden = true;
    this.dress(panel);
    panel.addEventListener("panel-close", () => this.closeByCitizen());
    panel.addEventListener("panel-unread", (event) => this.setUnread((event as CustomEvent<number>).detail));
    panel.addEventListener("panel-language", () => this.label());
    this.panel = panel;
    this.root.append(panel);
    return panel;
  }

  private dress(panel: Panel): void {
    panel.greeting = this.getAttribute("greeting") ?? "";
    panel.language = this.tag;
    panel.audience = this.audience;
    const leaveTo = this.getAttribute("leave-to");
    panel.leaveTo = leaveTo === null ? null : webAddress(leaveTo);
    panel.kind = this.full ? kindOf(location.search) : "citizen";
    panel.toggleAttribute("theme", false);
    const theme = this.getAttribute("theme");
    if (theme) panel.setAttribute("theme", theme);
  }

  private closeByCitizen(): void {
    this.removeAttribute("open");
    this.launcher.focus();
  }

  private setUnread(unread: number): void {
    this.unread = unread;
    this.label();
  }

  private label(): void {
    const { language, texts } = this;
    this.region.lang = htmlLang(language);
    this.region.dir = dirOf(language);
    this.region.setAttribute("aria-label", texts.region);
    const [, name, badge] = this.launcher.children as unknown as [Element, HTMLElement, HTMLElement];
    name.textContent = this.session?.conversationId ? texts.resume : texts.open;
    badge.textContent = this.unread ? texts.unread(this.unread) : "";
    badge.hidden = !this.unread;
  }

  /** While the panel fills the screen the page behind it cannot be reached. */
  private readonly fit = (): void => {
    const modal = this.isOpen && !this.full && this.covers.matches && this.panel !== null;
    if (this.panel) this.panel.modal = modal;
    if (modal) this.uncover ??= coverPage(this);
    else { this.uncover?.(); this.uncover = null; }
  };
}

function button(): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "launcher";
  element.setAttribute("aria-expanded", "false");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICON);
  svg.append(path);
  const badge = document.createElement("span");
  badge.className = "unread";
  element.append(svg, document.createElement("span"), badge);
  return element;
}
