import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { shellStyles } from "../editor/shell-styles";
import { editorStyles } from "../editor/styles";
import { define } from "../shared/define";
import { StaffShell, type NavLink } from "../shared/staff-shell";
import { base, tokens } from "../shared/tokens";
import { recordsTexts as t } from "../texts/sv-records";
import { RecordsApi } from "./api";
import type { App } from "./app";
import { recordsIcons } from "./icons";
import type { Registrar } from "./model";
import { href, parseRoute, VIEWS, type Route, type View } from "./router";
import "./keeping-page";
import "./log-page";
import "./request-page";
import "./requests-page";
import "./review-page";

const VIEW_ICONS: Record<View, TemplateResult> = { begaran: recordsIcons.folder, gallring: recordsIcons.bin, logg: recordsIcons.log };

/** The registrar's page. */
export class RecordsShell extends StaffShell<Registrar> {
  static override styles = [tokens, base, editorStyles, shellStyles];

  @state() private app: App | null = null;
  @state() private route: Route = parseRoute(location.hash);
  protected readonly texts = t;
  private readonly api = new RecordsApi(new URL(".", location.href).href, () => this.loggedOut());
  protected readonly door = {
    me: async () => (await this.api.me()).registrar,
    login: async (username: string, password: string) => (await this.api.login(username, password)).registrar,
    logout: () => this.api.logout(),
  };

  protected get who(): Registrar | null { return this.app?.registrar ?? null; }

  protected get links(): readonly NavLink[] {
    const { view: here, id } = this.route;
    return VIEWS.map((view) => ({
      href: href(view), title: t.views[view], icon: VIEW_ICONS[view],
      current: view !== here ? null : id ? "true" : "page",
    }));
  }

  protected pageView(): TemplateResult {
    const { app, route, route: { view, id, conversation } } = this;
    if (view === "gallring") return html`<kommun-records-keeping .app=${app}></kommun-records-keeping>`;
    if (view === "logg") return html`<kommun-records-log .app=${app}></kommun-records-log>`;
    if (id && conversation) return html`<kommun-records-review .app=${app} .route=${route}></kommun-records-review>`;
    return id
      ? html`<kommun-records-request .app=${app} .route=${route}></kommun-records-request>`
      : html`<kommun-records-requests .app=${app}></kommun-records-requests>`;
  }

  protected moved(): void {
    this.route = parseRoute(location.hash);
    this.turn();
  }

  protected enter(registrar: Registrar): void {
    this.app = { api: this.api, registrar, say: (text) => this.announcer?.say(text) };
  }

  protected leave(): void { this.app = null; }
}

define("kommun-records", RecordsShell);
