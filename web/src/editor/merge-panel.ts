import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { base, tokens } from "../shared/tokens";
import { editorTexts as t } from "../texts/sv-editor";
import type { App } from "./app";
import { formatMoment } from "./dates";
import { editorIcons } from "./icons";
import { canKeepBoth, chosen, differences, merged, type Choice, type Difference } from "./merge";
import { mergeStyles } from "./merge-styles";
import type { Conflict, Draft, Fields } from "./model";
import { failure, waiting } from "./page-parts";
import { editorStyles } from "./styles";
import type { Work } from "./work";

/**
 * Two editors have changed one entry: key by key what each did, and what is to hold.
 *
 * @fires merged - every choice is made; detail is what the work becomes
 */
export class MergePanel extends LitElement {
  static override styles = [tokens, base, editorStyles, mergeStyles];

  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) conflict!: Conflict;
  @property({ attribute: false }) draft!: Draft;
  @property({ attribute: false }) opened!: Work["opened"];
  @property({ attribute: false }) edit = "";
  @state() private all: Difference[] | null = null;
  @state() private error: unknown = null;
  /** One of the texts cannot be told apart key by key. */
  @state() private unread = false;
  private theirs: Fields = {};

  protected override firstUpdated(): void { void this.compare(); }

  override render() {
    const { editor, at } = this.conflict.theirs;
    if (this.unread) return this.unreadView();
    if (this.error) return failure(this.error, () => void this.compare());
    if (!this.all) return waiting();
    const left = this.left.length;
    return html`
      <p class="banner info">${editorIcons.info}<span>${t.conflictBy(editor ?? t.somebody, formatMoment(at))}</span></p>
      <p class="lead">${this.all.some(({ conflict }) => conflict) ? t.conflictKeys(this.all.filter(({ conflict }) => conflict).length) : t.conflictMerged}</p>
      <ul class="differences">${this.all.map((difference, place) => this.differenceView(difference, place))}</ul>
      <div class="row end"><a class="button" href=${this.edit}>${t.keepMine}</a>
        <button type="button" class="button primary" aria-disabled=${left ? "true" : "false"} aria-describedby="left" @click=${this.use}>${t.mergeUse}${editorIcons.right}</button></div>
      <p class="help" id="left" role="status">${left ? t.mergeMissing(left) : ""}</p>`;
  }

  private unreadView(): TemplateResult {
    return html`<p class="banner warn">${icons.warn}<span>${t.conflictUnread}</span></p>
      <section class="card"><h2>${t.columns.theirs}</h2><pre tabindex="0">${this.conflict.theirs.yaml}</pre></section>
      <div class="row end"><a class="button primary" href="${this.edit}?vy=yaml">${t.keepMine}</a></div>`;
  }

  private differenceView(difference: Difference, place: number): TemplateResult {
    const { key, conflict, choice } = difference;
    const label = t.labels[key] ?? key;
    const who = conflict ? t.bothChanged : choice === "theirs" ? t.onlyThey : t.onlyYou;
    return html`<li class="card difference ${conflict ? "conflict" : ""}"><h2>${label} <span class="tag ${conflict ? "warn" : ""}">${conflict ? icons.warn : nothing}${who}</span></h2>
      <div class="three">
        <div><h3>${t.columns.mine}</h3>${valueView(difference.mine)}</div>
        <div><h3>${t.columns.theirs}</h3>${valueView(difference.theirs)}</div>
        <div class="result"><h3>${t.columns.result}</h3>${choice ? valueView(chosen(difference)) : html`<p class="help">${t.notChosen}</p>`}</div>
      </div>
      <fieldset class="choices"><legend class="hidden">${t.choose(label)}</legend>${this.choicesView(difference, place)}</fieldset></li>`;
  }

  private choicesView(difference: Difference, place: number): TemplateResult[] {
    const options: Choice[] = canKeepBoth(difference) ? ["mine", "theirs", "both"] : ["mine", "theirs"];
    return options.map((option) => html`<label class="check"><input type="radio" name="choice-${place}" .checked=${live(difference.choice === option)}
      @change=${() => this.choose(place, option)}>${t.choices[option]}</label>`);
  }

  private get left(): Difference[] { return this.all?.filter(({ choice }) => !choice) ?? []; }

  private choose(place: number, choice: Choice): void {
    this.all = this.all!.map((difference, at) => (at === place ? { ...difference, choice } : difference));
  }

  private readonly use = (): void => {
    if (this.left.length || !this.all) return;
    const { yaml, version } = this.conflict.theirs;
    const change: Partial<Work> = {
      form: "form", fields: merged(this.theirs, this.all), yaml, base: yaml, stale: true, version, opened: { yaml, fields: this.theirs },
    };
    this.dispatchEvent(new CustomEvent("merged", { detail: change }));
  };

  /** Both texts as fields; what both began with is what was opened. */
  private async compare(): Promise<void> {
    this.error = null;
    try {
      const { yaml, version } = this.conflict.theirs;
      const [mine, theirs] = await Promise.all([
        this.app.api.check(this.draft), this.app.api.check({ entry: this.draft.entry, file: this.draft.file, version, yaml }),
      ]);
      this.unread = !mine.fields || !theirs.fields;
      if (!mine.fields || !theirs.fields) return;
      this.theirs = theirs.fields;
      this.all = differences(this.opened.fields, mine.fields, theirs.fields);
    } catch (error) {
      this.error = error;
    }
  }
}

function valueView(value: unknown): TemplateResult {
  if (value === undefined || value === null || value === "") return html`<p class="help">${t.emptyValue}</p>`;
  if (Array.isArray(value)) return html`<ul>${value.map((one) => html`<li>${inWords(one)}</li>`)}</ul>`;
  return html`<p class="value">${inWords(value)}</p>`;
}

function inWords(value: unknown): string {
  if (typeof value === "object" && value !== null) return Object.values(value).map(inWords).join(" · ");
  return String(value);
}

define("kommun-editor-merge", MergePanel);
