import { html, nothing, type TemplateResult } from "lit";
import { editorTexts as t } from "../texts/sv-editor";
import { proposalsHref } from "./proposals";
import { href } from "./router";

/**
 * The two lists of what the answers lack.
 *
 * @param waiting how many replies are proposed; null where that is not known
 */
export function gapsNav(here: "gaps" | "proposals", waiting: number | null): TemplateResult {
  const current = (name: typeof here) => (here === name ? "page" : nothing);
  return html`<nav class="chips" aria-label=${t.views.luckor}>
    <a class="chip" href=${href("luckor")} aria-current=${current("gaps")}>${t.gapsTab}</a>
    <a class="chip" href=${proposalsHref()} aria-current=${current("proposals")}>${t.proposals}${
      waiting ? html` <span class="count">${waiting}<span class="hidden"> ${t.proposalsWaiting}</span></span>` : nothing}</a></nav>`;
}
