import { css } from "lit";

/** The frame: bar, three columns, and one column on small screens. */
export const deskStyles = css`
  :host { display: block; height: 100%; background: var(--k-bg); color: var(--k-text); line-height: 1.5; }
  h1, h2, h3, p { margin: 0; }
  .mark { display: grid; place-items: center; width: 40px; height: 40px; border-radius: 12px; background: rgb(255 255 255 / 16%); }
  .alert {
    padding: 8px 12px; border-radius: 12px; border: 1px solid var(--k-bad-line);
    background: var(--k-bad-bg); color: var(--k-bad-text);
  }

  .desk {
    height: 100%; display: grid; grid-template: auto auto minmax(0, 1fr) / 320px minmax(0, 1fr);
    grid-template-areas: "top top" "notice notice" "lists middle";
  }
  .desk.has-side { grid-template-columns: 320px minmax(0, 1fr) 330px; grid-template-areas: "top top top" "notice notice notice" "lists middle side"; }
  .top {
    grid-area: top; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; padding: 8px 18px;
    background: linear-gradient(115deg, var(--k-bar), var(--k-bar-end)); color: var(--k-on-bar);
  }
  .top h1 { font-size: 1.15em; font-weight: 650; }
  .top .agent { font-weight: 600; }
  .top .button { color: inherit; border-color: rgb(255 255 255 / 55%); }
  .top .button:hover { background: rgb(255 255 255 / 16%); }
  .top :focus-visible { outline-color: var(--k-on-bar); box-shadow: none; }
  .tools { display: flex; margin-inline-start: auto; }
  .top .tool { border-color: transparent; padding: 0; }
  .top .tool[aria-pressed="true"] { background: rgb(255 255 255 / 18%); }
  .presence { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; min-width: 0; max-width: 100%; }
  .presence select {
    max-width: 100%; min-height: 44px; padding: 6px 12px; border-radius: 999px; border: 1px solid rgb(255 255 255 / 70%);
    background: var(--k-surface); color: var(--k-text); font: inherit; font-weight: 600;
  }
  .held { font-size: 0.92em; font-variant-numeric: tabular-nums; }
  .held.full { font-weight: 700; }
  .connection { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 2px 8px; font-size: 0.9em; padding: 4px 12px; border-radius: 999px; background: rgb(0 0 0 / 22%); }
  .age { font-variant-numeric: tabular-nums; opacity: 0.95; min-width: 12.5ch; }
  .dot { width: 10px; height: 10px; border-radius: 50%; background: #f0b429; }
  .connection.online .dot { background: #4fd08b; }
  .connection.polling .dot { background: #8fd3ff; }
  .trouble {
    flex-basis: 100%; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 4px 12px; border-radius: 10px;
    background: var(--k-warn-bg); color: var(--k-warn-text); font-size: 0.92em;
  }
  .top .trouble .button { border-color: currentColor; }

  .notice { grid-area: notice; }
  .notice .alert { margin: 8px 16px; }
  .message { font-size: 0.95em; color: var(--k-text); background: var(--k-soft); padding: 6px 18px; }
  .message:empty { padding: 0; }

  .middle { grid-area: middle; display: flex; flex-direction: column; min-width: 0; min-height: 0; }
  .panes { flex: 1; min-height: 0; display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); grid-template-rows: minmax(0, 1fr); }
  kommun-desk-pane + kommun-desk-pane { border-inline-start: 1px solid var(--k-line); }
  .empty { margin: auto; padding: 32px; text-align: center; color: var(--k-muted); display: grid; gap: 8px; }
  kommun-desk-errands { flex: 1; min-height: 0; overflow-y: auto; }

  @media (max-width: 1180px) {
    .desk { grid-template-columns: 300px minmax(0, 1fr); }
    .desk.has-side { grid-template: auto auto minmax(0, 1fr) minmax(0, 34%) / 300px minmax(0, 1fr); grid-template-areas: "top top" "notice notice" "lists middle" "lists side"; }
  }
  /* Small screens and 400 % zoom: one column that scrolls as a page. */
  @media (max-width: 760px) {
    .desk, .desk.has-side { display: block; height: auto; min-height: 100%; }
    .desk.has-open .lists { display: none; }
    .desk:not(.has-open) .middle > * { display: none; }
    .notice { position: sticky; top: 0; z-index: 2; }
    .panes { display: block; }
    .top { padding-inline: 12px; }
    .top .mark, .top .agent { display: none; }
    .tools { margin-inline-start: 0; }
  }
  @media (forced-colors: active) {
    .connection, .alert, .message:not(:empty) { border: 1px solid CanvasText; }
    .top { border-bottom: 2px solid CanvasText; }
    .dot { forced-color-adjust: none; }
  }
`;
