import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { css, html, LitElement, type PropertyValues } from "lit";
import { property, query } from "lit/decorators.js";
import { define } from "../shared/define";
import { base, tokens } from "../shared/tokens";
import { editorTexts as t } from "../texts/sv-editor";
import type { Finding } from "./model";

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--k-link)", fontWeight: "600" },
  { tag: tags.definition(tags.propertyName), color: "var(--k-link)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--k-muted)", fontStyle: "italic" },
  { tag: [tags.string, tags.content], color: "var(--k-text)" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket], color: "var(--k-muted)" },
]);

const LOOK = EditorView.theme({
  "&": { backgroundColor: "var(--k-bg)", color: "var(--k-text)", border: "1px solid var(--k-control)", borderRadius: "12px", overflow: "hidden", fontSize: "0.95em" },
  "&.cm-focused": { outline: "3px solid var(--k-focus)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace", lineHeight: "1.6", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--k-text)", padding: "10px 0" },
  ".cm-cursor": { borderLeftColor: "var(--k-text)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--k-bg)", color: "var(--k-muted)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--k-soft) 55%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--k-accent) 30%, transparent)" },
  ".cm-tooltip, .cm-panels": { backgroundColor: "var(--k-surface)", color: "var(--k-text)", borderColor: "var(--k-line)" },
  ".cm-panel input, .cm-panel button, .cm-panel label": { fontSize: "1em" },
  ".cm-textfield": { backgroundColor: "var(--k-bg)", border: "1px solid var(--k-control)", borderRadius: "6px", padding: "4px 8px" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--k-soft)", border: "1px solid var(--k-control)", borderRadius: "6px", padding: "4px 8px" },
  ".cm-searchMatch": { backgroundColor: "var(--k-warn-bg)", outline: "1px solid var(--k-warn-line)" },
});

/**
 * An entry's YAML with colours and findings. Tab moves on, as in every other field.
 *
 * @fires changed - the text was edited; detail is all of it
 */
export class CodeEditor extends LitElement {
  static override styles = [tokens, base, css`
    :host { display: block; min-width: 0; }
    :focus-visible { box-shadow: none; }
    .cm-content:focus-visible { outline: none; }
  `];

  @property({ attribute: false }) value = "";
  @property({ attribute: false }) findings: readonly Finding[] = [];
  /** The line of the entry in its file, where findings count from. */
  @property({ attribute: false }) begins = 1;
  @query(".place") private place!: HTMLElement;
  private view: EditorView | null = null;

  override render() { return html`<div class="place"></div>`; }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.view?.destroy();
    this.view = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.open();
  }

  protected override firstUpdated(): void { this.open(); }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.view) return;
    const now = this.view.state.doc.toString();
    if (changed.has("value") && this.value !== now) {
      this.view.dispatch({ changes: { from: 0, to: now.length, insert: this.value } });
    }
    if (changed.has("findings") || changed.has("value")) this.view.dispatch(setDiagnostics(this.view.state, this.diagnostics()));
  }

  /** Put the cursor at a line, counted from 1. */
  goTo(line: number): void {
    if (!this.view) return;
    const { doc } = this.view.state;
    const { from } = doc.line(Math.min(Math.max(1, line), doc.lines));
    this.view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    this.view.focus();
  }

  private open(): void {
    const state = EditorState.create({
      doc: this.value,
      extensions: [
        lineNumbers(), lintGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), highlightActiveLine(),
        highlightSelectionMatches(), yaml(), syntaxHighlighting(COLOURS), LOOK, EditorView.lineWrapping,
        EditorState.phrases.of(t.searchPhrases),
        keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ "aria-label": `${t.yamlLabel}. ${t.yamlHelp}`, spellcheck: "true", lang: "sv", tabindex: "0" }),
        EditorView.updateListener.of((update) => { if (update.docChanged) this.edited(update.state.doc.toString()); }),
      ],
    });
    this.view = new EditorView({ state, parent: this.place, root: this.renderRoot as ShadowRoot });
    this.view.dispatch(setDiagnostics(state, this.diagnostics()));
  }

  private edited(text: string): void {
    if (text !== this.value) this.dispatchEvent(new CustomEvent("changed", { detail: text }));
  }

  private diagnostics(): Diagnostic[] {
    const doc = this.view?.state.doc;
    if (!doc) return [];
    return this.findings.map(({ level, line, text }) => {
      const { from, to } = doc.line(Math.min(Math.max(1, line - this.begins + 1), doc.lines));
      return { from, to, severity: level === "fel" ? "error" : "warning", message: text };
    });
  }
}

define("kommun-editor-code", CodeEditor);
