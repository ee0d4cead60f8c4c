import { Task } from "@lit/task";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { define } from "../shared/define";
import { icons } from "../shared/icons";
import { editorTexts as t } from "../texts/sv-editor";
import { formatMoment } from "./dates";
import { diffView } from "./diff-view";
import { historyStyles } from "./history-styles";
import { editorIcons } from "./icons";
import type { Previewed, Publication, PublicationFull } from "./model";
import { EditorPage } from "./page";
import { failure, waiting } from "./page-parts";
import { isMissing } from "./problem";
import { href } from "./router";
import "./publish-panel";

const UNDO = "aterstall";

/** One publication: who, when, why and what; and the way back to what was before it. */
export class PublicationPage extends EditorPage {
  static override styles = [...EditorPage.styles, historyStyles];

  @state() private undone = false;
  private readonly key = crypto.randomUUID();
  private readonly found = new Task(this, {
    task: ([id], { signal }) => this.app.api.publication(id, signal),
    args: () => [this.route.id ?? ""] as const,
  });

  override render() {
    return html`<div class="page">${this.found.render({
      pending: () => waiting(),
      complete: (found) => (this.route.step === UNDO ? this.undoView(found) : this.publicationView(found)),
      error: (error) => html`${this.backView()}${failure(error, () => void this.found.run())}`,
    })}</div>`;
  }

  private publicationView({ publication, before, after }: PublicationFull): TemplateResult {
    const { id, entry, file, at, editor, note, kind, commit } = publication;
    return html`${this.backView()}<h1 tabindex="-1">${t.kindsOf[kind]}: ${entry}</h1>
      <dl class="facts card"><div><dt>${t.who}</dt><dd>${editor}</dd></div><div><dt>${t.when}</dt><dd>${formatMoment(at)}</dd></div>
        <div><dt>${t.noteHead}</dt><dd>${note || t.noNote}</dd></div><div><dt>${t.file}</dt><dd><code>${file}</code></dd></div>
        ${commit ? html`<div><dt>Git</dt><dd><code>${commit.slice(0, 12)}</code></dd></div>` : nothing}</dl>
      <section class="card"><h2>${t.diff}</h2>${diffView(before ?? "", after ?? "", t.diff)}</section>
      <div class="row end">${kind === "remove" ? nothing : html`<a class="button" href=${href("fragor", entry)}>${t.toEntry}</a>`}
        <a class="button" href=${href("historik", null, null, { fraga: entry })}>${t.historyOf(entry)}</a>
        <a class="button primary" href=${href("historik", id, UNDO)}>${editorIcons.undo}${t.rollBack}</a></div>`;
  }

  private undoView({ publication, before, after }: PublicationFull): TemplateResult {
    const { id, entry } = publication;
    return html`${this.undone ? this.backView() : html`<p class="crumb"><a href=${href("historik", id)}>${icons.back}${t.toPublication}</a></p>`}
      <h1 tabindex="-1">${t.rollBackOf(entry)}</h1>
      <kommun-editor-publish .app=${this.app} .key=${this.key} .help=${before === null ? t.rollBackNew : t.rollBackHelp}
        .action=${t.rollBackDo} .noteLabel=${t.rollBackNote} .was=${after ?? ""} .becomes=${before ?? ""} .edit=${href("historik", id)}
        .done=${before === null ? t.liveRemoved : t.live} .load=${before === null ? null : () => this.preview(publication, before)}
        .send=${(key: string, note: string, confirmed: boolean) => this.app.api.rollBack(id, { id: key, note, confirmed })}
        @published=${() => { this.undone = true; }}></kommun-editor-publish>`;
  }

  private backView(): TemplateResult {
    return html`<p class="crumb"><a href=${href("historik")}>${icons.back}${t.views.historik}</a></p>`;
  }

  /** What was before, as a draft of what is there now; a removed entry comes back as a new one. */
  private async preview({ entry, file }: Publication, yaml: string): Promise<Previewed> {
    try {
      const { line, version } = await this.app.api.entry(entry);
      return await this.app.api.preview({ entry, file: line.file, version, yaml });
    } catch (error) {
      if (!isMissing(error)) throw error;
      return this.app.api.preview({ entry: null, file, version: null, yaml });
    }
  }
}

define("kommun-editor-publication", PublicationPage);
