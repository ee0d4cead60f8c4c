import { css } from "lit";

/** What every page of the editor is made of: headings, cards, fields, tags, banners. */
export const editorStyles = css`
  :host { display: block; color: var(--k-text); line-height: 1.5; }
  h1, h2, h3, p, dl, dd { margin: 0; }
  h1 { font-size: 1.7em; line-height: 1.2; font-weight: 680; letter-spacing: -0.01em; overflow-wrap: anywhere; }
  h1:focus, h2:focus { outline: none; }
  h2 { font-size: 1.1em; line-height: 1.35; font-weight: 650; }
  h3 { font-size: 0.9em; font-weight: 620; color: var(--k-muted); }
  code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.92em; }
  pre { margin: 8px 0 0; padding: 12px; overflow: auto; max-height: 24em; background: var(--k-bg); border: 1px solid var(--k-line); border-radius: 10px; line-height: 1.55; }
  summary { cursor: pointer; font-weight: 600; color: var(--k-link); padding: 6px 0; width: fit-content; }
  .page { max-width: 1180px; margin-inline: auto; padding: 28px 32px 56px; display: flex; flex-direction: column; gap: 18px; }
  .head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 12px 20px; }
  .lead { color: var(--k-muted); max-width: 46em; }
  .help { color: var(--k-muted); font-size: 0.92em; max-width: 48em; }
  .sub { display: block; color: var(--k-muted); font-size: 0.88em; }
  .crumb { margin-bottom: -8px; }
  .crumb a { display: inline-flex; align-items: center; gap: 4px; padding: 4px 8px 4px 0; text-decoration: none; font-weight: 550; }
  .crumb a:hover { text-decoration: underline; }
  .card { background: var(--k-surface); border: 1px solid var(--k-line); border-radius: 16px; padding: 20px 22px; }
  .row { display: flex; flex-wrap: wrap; align-items: center; gap: 10px; }
  .row.end { justify-content: flex-end; }
  .count { display: inline-block; min-width: 26px; padding: 0 9px; border-radius: 999px; background: var(--k-soft); font-size: 0.82em; line-height: 1.7; text-align: center; font-variant-numeric: tabular-nums; vertical-align: 0.08em; }
  .empty { padding: 44px 24px; text-align: center; color: var(--k-muted); border: 1px dashed var(--k-control); border-radius: 16px; display: grid; justify-items: center; gap: 12px; }
  .button.danger { border-color: var(--k-bad-line); color: var(--k-bad-text); }
  .button.danger:hover { background: var(--k-bad-bg); }
  .button.icon { padding: 0; border-color: transparent; background: transparent; color: var(--k-muted); }
  .button.icon:hover { background: var(--k-soft); color: var(--k-text); }
  .button.icon[aria-disabled="true"] { color: var(--k-line); }
  .button.primary[aria-disabled="true"] { background: var(--k-soft); border-color: var(--k-line); color: var(--k-muted); }
  .button.big { min-height: 50px; padding-inline: 1.8em; font-size: 1.05em; }
  .link { border: 0; padding: 0; background: none; text-align: start; color: var(--k-link); text-decoration: underline; text-underline-offset: 0.15em; cursor: pointer; }
  .tag { display: inline-flex; align-items: center; gap: 5px; padding: 1px 10px; border-radius: 999px; border: 1px solid var(--k-line); background: var(--k-bg); color: var(--k-text); font-size: 0.82em; line-height: 1.6; font-weight: 550; }
  .tag svg { width: 1.1em; height: 1.1em; }
  .tag.warn { background: var(--k-warn-bg); border-color: var(--k-warn-line); color: var(--k-warn-text); }
  .tag.bad { background: var(--k-bad-bg); border-color: var(--k-bad-line); color: var(--k-bad-text); }
  .tag.good { background: var(--k-mine); border-color: transparent; }
  .tag.draft { background: var(--k-soft); border-color: var(--k-accent); }
  .banner { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding: 12px 16px; border-radius: 14px; border: 1px solid var(--k-line); background: var(--k-surface); }
  .banner > p, .banner > span, .banner > div:not(.row) { flex: 1 1 240px; min-width: 0; }
  .banner.stacked { align-items: flex-start; }
  .banner ul { margin: 6px 0 0; padding-inline-start: 1.2em; }
  .banner.info { background: var(--k-soft); border-color: transparent; }
  .banner.warn { background: var(--k-warn-bg); border-color: var(--k-warn-line); color: var(--k-warn-text); }
  .banner.bad { background: var(--k-bad-bg); border-color: var(--k-bad-line); color: var(--k-bad-text); }
  .waiting { display: flex; align-items: center; gap: 16px; padding: 40px 8px; color: var(--k-muted); }
  .waiting strong { color: var(--k-text); font-weight: 600; }
  .spinner { flex: none; width: 24px; height: 24px; border-radius: 50%; border: 3px solid var(--k-line); border-top-color: var(--k-accent); animation: turn 0.9s linear infinite; }
  @keyframes turn { to { transform: rotate(1turn); } }
  .field { display: flex; flex-direction: column; gap: 5px; min-width: 0; border: 0; margin: 0; padding: 0; }
  .field > label, .field > legend { font-weight: 620; padding: 0; }
  .need { font-weight: 400; color: var(--k-muted); font-size: 0.9em; }
  input:not([type="checkbox"], [type="radio"]), textarea, select {
    width: 100%; min-height: 44px; padding: 8px 12px; border: 1px solid var(--k-control); border-radius: 10px;
    background: var(--k-bg); color: var(--k-text); font: inherit; line-height: 1.45;
  }
  textarea { field-sizing: content; resize: vertical; max-height: 60vh; }
  input[aria-invalid="true"], textarea[aria-invalid="true"] { border-color: var(--k-bad-line); border-width: 2px; }
  .check { display: inline-flex; align-items: center; gap: 10px; min-height: 44px; padding-inline-end: 14px; cursor: pointer; }
  .check input { width: 20px; height: 20px; margin: 0; flex: none; accent-color: var(--k-accent); }
  .checks .row { gap: 0 10px; }
  .with-button { display: flex; flex-wrap: wrap; gap: 8px; }
  .with-button > input, .with-button > select { flex: 1 1 170px; width: auto; }
  .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); gap: 16px 20px; align-items: end; }
  .finding { display: flex; gap: 8px; padding: 7px 12px; border-radius: 10px; margin-top: 4px; font-size: 0.94em; background: var(--k-warn-bg); color: var(--k-warn-text); }
  .finding svg { margin-top: 0.12em; }
  .finding.fel { background: var(--k-bad-bg); color: var(--k-bad-text); }
  .bubble { padding: 12px 16px; border-radius: 4px 16px 16px 16px; background: var(--k-bg); border: 1px solid var(--k-line); overflow-wrap: anywhere; }
  .bubble > * + * { margin-top: 0.65em; }
  .bubble ul, .bubble ol { padding-inline-start: 1.35em; margin-bottom: 0; }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
  th, td { text-align: start; vertical-align: top; padding: 8px 14px 8px 0; border-bottom: 1px solid var(--k-line); }
  tr:last-child > * { border-bottom: 0; }
  thead th { font-size: 0.86em; color: var(--k-muted); font-weight: 600; }
  tbody th { font-weight: 500; min-width: 14em; }
  .n { text-align: end; }
  .diff { overflow: auto; max-height: 70vh; border: 1px solid var(--k-line); border-radius: 12px; margin-top: 12px; font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.88em; line-height: 1.6; }
  .diff ol { list-style: none; margin: 0; padding: 8px 0; }
  .diff li { display: flex; padding: 0 14px; white-space: pre-wrap; overflow-wrap: anywhere; min-height: 1.6em; }
  .diff .sign { flex: none; width: 1.6em; font-weight: 700; }
  .diff .gone { background: var(--k-bad-bg); color: var(--k-bad-text); }
  .diff .new { background: var(--k-mine); }
  .diff .fold { color: var(--k-muted); background: var(--k-bg); padding-block: 2px; padding-inline-start: calc(14px + 1.6em); font-style: italic; }
  @media (max-width: 760px) {
    .page { padding: 20px 14px 40px; gap: 14px; }
    .card { padding: 16px 14px; border-radius: 14px; }
    h1 { font-size: 1.4em; }
  }
  @media (forced-colors: active) {
    .tag, .card, .banner, .finding { border: 1px solid CanvasText; }
    .diff .gone { text-decoration: line-through; }
  }
`;
