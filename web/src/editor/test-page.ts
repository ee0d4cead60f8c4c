import { html } from "lit";
import { define } from "../shared/define";
import { editorTexts as t } from "../texts/sv-editor";
import { EditorPage } from "./page";
import { href } from "./router";
import "./test-box";

/** What the bot answers, as a page of its own; the question stands in the address. */
export class TestPage extends EditorPage {
  override render() {
    return html`<div class="page"><h1 tabindex="-1">${t.test}</h1>
      <section class="card"><kommun-editor-test wide .app=${this.app} .question=${this.route.query["fraga"] ?? ""}
        @asked=${(event: CustomEvent<string>) => this.app.go(href("testa", null, null, { fraga: event.detail }), true)}></kommun-editor-test></section></div>`;
  }
}

define("kommun-editor-test-page", TestPage);
