import { html, nothing, type TemplateResult } from "lit";
import type { ChatMessage } from "./types";
import type { TranscriptTexts } from "../texts/sv";
import { icons } from "./icons";

export interface RatingUse {
  /** What the reader has said of the answer, or null. */
  of(message: ChatMessage): boolean | null;
  rate(message: ChatMessage, helpful: boolean): void;
}

const RATED: ReadonlySet<string> = new Set(["answer", "person_lookup", "oos"]);

/** «Hjälpte svaret?» under an answer. Both buttons stay, so that a slip can be mended. */
export function ratingView(message: ChatMessage, use: RatingUse, texts: TranscriptTexts): TemplateResult | typeof nothing {
  if (!message.seq || !RATED.has(message.decision?.outcome ?? "")) return nothing;
  const given = use.of(message);
  const button = (helpful: boolean, label: string) => html`<button type="button" class="button ${given === helpful ? "chosen" : ""}"
    aria-pressed=${given === helpful ? "true" : "false"} @click=${() => use.rate(message, helpful)}
    >${given === helpful ? icons.check : nothing}${label}</button>`;
  return html`<div class="rating" role="group" aria-label=${texts.helped}>
    <span>${texts.helped}</span>${button(true, texts.yes)}${button(false, texts.no)}
    <span role="status">${given === null ? "" : given ? texts.thanks : texts.thanksNo}</span></div>`;
}
