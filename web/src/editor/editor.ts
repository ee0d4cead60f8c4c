import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { StaffShell, type NavLink } from "../shared/staff-shell";
import { base, tokens } from "../shared/tokens";
import { editorTexts as t } from "../texts/sv-editor";
import { EditorApi } from "./api";
import type { App } from "./app";
import { editorIcons } from "./icons";
import type { Editor } from "./model";
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
import "./safety-page";
import "./test-page";

const VIEW_ICONS: Record<View, TemplateResult> = {
  fragor: editorIcons.list, testa: editorIcons.test, granska: editorIcons.review, luckor: editorIcons.gap,
  meddelanden: editorIcons.notice, utseende: editorIcons.look, sakerhet: editorIcons.safety, historik: editorIcons.history,
};

/** The editors' page. */
export class EditorShell extends StaffShell<Editor> {
  static override styles = [tokens, base, editorStyles, shellStyles];

  @state() private app: App | null = null;
  @state() private asksLogout = false;
  @state() private route: Route = parseRoute(location.hash);
  protected readonly texts = t;
  private readonly api = new EditorApi(new URL(".", location.href).href, () => this.loggedOut());
  protected readonly door = {
    me: async () => (await this.api.me()).editor,
    login: async (username: string, password: string) => (await this.api.login(username, password)).editor,
    logout: () => this.api.logout(),
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("beforeunload", this.leaving);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("beforeunload", this.leaving);
  }

  protected get who(): Editor | null { return this.app?.editor ?? null; }

  protected get links(): readonly NavLink[] {
    const { view: here, id } = this.route;
    return VIEWS.map((view) => ({
      href: href(view), title: t.views[view], icon: VIEW_ICONS[view],
      current: view !== here ? null : id ? "true" : "page",
    }));
  }

  private logoutView(): TemplateResult {
    return html`<div class="banner warn" role="group" aria-label=${t.logout}>${icons.warn}<p>${t.logoutAsk(this.app?.works.keys.length ?? 0)}</p>
      <div class="row"><button type="button" class="button" id="stay" @click=${() => { this.asksLogout = false; }}>${t.cancel}</button>
        <button type="button" class="button danger" @click=${() => this.logout()}>${t.logoutYes}</button></div></div>`;
  }

  protected pageView(): TemplateResult {
    return html`${this.asksLogout ? this.logoutView() : nothing}${this.placeView()}`;
  }

  private placeView(): TemplateResult {
    const { app, route } = this;
    switch (route.view) {
      case "testa": return html`<kommun-editor-test-page .app=${app} .route=${route}></kommun-editor-test-page>`;
      case "granska": return html`<kommun-editor-review .app=${app}></kommun-editor-review>`;
      case "luckor": return route.id === PROPOSALS
        ? html`<kommun-editor-proposals .app=${app}></kommun-editor-proposals>`
        : html`<kommun-editor-gaps .app=${app}></kommun-editor-gaps>`;
      case "meddelanden": return html`<kommun-editor-notices .app=${app} .route=${route}></kommun-editor-notices>`;
      case "utseende": return html`<kommun-editor-look .app=${app} .route=${route}></kommun-editor-look>`;
      case "sakerhet": return html`<kommun-editor-safety .app=${app}></kommun-editor-safety>`;
      case "historik": return route.id
        ? html`<kommun-editor-publication .app=${app} .route=${route}></kommun-editor-publication>`
        : html`<kommun-editor-history .app=${app} .route=${route}></kommun-editor-history>`;
      case "fragor": return route.id
        ? html`<kommun-editor-entry .app=${app} .route=${route}></kommun-editor-entry>`
        : html`<kommun-editor-entries .app=${app} .route=${route}></kommun-editor-entries>`;
    }
  }

  protected moved(): void {
    const before = this.route;
    this.route = parseRoute(location.hash);
    this.asksLogout = false;
    if (!isSamePage(before, this.route)) this.turn();
  }

  protected enter(editor: Editor): void {
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

  protected leave(): void { this.app = null; }

  protected override wishLogout(): void {
    if (this.app?.works.keys.length) void this.askLogout();
    else this.logout();
  }

  /** A wished log-out leaves nothing on a shared computer. */
  protected override logout(): void {
    this.app?.works.clear();
    this.asksLogout = false;
    super.logout();
  }

  private async askLogout(): Promise<void> {
    this.asksLogout = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("#stay")?.focus();
  }

  private readonly leaving = (event: BeforeUnloadEvent): void => {
    if (this.app?.works.keys.length) event.preventDefault();
  };
}

define("kommun-editor", EditorShell);
