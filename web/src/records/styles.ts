import { css } from "lit";

export const recordsStyles = css`
  .form { display: flex; flex-direction: column; gap: 14px; align-items: stretch; }
  .form > .row { align-items: end; }
  .ways { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 22px 28px; align-items: start; }
  .ways form { display: flex; flex-direction: column; gap: 8px; }
  .ways .period { grid-column: 1 / -1; flex-flow: row wrap; align-items: end; gap: 12px; border: 0; margin: 0; padding: 0; min-width: 0; }
  .period fieldset { flex: 0 1 auto; }
  .period > .field:last-child { flex: 1 1 280px; }
  .id { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.84em; color: var(--k-muted); overflow-wrap: anywhere; }
  .parts { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 12px; }
  .part { display: flex; flex-direction: column; gap: 8px; }
  .part.citizen { border-inline-start: 5px solid var(--k-accent); }
  .part.inner { background: var(--k-human); border-color: var(--k-human-line); }
  .over { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 6px 16px; }
  .part h2 { color: var(--k-text); font-size: 0.95em; }
  .part h2 time { font-weight: 400; color: var(--k-muted); margin-inline-end: 8px; }
  .text { white-space: pre-line; overflow-wrap: anywhere; }
  mark { background: var(--k-text); color: var(--k-surface); padding: 1px 3px; border-radius: 3px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
  .left-out { font-weight: 650; }
  .evidence { font-size: 0.88em; color: var(--k-muted); margin: 0; padding-inline-start: 1.2em; overflow-wrap: anywhere; }
  .part.inner .evidence, .part.inner h2 time { color: var(--k-text); }
  .marks { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 8px; }
  .marks li { display: inline-flex; align-items: center; gap: 8px; padding: 2px 4px 2px 12px; border: 1px solid var(--k-control); border-radius: 999px; background: var(--k-surface); max-width: 100%; }
  .marks .words { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 18em; }
  .marks .button { padding: 0 0.8em; }
  .marker { display: flex; flex-direction: column; gap: 12px; padding: 14px; border: 1px solid var(--k-accent); border-radius: 12px; background: var(--k-surface); }
  .marker textarea { max-height: 40vh; }
  .filters { flex-direction: row; flex-wrap: wrap; align-items: end; }
  .filters .field { flex: 1 1 180px; }
  .log td, .log th { padding-inline-end: 18px; }
  .log .id { display: block; }
  legend { font-weight: 620; }
  @media (forced-colors: active) { mark { forced-color-adjust: none; background: CanvasText; color: Canvas; } }
`;
