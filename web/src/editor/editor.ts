import { html, LitElement, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import "../shared/announcer";
import type { Announcer } from "../shared/announcer";
import { define } from "../shared/define";
import { ApiError } from "../shared/http";
import { icons } from "../shared/icons";
import { base, tokens } from "../shared/tokens";
import { editorTexts as t } from "../texts/sv-editor";
import { EditorApi } from "./api";
import type { App } from "./app";
import { editorIcons } from "./icons";
import { loginView } from "./login-view";
import type { Editor } from "./model";
import { told } from "./problem";
import { PROPOSALS } from "./proposals";
import { href, isSamePage, parseRoute, VIEWS, type Route, type View } from "./router";
import { shellStyles } from "./shell-styles";
import { editorStyles } from "./styles";
import { Works } from "./works";
import "./entries-page";
import "./entry-page";
import "./gaps-page";
import "./history-page";
import "./look-page";
import "./notices-page";
import "./proposals-page";
import "./publication-page";
import "./review-page";
import "./test-page";

const VIEW_ICONS: Record<View, TemplateResult> = {
  fragor: editorIcons.list, testa: editorIcons.test, granska: editorIcons.review, luckor: editorIcons.gap,
  meddelanden: editorIcons.notice, utseende: editorIcons.look, historik: editorIcons.history,
};

/** The editors' page: who is logged in, where one is, and the page that belongs there. */
export class EditorShell extends LitElement {
  static override styles = [tokens, base, editorStyles, shellStyles];

  @state() private app: App | null = null;
  @state() private ready = false;
  @state() private problem = "";
  @state() private busy = false;
  @state() private asksLogout = false;
  @state() private menuOpen = false;
  @state() private route: Route = parseRoute(location.hash);
  @query("kommun-announcer") private announcer!: Announcer | null;
  private awaitsHeading = false;
  private readonly api = new EditorApi(new URL(".", location.href).href, () => this.loggedOut());

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.moved);
    addEventListener("beforeunload", this.leaving);
    void this.recall();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.moved);
    removeEventListener("beforeunload", this.leaving);
  }

  override render() {
    if (!this.ready) return html`<main class="wait"><h1>${t.product}</h1><p role="status">${t.loading}</p></main>`;
    if (!this.app) return loginView({ problem: this.problem, busy: this.busy, login: this.login });
    return html`<div class="shell">
      ${this.topView(this.app)}
      <nav id="nav" class=${this.menuOpen ? "open" : ""} aria-label=${t.nav}><ul>${VIEWS.map((view) => this.linkView(view))}</ul></nav>
      <main id="main" tabindex="-1" @page-titled=${this.titled}>${this.asksLogout ? this.logoutView(this.app) : nothing}${this.pageView(this.app)}</main>
      <kommun-announcer></kommun-announcer>
    </div>`;
  }

  private topView({ editor }: App): TemplateResult {
    return html`<header class="top">
      <button type="button" class="button skip" @click=${this.skip}>${t.skip}</button>
      <span class="mark">${icons.bot}</span>
      <p class="product">${t.product} <span>${t.place}</span></p>
      <button type="button" class="button quiet menu" aria-expanded=${this.menuOpen ? "true" : "false"} aria-controls="nav"
        @click=${() => { this.menuOpen = !this.menuOpen; }}>${icons.menu}${t.menu}</button>
      <span class="who">${icons.person}${editor.name}</span>
      <button type="button" class="button quiet" @click=${this.wishLogout}>${t.logout}</button>
    </header>`;
  }

  private linkView(view: View): TemplateResult {
    const here = this.route.view === view;
    return html`<li><a href=${href(view)} aria-current=${here ? (this.route.id ? "true" : "page") : nothing}
      @click=${() => { this.menuOpen = false; }}>${VIEW_ICONS[view]}<span>${t.views[view]}</span></a></li>`;
  }

  private logoutView(app: App): TemplateResult {
    return html`<div class="banner warn" role="group" aria-label=${t.logout}>${icons.warn}<p>${t.logoutAsk(app.works.keys.length)}</p>
      <div class="row"><button type="button" class="button" id="stay" @click=${() => { this.asksLogout = false; }}>${t.cancel}</button>
        <button type="button" class="button danger" @click=${this.logout}>${t.logoutYes}</button></div></div>`;
  }

  private pageView(app: App): TemplateResult {
    const { route } = this;
    switch (route.view) {
      case "testa": return html`<kommun-editor-test-page .app=${app} .route=${route}></kommun-editor-test-page>`;
      case "granska": return html`<kommun-editor-review .app=${app}></kommun-editor-review>`;
      case "luckor": return route.id === PROPOSALS
        ? html`<kommun-editor-proposals .app=${app}></kommun-editor-proposals>`
        : html`<kommun-editor-gaps .app=${app}></kommun-editor-gaps>`;
      case "meddelanden": return html`<kommun-editor-notices .app=${app} .route=${route}></kommun-editor-notices>`;
      case "utseende": return html`<kommun-editor-look .app=${app} .route=${route}></kommun-editor-look>`;
      case "historik": return route.id
        ? html`<kommun-editor-publication .app=${app} .route=${route}></kommun-editor-publication>`
        : html`<kommun-editor-history .app=${app} .route=${route}></kommun-editor-history>`;
      case "fragor": return route.id
        ? html`<kommun-editor-entry .app=${app} .route=${route}></kommun-editor-entry>`
        : html`<kommun-editor-entries .app=${app} .route=${route}></kommun-editor-entries>`;
    }
  }

  private readonly moved = (): void => {
    const before = this.route;
    this.route = parseRoute(location.hash);
    this.asksLogout = false;
    if (isSamePage(before, this.route)) return;
    this.menuOpen = false;
    this.awaitsHeading = true;
    scrollTo(0, 0);
  };

  /** A new page begins at its heading, as if it had been loaded. */
  private readonly titled = ({ detail: heading }: CustomEvent<HTMLElement>): void => {
    document.title = t.title(heading.textContent?.trim() ?? "");
    if (!this.awaitsHeading) return;
    this.awaitsHeading = false;
    heading.focus();
  };

  private readonly skip = (): void => { this.renderRoot.querySelector<HTMLElement>("#main")?.focus(); };

  private async recall(): Promise<void> {
    try {
      this.enter((await this.api.me()).editor);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) this.problem = told(error);
    }
    this.ready = true;
  }

  private readonly login = async (username: string, password: string): Promise<void> => {
    this.busy = true;
    this.problem = "";
    try {
      this.enter((await this.api.login(username, password)).editor);
      this.awaitsHeading = true;
    } catch (error) {
      this.problem = told(error, t.loginFailed);
    } finally {
      this.busy = false;
    }
  };

  private enter(editor: Editor): void {
    this.app = {
      api: this.api,
      editor,
      works: new Works(editor.username),
      say: (text) => this.announcer?.say(text),
      go: (to, replace = false) => {
        if (!replace) {
          location.hash = to;
          return;
        }
        history.replaceState(null, "", to);
        this.moved();
      },
    };
  }

  private readonly wishLogout = async (): Promise<void> => {
    if (!this.app?.works.keys.length) return this.logout();
    this.asksLogout = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("#stay")?.focus();
  };

  /** A wished log-out leaves nothing on a shared computer. */
  private readonly logout = (): void => {
    this.app?.works.clear();
    void this.api.logout().catch(() => undefined);
    this.asksLogout = false;
    this.app = null;
    this.problem = "";
  };

  private loggedOut(): void {
    if (!this.app) return;
    this.app = null;
    this.problem = t.loggedOut;
  }

  private readonly leaving = (event: BeforeUnloadEvent): void => {
    if (this.app?.works.keys.length) event.preventDefault();
  };
}

define("kommun-editor", EditorShell);
