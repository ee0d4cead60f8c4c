import { html, LitElement, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import "./announcer";
import type { Announcer } from "./announcer";
import { ApiError } from "./http";
import { icons } from "./icons";
import { told } from "./problem";
import { loginView, type LoginTexts } from "./login-view";

export interface ShellTexts extends LoginTexts {
  loading: string;
  nav: string;
  skip: string;
  menu: string;
  logout: string;
  loginFailed: string;
  loggedOut: string;
  failed: string;
  unreachable: string;
  title(page: string): string;
}

/** Where one logs in and out. */
export interface Door<Who> {
  me(): Promise<Who>;
  login(username: string, password: string): Promise<Who>;
  logout(): Promise<unknown>;
}

export interface NavLink { href: string; title: string; icon: TemplateResult; current: "page" | "true" | null }

/** A page of the staff's with places of its own: who is logged in, where one is, and what stands there. */
export abstract class StaffShell<Who extends { name: string }> extends LitElement {
  @state() protected menuOpen = false;
  @state() protected problem = "";
  @state() private ready = false;
  @state() private busy = false;
  @query("kommun-announcer") protected announcer!: Announcer | null;
  private awaitsHeading = false;

  protected abstract readonly texts: ShellTexts;
  protected abstract readonly door: Door<Who>;
  /** Who is logged in, or null. */
  protected abstract get who(): Who | null;
  protected abstract get links(): readonly NavLink[];
  protected abstract pageView(): TemplateResult;
  protected abstract enter(who: Who): void;
  /** Forget who was logged in, and what they saw. */
  protected abstract leave(): void;
  /** The address has changed. */
  protected abstract moved(): void;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.hashChanged);
    void this.recall();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.hashChanged);
  }

  override render() {
    const { texts: t, who } = this;
    if (!this.ready) return html`<main class="wait"><h1>${t.product}</h1><p role="status">${t.loading}</p></main>`;
    if (!who) return loginView(t, { problem: this.problem, busy: this.busy, login: this.login });
    return html`<div class="shell">
      ${this.topView(who)}
      <nav id="nav" class=${this.menuOpen ? "open" : ""} aria-label=${t.nav}><ul>${this.links.map((link) => this.linkView(link))}</ul></nav>
      <main id="main" tabindex="-1" @page-titled=${this.titled}>${this.pageView()}</main>
      <kommun-announcer></kommun-announcer>
    </div>`;
  }

  /** Begin another page. */
  protected turn(): void {
    this.menuOpen = false;
    this.awaitsHeading = true;
    scrollTo(0, 0);
  }

  /** Log out; where something would be lost, the page may ask first. */
  protected wishLogout(): void { this.logout(); }

  protected logout(): void {
    void this.door.logout().catch(() => undefined);
    this.leave();
    this.problem = "";
  }

  /** The server says that the login is over. */
  protected loggedOut(): void {
    if (!this.who) return;
    this.leave();
    this.problem = this.texts.loggedOut;
  }

  private topView({ name }: Who): TemplateResult {
    const t = this.texts;
    return html`<header class="top">
      <button type="button" class="button skip" @click=${this.skip}>${t.skip}</button>
      <span class="mark">${icons.bot}</span>
      <p class="product">${t.product} <span>${t.place}</span></p>
      <button type="button" class="button quiet menu" aria-expanded=${this.menuOpen ? "true" : "false"} aria-controls="nav"
        @click=${() => { this.menuOpen = !this.menuOpen; }}>${icons.menu}${t.menu}</button>
      <span class="who">${icons.person}${name}</span>
      <button type="button" class="button quiet" @click=${() => this.wishLogout()}>${t.logout}</button>
    </header>`;
  }

  private linkView({ href, title, icon, current }: NavLink): TemplateResult {
    return html`<li><a href=${href} aria-current=${current ?? nothing}
      @click=${() => { this.menuOpen = false; }}>${icon}<span>${title}</span></a></li>`;
  }

  private readonly hashChanged = (): void => this.moved();

  /** A new page begins at its heading, as if it had been loaded. */
  private readonly titled = ({ detail: heading }: CustomEvent<HTMLElement>): void => {
    document.title = this.texts.title(heading.textContent?.trim() ?? "");
    if (!this.awaitsHeading) return;
    this.awaitsHeading = false;
    heading.focus();
  };

  private readonly skip = (): void => { this.renderRoot.querySelector<HTMLElement>("#main")?.focus(); };

  private async recall(): Promise<void> {
    try {
      this.enter(await this.door.me());
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) this.problem = told(error, this.texts, this.texts.failed);
    }
    this.ready = true;
  }

  private readonly login = async (username: string, password: string): Promise<void> => {
    this.busy = true;
    this.problem = "";
    try {
      this.enter(await this.door.login(username, password));
      this.awaitsHeading = true;
    } catch (error) {
      this.problem = told(error, this.texts, this.texts.loginFailed);
    } finally {
      this.busy = false;
    }
  };
}
