import { css, html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { base } from "../shared/tokens";
import type { WidgetTexts } from "../texts/sv";
import { Speech } from "./speech";

/**
 * The microphone beside the place to write, in browsers that turn speech into text.
 *
 * What the browser does with the sound is told before the first time, and nothing is listened to
 * before the citizen agrees.
 *
 * @fires spoken - detail: the text that was heard
 */
export class SpeechBox extends LitElement {
  static override styles = [base, css`
    :host { display: contents; }
    .notice { flex: 1 1 100%; padding: 8px 12px; border-radius: 12px; background: var(--k-soft); font-size: 0.9em; line-height: 1.4; }
    .notice p { margin: 0 0 8px; }
    .row { display: flex; flex-wrap: wrap; gap: 8px; }
    .button { color: var(--k-link); }
    .button.primary { color: var(--k-on-accent); }
    [role="status"]:not(:empty) { align-self: center; font-size: 0.9em; color: var(--k-muted); }
  `];

  @property({ attribute: false }) texts!: WidgetTexts;
  @property() language = "sv";
  @state() private asks = false;
  private agreed = false;
  private readonly speech = new Speech({
    heard: (text) => this.dispatchEvent(new CustomEvent("spoken", { detail: text })),
    changed: () => this.requestUpdate(),
  });

  override render() {
    if (!Speech.isThere) return nothing;
    const { speech: t, cancel } = this.texts;
    const { listens, failed } = this.speech;
    if (this.asks) {
      return html`<div class="notice" role="group" aria-label=${t.start}><p id="notice">${t.notice}</p><div class="row">
        <button type="button" id="agree" class="button primary" aria-describedby="notice" @click=${this.agree}>${t.agree}</button>
        <button type="button" class="button" @click=${this.back}>${cancel}</button></div></div>`;
    }
    const name = listens ? t.stop : t.start;
    return html`<button type="button" id="microphone" class="button quiet" aria-label=${name} title=${name} @click=${this.press}
      >${listens ? icons.close : icons.microphone}</button>
      <span role="status">${listens ? t.listening : failed ? t.failed : ""}</span>`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.speech.stop();
  }

  private readonly press = (): void => {
    if (this.speech.listens) return this.speech.stop();
    if (this.agreed) return this.speech.start(this.language);
    this.asks = true;
    void this.focusOn("#agree");
  };

  private readonly agree = (): void => {
    this.agreed = true;
    this.asks = false;
    this.speech.start(this.language);
    void this.focusOn("#microphone");
  };

  private readonly back = (): void => {
    this.asks = false;
    void this.focusOn("#microphone");
  };

  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

define("kommun-speech", SpeechBox);
