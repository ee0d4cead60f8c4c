import { LitElement } from "lit";
import { property, state } from "lit/decorators.js";
import { listStyles } from "../editor/list-styles";
import { editorStyles } from "../editor/styles";
import { base, tokens } from "../shared/tokens";
import type { App } from "./app";
import { told } from "./parts";
import type { Route } from "./router";
import { recordsStyles } from "./styles";

/**
 * A page of the records, with one `h1` that names it.
 *
 * @fires page-titled - the page has got its heading, or another one; detail is the heading
 */
export class RecordsPage extends LitElement {
  static override styles = [tokens, base, editorStyles, listStyles, recordsStyles];

  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) route!: Route;
  @state() protected problem = "";
  @state() protected busy = false;
  private titled = "";

  protected override updated(): void {
    const heading = this.renderRoot.querySelector<HTMLElement>("h1");
    const text = heading?.textContent?.trim() ?? "";
    if (!heading || text === this.titled) return;
    this.titled = text;
    this.dispatchEvent(new CustomEvent("page-titled", { detail: heading, bubbles: true, composed: true }));
  }

  /** Do something with the server, one thing at a time; what goes wrong is told on the page. */
  protected async doing(what: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = "";
    try {
      await what();
      return true;
    } catch (error) {
      this.problem = told(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  protected async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
