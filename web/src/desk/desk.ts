import { html, LitElement } from "lit";
import { query, state } from "lit/decorators.js";
import { define } from "../shared/define";
import { ApiError } from "../shared/http";
import { base, tokens } from "../shared/tokens";
import type { Agent } from "../shared/types";
import { deskTexts as t } from "../texts/sv-desk";
import { DeskApi } from "./desk-api";
import { loginStyles } from "./login-styles";
import { loginView } from "../shared/login-view";
import { SettingsStore } from "./settings";
import "./workplace";
import type { Workplace } from "./workplace";

/** The agents' page: log in, then the desk; light or dark as the agent has chosen. */
export class Desk extends LitElement {
  static override styles = [tokens, base, loginStyles];

  @state() private agent: Agent | null = null;
  @state() private ready = false;
  @state() private loginProblem = "";
  @state() private busy = false;
  @query("kommun-desk-work") private work!: Workplace | null;
  private readonly api = new DeskApi(new URL(".", location.href).href);
  private readonly settings = new SettingsStore(() => this.settingsChanged());

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute("theme", this.settings.value.theme);
    void this.recall();
  }

  override render() {
    if (!this.ready) return html`<main class="wait"><h1>${t.product}</h1><p role="status">${t.loading}</p></main>`;
    if (!this.agent) return loginView(t, { problem: this.loginProblem, busy: this.busy, login: this.login });
    return html`<kommun-desk-work .api=${this.api} .agent=${this.agent} .settings=${this.settings}
      @logout=${this.logout} @loggedout=${this.loggedOut}></kommun-desk-work>`;
  }

  private settingsChanged(): void {
    this.setAttribute("theme", this.settings.value.theme);
    this.work?.changed();
  }

  private async recall(): Promise<void> {
    try {
      this.agent = (await this.api.me()).agent;
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) this.loginProblem = t.loginUnreachable;
    }
    this.ready = true;
  }

  private readonly login = async (username: string, password: string): Promise<void> => {
    this.busy = true;
    this.loginProblem = "";
    try {
      this.agent = (await this.api.login(username, password)).agent;
      await this.updateComplete;
      await this.work?.updateComplete;
      this.work?.focus();
    } catch (error) {
      this.loginProblem = error instanceof ApiError ? error.text || t.loginFailed : t.loginUnreachable;
    } finally {
      this.busy = false;
    }
  };

  private readonly logout = (): void => {
    void this.api.logout().catch(() => undefined);
    this.agent = null;
  };

  private readonly loggedOut = (): void => {
    if (this.agent) this.loginProblem = t.loggedOut;
    this.agent = null;
  };
}

define("kommun-desk", Desk);
