import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import type { ChatMessage } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";

/** What came of the last try to copy. */
export interface Copied { reference: string; worked: boolean }

/** Under the municipality's promise: a button that copies its reference number. */
export function copyView(
  message: ChatMessage, references: readonly string[], copied: Copied | null, copy: (reference: string) => void,
  t: WidgetTexts["handover"],
): TemplateResult | typeof nothing {
  const reference = message.actor === "system" ? references.find((one) => message.text.includes(one)) : undefined;
  if (!reference) return nothing;
  const told = copied?.reference === reference ? (copied.worked ? t.copied : t.notCopied) : "";
  return html`<button type="button" class="button" @click=${() => copy(reference)}>${icons.copy}${t.copy(reference)}</button>
    <span role="status">${told}</span>`;
}

/** Put a text on the clipboard; false where the browser does not let us. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or a page without https
  }
}
