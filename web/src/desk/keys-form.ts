import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { base } from "../shared/tokens";
import { deskTexts as t } from "../texts/sv-desk";
import { partStyles } from "./part-styles";
import type { SettingsStore } from "./settings";
import { ACTIONS, chordOf, isUsable, spell, takenBy, type Action } from "./shortcuts";

/** Which keys do what, and how to change them; kept in this browser. */
export class KeysForm extends LitElement {
  static override styles = [base, partStyles, css`
    table { width: 100%; border-collapse: collapse; }
    th, td { text-align: start; padding: 4px 8px 4px 0; border-bottom: 1px solid var(--k-line); font-weight: 500; }
    td:last-child { text-align: end; padding-inline-end: 0; }
    kbd { font: inherit; font-weight: 650; padding: 2px 10px; border: 1px solid var(--k-control); border-radius: 8px; background: var(--k-bg); white-space: nowrap; }
    @media (max-width: 420px) { tr { display: grid; grid-template-columns: 1fr auto; } th { grid-column: 1 / -1; border: 0; padding-bottom: 0; } }
  `];

  @property({ attribute: false }) settings!: SettingsStore;
  /** Drawn again when it changes. */
  @property({ attribute: false }) revision = 0;
  @state() private changing: Action | null = null;
  @state() private problem = "";
  @state() private told = "";

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening();
  }

  override render() {
    const { singleKeys } = this.settings.value;
    return html`<div class="sheet">
      <p class="help">${t.helpText}</p>
      <div role="alert">${this.problem ? html`<p class="problem">${icons.warn}${this.problem}</p>` : nothing}</div>
      <p role="status" class="help">${this.changing ? t.pressNow : this.told}</p>
      <table><tbody>${ACTIONS.map((action) => this.rowView(action))}</tbody></table>
      <div><button type="button" class="button" @click=${() => this.reset()}>${t.resetKeys}</button></div>
      <label class="check"><input type="checkbox" .checked=${singleKeys} aria-describedby="single-help"
        @change=${(event: Event) => this.settings.set({ singleKeys: (event.target as HTMLInputElement).checked })}>${t.singleKeys}</label>
      <p class="help" id="single-help">${t.singleKeysHelp}</p>
    </div>`;
  }

  private rowView(action: Action): TemplateResult {
    return html`<tr><th scope="row">${t.actions[action]}</th><td><kbd>${spell(this.settings.value.keys[action])}</kbd></td>
      <td><button type="button" class="button" aria-pressed=${this.changing === action ? "true" : "false"} aria-label=${t.changeOf(t.actions[action])}
        @click=${() => this.listen(action)}>${t.change}</button></td></tr>`;
  }

  private listen(action: Action): void {
    this.changing = action;
    this.problem = "";
    this.told = "";
    addEventListener("keydown", this.key, { capture: true });
  }

  private stopListening(): void {
    this.changing = null;
    removeEventListener("keydown", this.key, { capture: true });
  }

  private readonly key = (event: KeyboardEvent): void => {
    const { changing: action } = this;
    const chord = chordOf(event);
    if (!action || !chord || chord === "Tab" || chord === "Shift+Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (chord === "Escape") return this.stopListening();
    const other = takenBy(this.settings.value.keys, chord, action);
    this.problem = !isUsable(chord) ? t.keyNeedsAlt : other ? t.keyTaken(t.actions[other]) : "";
    if (this.problem) return;
    this.settings.setKey(action, chord);
    this.stopListening();
    this.told = t.keyChanged;
  };

  private reset(): void {
    this.settings.resetKeys();
    this.problem = "";
    this.told = t.keyChanged;
  }
}

define("kommun-desk-keys", KeysForm);
