import { css } from "lit";

/** What sheets, forms and dialogs of the desk are made of. */
export const partStyles = css`
  :host { display: block; line-height: 1.5; }
  h2, h3, h4, p, dl, dd { margin: 0; }
  h3 { font-size: 1.02em; }
  .sheet { display: flex; flex-direction: column; gap: 8px; }
  .sheet-head { display: flex; align-items: center; justify-content: space-between; gap: 8px; }
  .row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; }
  .row.end { justify-content: flex-end; }
  .help, .none { color: var(--k-muted); font-size: 0.9em; }
  .sub { display: block; color: var(--k-muted); font-size: 0.86em; }
  .problem, .missing { display: flex; gap: 6px; align-items: center; color: var(--k-bad-text); font-weight: 600; font-size: 0.92em; }
  .banner { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 8px 12px; border-radius: 10px; background: var(--k-bad-bg); color: var(--k-bad-text); border: 1px solid var(--k-bad-line); }
  label, legend { font-weight: 600; font-size: 0.92em; padding: 0; }
  fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
  .fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr)); gap: 10px 14px; }
  .field { display: flex; flex-direction: column; gap: 3px; min-width: 0; }
  input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select {
    width: 100%; min-height: 44px; padding: 8px 12px; border: 1px solid var(--k-control); border-radius: 10px;
    background: var(--k-bg); color: var(--k-text); font: inherit; line-height: 1.4;
  }
  select { text-overflow: ellipsis; }
  textarea { resize: vertical; field-sizing: content; max-height: 30vh; }
  [aria-invalid="true"] { border: 2px solid var(--k-bad-line) !important; }
  .choices { display: flex; flex-wrap: wrap; gap: 4px 16px; }
  .check { display: inline-flex; align-items: center; gap: 8px; min-height: 44px; font-weight: 500; cursor: pointer; }
  input[type="range"] { accent-color: var(--k-accent); width: min(320px, 100%); min-height: 30px; }
  input[type="radio"], input[type="checkbox"] { width: 20px; height: 20px; margin: 0; flex: none; accent-color: var(--k-accent); }
  .tag { display: inline-flex; align-items: center; gap: 4px; padding: 0 8px; border-radius: 999px; border: 1px solid var(--k-line); font-size: 0.84em; font-weight: 550; }
  .tag.bad { background: var(--k-bad-bg); border-color: var(--k-bad-line); color: var(--k-bad-text); }
  .tag.good { background: var(--k-mine); border-color: transparent; }
  .tag svg { width: 1em; height: 1em; }
  .clamp { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; overflow-wrap: anywhere; }
  .options { list-style: none; margin: 0; padding: 0; overflow-y: auto; max-height: min(280px, 34vh); display: flex; flex-direction: column; gap: 2px; }
  .options li { padding: 8px 12px; border-radius: 10px; border: 2px solid transparent; cursor: pointer; }
  .options li:hover { background: var(--k-soft); }
  .options li[aria-selected="true"] { background: var(--k-soft); border-color: var(--k-accent); }
  .options .clamp { color: var(--k-muted); font-size: 0.92em; }
  @media (forced-colors: active) {
    .options li[aria-selected="true"] { border-color: Highlight; }
    .banner, .tag { border: 1px solid CanvasText; }
  }
`;
