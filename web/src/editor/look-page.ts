import { Task } from "@lit/task";
import { css, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { define } from "../shared/define";
import { ApiError } from "../shared/http";
import { icons } from "../shared/icons";
import type { Colours, Look } from "../shared/look";
import { editorTexts as t } from "../texts/sv-editor";
import { checksOf, inWords, passes, type Check, type Mode } from "./contrast";
import "./look-preview";
import { EditorPage } from "./page";
import { alertView, failure, waiting } from "./page-parts";
import { told } from "./problem";

const MODES: readonly Mode[] = ["light", "dark"];
const COLOURS: readonly (keyof Colours)[] = ["bar", "bar_end", "on_bar", "accent", "on_accent"];
const ROUNDEST = 32; // CSS pixels, as the server has it

/** The chat's colours, corners, font and place, with their contrast as they change. */
export class LookPage extends EditorPage {
  static override styles = [...EditorPage.styles, css`
    .mode { display: grid; grid-template-columns: minmax(0, 1fr) minmax(240px, 360px); gap: 20px; align-items: start; }
    .colours { display: grid; gap: 14px; border: 0; margin: 0; padding: 0; min-width: 0; }
    input[type="color"] { width: 72px; padding: 4px; cursor: pointer; }
    input[type="number"] { max-width: 8em; }
    .checks { list-style: none; margin: 0; padding: 0; }
    .form { display: flex; flex-direction: column; gap: 18px; }
    @media (max-width: 900px) { .mode { grid-template-columns: minmax(0, 1fr); } }
  `];

  @state() private draft: Look | null = null;
  @state() private busy = false;
  @state() private problem = "";
  private readonly saved = new Task(this, {
    task: async (_args, { signal }) => { const look = await this.app.api.look(signal); this.draft ??= look; return look; },
    args: () => [] as const,
  });

  override render() {
    return html`<div class="page"><div class="head"><h1 tabindex="-1">${t.views.utseende}</h1></div><p class="lead">${t.lookHelp}</p>${this.saved.render({
      pending: () => waiting(),
      complete: () => (this.draft ? this.formView(this.draft) : nothing),
      error: (error) => failure(error, () => void this.saved.run()),
    })}</div>`;
  }

  private formView(look: Look): TemplateResult {
    const checks = checksOf(look);
    return html`<form class="form" novalidate @submit=${(event: Event) => { event.preventDefault(); void this.save(); }}>
      ${MODES.map((mode) => this.modeView(mode, look, checks.filter((check) => check.mode === mode)))}
      <div class="card"><div class="pair">
        <div class="field"><label for="radius">${t.lookRadius}</label><input id="radius" type="number" min="0" max=${ROUNDEST} .value=${live(String(look.radius_px))}
          @change=${(event: Event) => this.set({ radius_px: Math.min(ROUNDEST, Math.max(0, Math.round(Number(valueOf(event))))) })}></div>
        <div class="field"><label for="font">${t.lookFont}</label><p class="help" id="font-help">${t.lookFontHelp}</p><input id="font" maxlength="200" spellcheck="false" aria-describedby="font-help"
          .value=${live(look.font ?? "")} @input=${(event: Event) => this.set({ font: valueOf(event) || null })}></div></div>
        <fieldset class="field"><legend>${t.lookPosition}</legend><div class="row">${(["hoger", "vanster"] as const).map((one) => html`<label class="check">
          <input type="radio" name="position" .checked=${live(look.position === one)} @change=${() => this.set({ position: one })}>${t.lookPositions[one]}</label>`)}</div></fieldset></div>
      ${alertView(this.problem)}
      <div class="row"><button class="button primary" aria-disabled=${this.busy ? "true" : "false"}>${this.busy ? t.lookSaving : t.lookSave}</button>
        <button type="button" class="button" @click=${() => { this.draft = this.saved.value ?? this.draft; this.problem = ""; }}>${t.lookUndo}</button></div></form>`;
  }

  private modeView(mode: Mode, look: Look, checks: readonly Check[]): TemplateResult {
    return html`<section class="card mode" aria-labelledby=${mode}><fieldset class="colours" aria-labelledby=${mode}><h2 id=${mode}>${t.lookModes[mode]}</h2>
      ${COLOURS.map((colour) => this.colourView(mode, colour, look[mode][colour], checks.filter((check) => check.colour === colour)))}</fieldset>
      <div role="img" aria-label=${t.lookPreview(t.lookModes[mode])}><kommun-look-preview inert theme=${mode} .look=${look}></kommun-look-preview></div></section>`;
  }

  private colourView(mode: Mode, colour: keyof Colours, value: string, checks: readonly Check[]): TemplateResult {
    const id = `${mode}-${colour}`;
    return html`<div class="field"><label for=${id}>${t.lookColours[colour]}</label>
      <input type="color" id=${id} aria-describedby="${id}-checks" .value=${live(value)} @input=${(event: Event) => this.setColour(mode, colour, valueOf(event))}>
      <ul class="checks" id="${id}-checks">${checks.map((check) => this.checkView(check))}</ul></div>`;
  }

  private checkView(check: Check): TemplateResult {
    const line = t.lookCheck(inWords(check.ratio), t.lookAgainst[check.against], inWords(check.demanded));
    return passes(check) ? html`<li class="sub">${line} ${t.lookEnough}</li>` : html`<li class="finding fel">${icons.warn}<span>${line} ${t.lookTooLittle}</span></li>`;
  }

  private set(change: Partial<Look>): void { if (this.draft) this.draft = { ...this.draft, ...change }; }

  private setColour(mode: Mode, colour: keyof Colours, value: string): void {
    if (this.draft) this.set({ [mode]: { ...this.draft[mode], [colour]: value } });
  }

  private async save(): Promise<void> {
    if (this.busy || !this.draft) return;
    const fault = checksOf(this.draft).find((check) => !passes(check));
    if (fault) {
      this.problem = t.lookRefused(t.lookColours[fault.colour], t.lookModes[fault.mode], inWords(fault.ratio), inWords(fault.demanded));
      this.renderRoot.querySelector<HTMLElement>(`#${fault.mode}-${fault.colour}`)?.focus();
      return;
    }
    this.busy = true;
    this.problem = "";
    try {
      this.draft = await this.app.api.changeLook(this.draft);
      this.app.say(t.lookSaved);
      await this.saved.run();
    } catch (error) {
      this.problem = reasons(error);
    } finally {
      this.busy = false;
    }
  }
}

/** What the server found, if it says; else what any failure is told as. */
function reasons(error: unknown): string {
  const findings = error instanceof ApiError ? (error.body as { findings?: { text: string }[] }).findings : undefined;
  return findings?.length ? findings.map(({ text }) => text).join(" ") : told(error);
}

function valueOf(event: Event): string { return (event.target as HTMLInputElement).value; }

define("kommun-editor-look", LookPage);
