import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { define } from "../shared/define";
import { formatDay } from "../shared/format";
import { icons } from "../shared/icons";
import { editorTexts as t } from "../texts/sv-editor";
import { today } from "./dates";
import {
  endsSoon, filterOf, FLAGS, hasEnded, isFiltered, ORDERS, queryOf, select, SOURCES, type Filter, type Flag,
} from "./filter";
import { editorIcons } from "./icons";
import { listStyles } from "./list-styles";
import type { EntryLine, EntryList, Finding } from "./model";
import { EditorPage } from "./page";
import { failure, waiting } from "./page-parts";
import { href } from "./router";
import type { Work } from "./work";

const PAGE = 60; // rows at first: what a screen or two hold

/** Every entry, searched, filtered and sorted; what is filtered stands in the address. */
export class EntriesPage extends EditorPage {
  static override styles = [...EditorPage.styles, listStyles];

  @state() private shown = PAGE;
  private readonly list = new Task(this, {
    task: ([app], { signal }) => app.api.entries(signal),
    args: () => [this.app] as const,
  });
  private readonly today = today();

  override render() {
    return html`<div class="page">
      <div class="head"><h1 tabindex="-1">${t.views.fragor}</h1>
        <a class="button primary" href=${href("fragor", "~")}>${editorIcons.plus}${t.newEntry}</a></div>
      ${this.draftsView()}
      ${this.list.render({
        pending: () => (this.list.value ? this.listView(this.list.value) : waiting()),
        complete: (found) => this.listView(found),
        error: (error) => failure(error, () => void this.list.run()),
      })}
    </div>`;
  }

  private listView({ entries, faults }: EntryList): TemplateResult {
    const filter = filterOf(this.route.query);
    const found = select(entries, filter, this.today);
    return html`${faultsView(faults)}
      ${this.filtersView(filter, entries)}
      <div class="found"><p role="status">${t.hits(found.length, entries.length)}</p>
        ${isFiltered(filter) ? html`<button type="button" class="button quiet" @click=${this.clear}>${icons.close}${t.clear}</button>` : nothing}</div>
      ${found.length ? html`<ul class="entries">${repeat(found.slice(0, this.shown), ({ id }) => id, (entry) => this.rowView(entry))}</ul>`
        : html`<div class="empty"><p>${entries.length ? t.noHits : t.noEntries}</p></div>`}
      ${found.length > this.shown ? html`<p class="more"><button type="button" class="button" @click=${this.more}>${t.more(
        Math.min(PAGE, found.length - this.shown))}</button></p>` : nothing}`;
  }

  private draftsView(): TemplateResult | typeof nothing {
    const works = this.app.works.all;
    if (!works.length) return nothing;
    return html`<section class="card drafts" aria-labelledby="drafts"><h2 id="drafts">${t.drafts}</h2><p class="help">${t.draftsHelp}</p>
      <ul>${works.map(([key, work]) => html`<li><a href=${href("fragor", key)}>${titleOf(work)}</a></li>`)}</ul></section>`;
  }

  private filtersView(filter: Filter, entries: readonly EntryLine[]): TemplateResult {
    const topics = sorted(new Map(entries.map(({ topic, topic_title }) => [topic, topic_title])));
    const owners = sorted(new Map(entries.map(({ owner }) => [owner, owner])));
    return html`<search class="filters card">
      <div class="field search"><label for="q">${t.search}</label>
        <span class="with-icon">${editorIcons.search}<input id="q" type="search" .value=${live(filter.text)} aria-describedby="q-help"
          @input=${(event: Event) => this.set({ text: valueOf(event) })}></span>
        <p class="help" id="q-help">${t.searchHelp}</p></div>
      <div class="selects">
        ${selectView("topic", t.topic, filter.topic, [["", t.all], ...topics], (topic) => this.set({ topic }))}
        ${selectView("owner", t.owner, filter.owner, [["", t.all], ...owners], (owner) => this.set({ owner }))}
        ${selectView("source", t.source, filter.source, SOURCES.map((one) => [one, t.sources[one]]), (source) => this.set({ source: source as Filter["source"] }))}
        ${selectView("order", t.order, filter.order, ORDERS.map((one) => [one, t.orders[one]]), (order) => this.set({ order: order as Filter["order"] }))}
      </div>
      <div class="chips" role="group" aria-label=${t.show}><span class="help" aria-hidden="true">${t.show}:</span>${FLAGS.map((flag) => html`
        <button type="button" class="chip" aria-pressed=${filter.flags.includes(flag) ? "true" : "false"}
          @click=${() => this.toggle(filter, flag)}>${filter.flags.includes(flag) ? icons.check : nothing}${t.flags[flag]}</button>`)}</div>
    </search>`;
  }

  private rowView(entry: EntryLine): TemplateResult {
    const { id, question, topic_title, owner, reviewed } = entry;
    return html`<li>
      <div class="what"><a href=${href("fragor", id)}>${question}</a><span class="sub">${topic_title} · ${owner} · <code>${id}</code></span></div>
      <div class="tags">${this.tagsView(entry)}<span class="sub">${t.reviewed(formatDay(reviewed))}</span></div>
    </li>`;
  }

  private tagsView(entry: EntryLine): TemplateResult {
    const { valid_to: to, valid_from: from } = entry;
    return html`
      ${this.app.works.get(entry.id) ? html`<span class="tag draft">${editorIcons.pen}${t.draft}</span>` : nothing}
      ${entry.findings ? html`<span class="tag warn">${icons.warn}${t.findings(entry.findings)}</span>` : nothing}
      ${to && endsSoon(entry, this.today) ? html`<span class="tag ${hasEnded(entry, this.today) ? "bad" : "warn"}">${icons.clock}${
        hasEnded(entry, this.today) ? t.ended(formatDay(to)) : t.endsOn(formatDay(to))}</span>` : nothing}
      ${from && from > this.today ? html`<span class="tag">${icons.clock}${t.beginsOn(formatDay(from))}</span>` : nothing}
      ${entry.risk === "hog" ? html`<span class="tag">${t.highRisk}</span>` : nothing}
      ${entry.hidden ? html`<span class="tag">${t.hidden}</span>` : nothing}
      ${entry.national ? html`<span class="tag">${t.national}</span>` : entry.overridden ? html`<span class="tag">${t.overridden}</span>` : nothing}`;
  }

  private set(change: Partial<Filter>): void {
    this.shown = PAGE;
    this.app.go(href("fragor", null, null, queryOf({ ...filterOf(this.route.query), ...change })), true);
  }

  private toggle({ flags }: Filter, flag: Flag): void {
    this.set({ flags: flags.includes(flag) ? flags.filter((one) => one !== flag) : [...flags, flag] });
  }

  private readonly clear = (): void => {
    this.set({ text: "", topic: "", owner: "", source: "", flags: [] });
    this.renderRoot.querySelector<HTMLElement>("#q")?.focus();
  };

  private readonly more = async (): Promise<void> => {
    const before = this.shown;
    this.shown += PAGE;
    await this.updateComplete;
    this.renderRoot.querySelectorAll<HTMLElement>(".entries .what a")[before]?.focus();
  };
}

function faultsView(faults: readonly Finding[]): TemplateResult | typeof nothing {
  if (!faults.length) return nothing;
  return html`<section class="banner bad stacked" aria-labelledby="faults">${icons.warn}<div><h2 id="faults">${t.faults}</h2><p>${t.faultsHelp}</p>
    <ul>${faults.map(({ file, line, text }) => html`<li><strong>${t.otherPlace(file, line)}</strong>: ${text}</li>`)}</ul></div></section>`;
}

function selectView(
  id: string, label: string, value: string, options: readonly (readonly [string, string])[], changed: (value: string) => void,
): TemplateResult {
  return html`<div class="field"><label for=${id}>${label}</label>
    <select id=${id} @change=${(event: Event) => changed(valueOf(event))}>${options.map(([key, text]) => html`
      <option value=${key} ?selected=${key === value}>${text}</option>`)}</select></div>`;
}

function titleOf({ fields, opened, entry }: Work): string {
  const question = fields?.["fraga"] ?? opened.fields["fraga"];
  return typeof question === "string" && question ? question : (entry ?? t.draftNew);
}

function sorted(names: Map<string, string>): [string, string][] {
  return [...names].sort(([, one], [, other]) => one.localeCompare(other, "sv"));
}

function valueOf(event: Event): string { return (event.target as HTMLInputElement).value; }

define("kommun-editor-entries", EntriesPage);
