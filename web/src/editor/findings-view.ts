import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import { editorTexts as t } from "../texts/sv-editor";
import type { EntryStore } from "./entry-store";
import type { Finding } from "./model";

const INSIDE: Record<string, string> = { titel: "lankar", url: "lankar", typ: "lankar" }; // keys of a list's items

/** The field of the form where a finding's key is written. */
export function fieldOf(key: string): string { return INSIDE[key] ?? key; }

/** All findings of an entry, each a way to its field. */
export function findingsView(store: EntryStore, go: (finding: Finding) => void): TemplateResult {
  const { findings, errors } = store;
  const warnings = findings.length - errors.length;
  return html`<h2 id="findings" tabindex="-1">${t.summary}</h2>
    <p class="sum" role="status">${store.isBlank ? t.blank : store.checking ? t.checkingNow : sum(errors.length, warnings)}</p>
    ${findings.length ? html`<ul class="findings">${[...errors, ...findings.filter(({ level }) => level !== "fel")].map((finding) => html`
      <li class=${finding.level}>${icons.warn}<div><button type="button" class="link" @click=${() => go(finding)}><span class="hidden">${
        t.levels[finding.level]}: ${finding.key ? `${t.labels[finding.key] ?? finding.key}: ` : ""}</span>${finding.text}</button></div></li>`)}</ul>`
      : nothing}`;
}

/** Go to where a finding is: its field, or its line in the YAML. */
export function focusField(root: ParentNode, key: string | null, line: number): void {
  const code = root.querySelector<HTMLElement & { goTo(line: number): void }>("kommun-editor-code");
  if (code) return code.goTo(line);
  const field = root.querySelector<HTMLElement>(`[data-key="${fieldOf(key ?? "")}"]`);
  const closed = field?.closest("details");
  if (closed) closed.open = true;
  const control = field?.querySelector<HTMLElement>("input, textarea, select, button");
  control?.focus();
  field?.scrollIntoView({ block: "center" });
}

function sum(errors: number, warnings: number): string {
  const parts = [errors && t.errors(errors), warnings && t.warnings(warnings)].filter(Boolean);
  return parts.length ? `${parts.join(", ")}.` : t.summaryNone;
}
