import { css } from "lit";
import { waitStyles } from "./wait-styles";

export const paneStyles = [waitStyles, css`
  :host { display: block; min-width: 0; min-height: 0; line-height: 1.5; container-type: inline-size; }
  h2, p { margin: 0; }
  .pane { height: 100%; display: flex; flex-direction: column; min-width: 0; min-height: 0; border-top: 3px solid transparent; }
  :host([focused]) .pane { border-top-color: var(--k-accent); }
  .head { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 6px 16px 8px; border-bottom: 1px solid var(--k-line); background: var(--k-surface); }
  .head h2 {
    flex: 1 1 160px; min-width: 0; font-size: 1.02em; line-height: 1.35; overflow-wrap: anywhere;
    overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2;
  }
  .back { display: none; }
  .tool { padding: 0; min-width: 44px; }
  .propose { min-height: 44px; padding: 0 .5rem; font-size: inherit; }
  .pane-tools { display: flex; }
  .tool.chosen { background: var(--k-soft); color: var(--k-accent); border-color: var(--k-accent); }
  .state { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; font-size: 0.86em; color: var(--k-muted); }
  .state:not(:has(*)) { display: none; }
  .chip { display: inline-flex; align-items: center; gap: 4px; padding: 0 8px; border-radius: 999px; border: 1px solid var(--k-line); }
  .chip svg { width: 1em; height: 1em; }
  .chip.note { background: var(--k-warn-bg); border-color: var(--k-warn-line); color: var(--k-warn-text); }
  .moves { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; margin-inline-start: auto; }
  .moves .button { padding-inline: 0.8em; font-size: 0.94em; }
  .log { flex: 1 1 0; min-height: 90px; overflow-y: auto; padding: 16px; }
  .log:focus-visible { outline-offset: -4px; box-shadow: none; }
  .messages { max-width: 860px; margin-inline: auto; }
  .message { max-width: min(80%, 36rem); }
  .typing { max-width: 860px; margin: 8px auto 0; min-height: 1.6em; font-size: 0.9em; color: var(--k-muted); }
  .foot { padding: 10px 16px 14px; background: var(--k-surface); border-top: 1px solid var(--k-line); max-height: 66%; overflow-y: auto; }
  .foot > * { max-width: 860px; margin-inline: auto; }
  .preview { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 10px; color: var(--k-muted); }
  .row { display: flex; flex-wrap: wrap; gap: 8px; }
  .on-hold, .handed { display: flex; gap: 8px; align-items: flex-start; padding: 6px 10px; border-radius: 10px; background: var(--k-warn-bg); color: var(--k-warn-text); font-size: 0.92em; margin-bottom: 8px; overflow-wrap: anywhere; }
  .handed { border: 1px dashed var(--k-warn-line); }
  .advice:not(:empty) { display: flex; gap: 8px; align-items: flex-start; padding: 4px 4px 4px 10px; border: 1px dashed var(--k-warn-line); border-radius: 10px; background: var(--k-warn-bg); color: var(--k-warn-text); font-size: 0.92em; margin-bottom: 8px; overflow-wrap: anywhere; }
  .advice:has(div) > svg { margin-top: 12px; }
  .advice > div { flex: 1; min-width: 0; padding-block: 9px; white-space: pre-line; }
  .advice p + p { margin-top: 4px; }
  .joined { margin-bottom: 8px; }
  .joined p { flex: 1 1 200px; min-width: 0; display: flex; gap: 6px; }
  .writing { display: flex; align-items: flex-end; gap: 8px; }
  .writing kommun-composer { flex: 1; min-width: 0; }
  .replies { min-height: 48px; border-radius: 14px; }
  .suggestions { border: 1px solid var(--k-line); border-radius: 12px; background: var(--k-bg); margin-bottom: 8px; }
  .suggestions summary { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 8px; min-height: 40px; padding: 4px 12px; cursor: pointer; font-weight: 600; font-size: 0.92em; }
  .suggestions summary::before { content: "▸"; color: var(--k-muted); }
  .suggestions[open] summary::before { content: "▾"; }
  .suggestions ul { list-style: none; margin: 0; padding: 0; max-height: min(210px, 24vh); overflow-y: auto; }
  .suggestion { display: flex; align-items: center; gap: 10px; padding: 6px 12px; border-top: 1px solid var(--k-line); font-size: 0.92em; }
  .suggestion > div { flex: 1; min-width: 0; overflow-wrap: anywhere; }
  .clamp { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
  .sub { color: var(--k-muted); font-size: 0.9em; font-weight: 400; }
  @container (max-width: 480px) {
    .head, .log, .foot { padding-inline: 10px; }
    .message { max-width: 92%; }
    .moves { margin-inline-start: 0; }
    .suggestions summary .sub { display: none; }
  }
  @media (max-width: 760px) {
    .pane { height: auto; border-top: 0; }
    .back { display: inline-flex; }
    .head { padding-inline: 12px; }
    .log { overflow: visible; flex: none; padding-inline: 12px; }
    .foot { position: sticky; bottom: 0; max-height: 62vh; padding-inline: 12px; z-index: 1; }
  }
  @media (max-height: 420px) { .foot { padding-block: 6px; } .suggestions ul { max-height: 110px; } }
  @media (forced-colors: active) {
    :host([focused]) .pane { border-top-color: Highlight; }
    .tool.chosen { border: 3px solid Highlight; }
    .chip, .on-hold { border: 1px solid CanvasText; }
  }
`];
