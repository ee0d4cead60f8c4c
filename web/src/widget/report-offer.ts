import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import type { ChatMessage } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";

const REPORTED = "felanmalan"; // the editors' topic of faults in streets, parks and buildings

/** Under an answer about faults: tell of it here; pictures go to the e-service that the answer names. */
export function reportOffer(
  { decision }: ChatMessage, fillIn: (eService: string | null) => void, { report: t }: WidgetTexts,
): TemplateResult | typeof nothing {
  if (decision?.outcome !== "answer" || decision.topic !== REPORTED) return nothing;
  const eService = decision.links?.find(({ kind }) => kind === "e-tjanst")?.url ?? null;
  return html`<p class="offer"><button type="button" class="button" @click=${() => fillIn(eService)}>${icons.pin}${t.offer}</button></p>`;
}
