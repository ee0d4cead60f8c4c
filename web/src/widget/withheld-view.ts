import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import type { Chat } from "./chat";
import { phoneOf, withoutNumbers } from "./withheld";

export interface WithheldUse {
  send(text: string): void;
  change(): void;
  /** Ask for a call instead: the number is then in the errand alone. */
  callAt(phone: string): void;
}

/** What was found in a message, and the ways on. Nothing has left the page yet. */
export function withheldView({ withheld, texts: { texts: { privacy: t } } }: Chat, { send, change, callAt }: WithheldUse): TemplateResult | typeof nothing {
  if (!withheld) return nothing;
  const phone = phoneOf(withheld);
  const kinds = [...new Set(withheld.numbers.map(({ kind }) => kind))];
  return html`<section class="withheld" aria-labelledby="withheld-heading">
    ${icons.warn}<div><h3 id="withheld-heading" tabindex="-1">${kinds.map((kind) => t.found[kind]).join(" ")}</h3>
    <p>${t.notNeeded}</p></div>
    <div class="row"><button type="button" class="button primary" @click=${() => send(withoutNumbers(withheld, t.removed))}>${t.without}</button>
      ${phone ? html`<button type="button" class="button" @click=${() => callAt(phone)}>${icons.phone}${t.callMe}</button>` : nothing}
      <button type="button" class="button" @click=${change}>${t.change}</button>
      <button type="button" class="button quiet" @click=${() => send(withheld.text)}>${t.anyway}</button></div>
  </section>`;
}
