import { html, LitElement, nothing, type TemplateResult } from "lit";
import { query, property, state } from "lit/decorators.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { mailAddress, phoneAddress } from "../shared/safe-url";
import { base } from "../shared/tokens";
import type { Person } from "../shared/types";
import { deskTexts as t } from "../texts/sv-desk";
import type { DeskApi } from "./desk-api";
import type { Place } from "./model";
import { partStyles } from "./part-styles";
import { told } from "./problem";
import { factsStyles } from "./side-styles";

const AGAIN_MS = 60_000; // places open and close by the minute
const TYPED_MS = 250;
const SHORTEST = 2; // letters that are worth a search

/** What is asked on the phone all day: what is open, and who answers for what. */
export class FactsBox extends LitElement {
  static override styles = [base, partStyles, factsStyles];

  @property({ attribute: false }) api!: DeskApi;
  @state() private places: readonly Place[] = [];
  @state() private people: readonly Person[] | null = null;
  @state() private problem = "";
  @query("input") private field!: HTMLInputElement;
  private timer: ReturnType<typeof setInterval> | undefined;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private searching: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    this.timer = setInterval(() => void this.load(), AGAIN_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    clearTimeout(this.typing);
    this.searching?.abort();
  }

  override render() {
    return html`<section aria-labelledby="places-title"><h3 id="places-title">${t.openNow}</h3>
      ${this.places.length ? html`<ul class="places">${this.places.map(placeView)}</ul>` : html`<p class="none">${t.factsNone}</p>`}</section>
    <section class="people"><label for="who">${t.peopleSearch}</label>
      <input id="who" type="search" autocomplete="off" @input=${this.typed}>
      <p class="help" role="status">${this.people === null ? "" : this.people.length ? t.peopleCount(this.people.length) : t.peopleNone}</p>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${this.people?.length ? html`<ul>${this.people.map(personView)}</ul>` : nothing}</section>`;
  }

  private async load(): Promise<void> {
    // what was known stays; the next minute asks again
    this.places = await this.api.facts().then(({ places }) => places, () => this.places);
  }

  private readonly typed = (): void => {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => void this.search(this.field.value.trim()), TYPED_MS);
  };

  private async search(words: string): Promise<void> {
    this.searching?.abort();
    this.problem = "";
    if (words.length < SHORTEST) {
      this.people = null;
      return;
    }
    const asked = (this.searching = new AbortController());
    try {
      const { people } = await this.api.people(words, asked.signal);
      if (!asked.signal.aborted) this.people = people;
    } catch (error) {
      if (!asked.signal.aborted) this.problem = told(error);
    }
  }
}

function placeView({ name, open, text }: Place): TemplateResult {
  return html`<li><strong>${name}</strong> <span class="tag ${open ? "good" : ""}">${open ? icons.check : icons.close}${open ? t.placeOpen : t.placeClosed}</span>
    <span class="sub">${text}</span></li>`;
}

function personView({ name, title, unit, phone, email, hours }: Person): TemplateResult {
  const call = phone && phoneAddress(phone);
  const mail = email && mailAddress(email);
  return html`<li><strong>${name || title}</strong><span class="sub">${[name ? title : "", unit].filter(Boolean).join(", ")}</span>
    ${phone ? html`<span class="way">${icons.phone}${call ? html`<a href=${call}>${phone}</a>` : phone}</span>` : nothing}
    ${email ? html`<span class="way">${icons.mail}${mail ? html`<a href=${mail}>${email}</a>` : email}</span>` : nothing}
    ${hours ? html`<span class="sub">${t.hours}: ${hours}</span>` : nothing}</li>`;
}

define("kommun-desk-facts", FactsBox);
