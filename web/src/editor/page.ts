import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import { base, tokens } from "../shared/tokens";
import type { App } from "./app";
import type { Route } from "./router";
import { editorStyles } from "./styles";

/**
 * A page of the editor, with one `h1` that names it.
 *
 * @fires page-titled - the page has got its heading, or another one; detail is the heading
 */
export class EditorPage extends LitElement {
  static override styles = [tokens, base, editorStyles];

  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) route!: Route;
  private titled = "";

  protected override updated(): void {
    const heading = this.renderRoot.querySelector<HTMLElement>("h1");
    const text = heading?.textContent?.trim() ?? "";
    if (!heading || text === this.titled) return;
    this.titled = text;
    this.dispatchEvent(new CustomEvent("page-titled", { detail: heading, bubbles: true, composed: true }));
  }
}
