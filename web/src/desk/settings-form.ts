import { html, LitElement, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { base } from "../shared/tokens";
import { deskTexts as t } from "../texts/sv-desk";
import type { Attention } from "./attention";
import { deskIcons } from "./icons";
import { partStyles } from "./part-styles";
import type { SettingsStore } from "./settings";

/** Sound, notices and looks; kept in this browser. */
export class SettingsForm extends LitElement {
  static override styles = [base, partStyles];

  @property({ attribute: false }) settings!: SettingsStore;
  @property({ attribute: false }) attention!: Attention;
  /** Drawn again when it changes. */
  @property({ attribute: false }) revision = 0;
  @state() private heard: boolean | null = null;

  override render() {
    const { sound, volume, theme } = this.settings.value;
    return html`<div class="sheet">
      <fieldset class="sheet"><legend>${t.settingsSound}</legend>
        <p class="help">${t.settingsSoundHelp}</p>
        ${this.check(t.soundUse, sound, (on) => this.settings.set({ sound: on }))}
        <div class="field"><label for="volume">${t.volume}</label>
          <input id="volume" type="range" min="0" max="1" step="0.05" .value=${String(volume)}
            @change=${(event: Event) => this.settings.set({ volume: Number((event.target as HTMLInputElement).value) })}></div>
        <div class="row"><button type="button" class="button" @click=${() => void this.test()}>${deskIcons.sound}${t.soundTest}</button>
          <span role="status">${this.heard === null ? "" : this.heard ? html`${icons.check}${t.soundHeard}` : html`${icons.warn}${t.soundSilent}`}</span></div>
      </fieldset>
      <fieldset class="sheet"><legend>${t.settingsNotices}</legend><p class="help">${t.settingsNoticesHelp}</p>${this.noticesView()}</fieldset>
      <fieldset><legend>${t.settingsTheme}</legend><div class="choices">${t.themes.map(([id, title]) => html`<label class="check"><input type="radio" name="theme"
        .checked=${theme === id} @change=${() => this.settings.set({ theme: id })}>${title}</label>`)}</div></fieldset>
    </div>`;
  }

  private noticesView(): TemplateResult {
    switch (this.attention.permission) {
      case "granted": return this.check(t.noticesUse, this.settings.value.notices, (on) => this.settings.set({ notices: on }));
      case "denied": return html`<p class="problem">${icons.warn}${t.noticesDenied}</p>`;
      case "missing": return html`<p class="help">${t.noticesMissing}</p>`;
      default: return html`<div><button type="button" class="button" @click=${() => void this.ask()}>${deskIcons.bell}${t.noticesAsk}</button></div>`;
    }
  }

  private check(label: string, on: boolean, set: (on: boolean) => void): TemplateResult {
    return html`<label class="check"><input type="checkbox" .checked=${on}
      @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}>${label}</label>`;
  }

  private async ask(): Promise<void> {
    await this.attention.askPermission();
    this.requestUpdate();
  }

  private async test(): Promise<void> { this.heard = await this.attention.test(); }
}

define("kommun-desk-settings", SettingsForm);
