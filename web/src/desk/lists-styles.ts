import { css } from "lit";
import { waitStyles } from "./wait-styles";

export const listsStyles = [waitStyles, css`
  .none { color: var(--k-muted); font-size: 0.95em; padding: 4px 16px 8px; }
  .lists { grid-area: lists; overflow-y: auto; border-inline-end: 1px solid var(--k-line); background: var(--k-surface); padding: 8px 0 12px; }
  .lists h2 { font-size: 1em; padding: 8px 16px; display: flex; align-items: center; gap: 8px; }
  .lists h2:focus { outline: none; }
  .count { min-width: 26px; padding: 1px 8px; border-radius: 999px; background: var(--k-soft); font-size: 0.85em; text-align: center; font-variant-numeric: tabular-nums; }
  .lists section + section { border-top: 1px solid var(--k-line); margin-top: 10px; padding-top: 6px; }
  .fold { display: flex; align-items: center; gap: 8px; width: calc(100% + 16px); min-height: 44px; padding: 0 8px; margin-inline: -8px; border: 0; border-radius: 12px; background: transparent; font-weight: inherit; text-align: start; cursor: pointer; }
  .lists h2:has(.fold) { padding-block: 0; }
  .fold:hover { background: var(--k-soft); }
  .fold::before { content: "▸"; content: "▸" / ""; color: var(--k-muted); }
  .fold[aria-expanded="true"]::before { content: "▾"; content: "▾" / ""; }
  .joined { font-weight: 650; border-color: var(--k-accent); color: var(--k-text); }
  .queue-head { display: flex; align-items: center; justify-content: space-between; padding-inline-end: 16px; margin-bottom: 6px; }
  .lists ul { list-style: none; margin: 0; padding: 0 8px; display: flex; flex-direction: column; gap: 4px; }
  .item {
    display: flex; flex-direction: column; gap: 4px; width: 100%; min-height: 44px; padding: 8px 12px; text-align: start; cursor: pointer;
    border: 1px solid transparent; border-radius: 12px; background: transparent; border-inline-start: 4px solid transparent;
  }
  .item:hover { background: var(--k-soft); }
  .item[aria-current="true"] { background: var(--k-soft); border-inline-start-color: var(--k-accent); }
  .question { overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow-wrap: anywhere; line-height: 1.35; font-weight: 600; }
  .question svg { vertical-align: -0.25em; }
  .last { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; font-size: 0.9em; color: var(--k-muted); }
  .facts { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; font-size: 0.84em; color: var(--k-muted); }
  .topic { display: inline-flex; align-items: center; gap: 4px; padding: 0 8px; border-radius: 999px; border: 1px solid var(--k-line); }
  .topic svg, .has-notes svg { width: 1em; height: 1em; }
  .topic.draft { border-style: dashed; border-color: var(--k-control); }
  .has-notes { display: inline-flex; align-items: center; gap: 3px; }
  .unread { padding: 1px 9px; border-radius: 999px; background: var(--k-accent); color: var(--k-on-accent); font-weight: 650; }
  .card { border: 1px solid var(--k-line); border-radius: 14px; padding: 2px 2px 8px; }
  .card > .button { margin-inline-start: 14px; }
  .lists ul:has(.card) { gap: 8px; }
  .offers { background: var(--k-warn-bg); color: var(--k-warn-text); margin: -8px 0 0; padding: 8px 0 12px; }
  .offer { background: var(--k-surface); color: var(--k-text); border: 2px solid var(--k-warn-line); }
  .answers { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 0 12px; }
  .to-errands ul { padding: 0; }
  .to-errands .item { margin-inline: 8px; width: calc(100% - 16px); }
  @media (max-width: 760px) { .lists { border: 0; } }
  @media (forced-colors: active) {
    .item[aria-current="true"] { border: 3px solid Highlight; }
    .unread, .count { border: 1px solid CanvasText; }
  }
`];
