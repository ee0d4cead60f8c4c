import { css } from "lit";

export const deskStyles = css`
  :host {
    display: block; height: 100%; background: var(--k-bg); color: var(--k-text); line-height: 1.5;
    font-family: -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  }
  h1, h2, h3, p { margin: 0; }
  .mark { display: grid; place-items: center; width: 40px; height: 40px; border-radius: 12px; background: rgb(255 255 255 / 16%); }
  .alert {
    padding: 8px 12px; border-radius: 12px; border: 1px solid var(--k-bad-line);
    background: var(--k-bad-bg); color: var(--k-bad-text); margin-bottom: 10px;
  }
  .none { color: var(--k-muted); font-size: 0.95em; padding: 4px 16px 8px; }

  .wait, .login { min-height: 100%; display: grid; grid-template-columns: minmax(0, 1fr); place-items: center; align-content: center; padding: 24px; gap: 8px; }
  .login { background: linear-gradient(150deg, var(--k-bar), var(--k-bar-end)); }
  .login form {
    width: min(380px, 100%); background: var(--k-surface); padding: 32px; border-radius: 20px; box-shadow: var(--k-shadow);
    display: flex; flex-direction: column;
  }
  .login .mark { background: var(--k-soft); color: var(--k-accent); width: 52px; height: 52px; border-radius: 16px; margin-bottom: 14px; }
  .login .mark svg { width: 30px; height: 30px; }
  .login h1 { font-size: 1.6em; line-height: 1.2; }
  .login form > p { color: var(--k-muted); margin: 6px 0 14px; }
  .login label { font-weight: 600; margin: 12px 0 4px; }
  .login input {
    width: 100%; min-height: 48px; padding: 8px 14px; border: 1px solid var(--k-control); border-radius: 12px;
    background: var(--k-bg); color: var(--k-text);
  }
  .login .button { margin-top: 22px; min-height: 48px; }

  .desk {
    height: 100%; display: grid; grid-template: auto auto minmax(0, 1fr) / 320px minmax(0, 1fr) 340px;
    grid-template-areas: "top top top" "notice notice notice" "lists middle side";
  }
  .desk:not(.has-open) { grid-template-areas: "top top top" "notice notice notice" "lists middle middle"; }
  .top {
    grid-area: top; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; padding: 8px 18px;
    background: linear-gradient(115deg, var(--k-bar), var(--k-bar-end)); color: var(--k-on-bar);
  }
  .top h1 { font-size: 1.15em; font-weight: 650; margin-inline-end: auto; }
  .top .agent { font-weight: 600; }
  .top .button { color: inherit; border-color: rgb(255 255 255 / 55%); }
  .top .button:hover { background: rgb(255 255 255 / 16%); }
  .top :focus-visible { outline-color: var(--k-on-bar); box-shadow: none; }
  .connection { display: inline-flex; align-items: center; gap: 8px; font-size: 0.9em; padding: 4px 12px; border-radius: 999px; background: rgb(0 0 0 / 22%); }
  .dot { width: 10px; height: 10px; border-radius: 50%; background: #f0b429; }
  .connection.online .dot { background: #4fd08b; }
  .connection.polling .dot { background: #8fd3ff; }
  .trouble {
    flex-basis: 100%; display: flex; gap: 8px; align-items: center; padding: 8px 12px; border-radius: 10px;
    background: var(--k-warn-bg); color: var(--k-warn-text); font-size: 0.92em;
  }

  .notice { grid-area: notice; }
  .notice .alert { margin: 10px 16px; }

  .lists { grid-area: lists; overflow-y: auto; border-inline-end: 1px solid var(--k-line); background: var(--k-surface); padding: 12px 0; }
  .lists h2 { font-size: 1em; padding: 8px 16px; display: flex; align-items: center; gap: 8px; }
  .lists h2:focus { outline: none; }
  .count { min-width: 26px; padding: 1px 8px; border-radius: 999px; background: var(--k-soft); font-size: 0.85em; text-align: center; font-variant-numeric: tabular-nums; }
  .lists section + section { border-top: 1px solid var(--k-line); margin-top: 12px; padding-top: 8px; }
  .queue-head { display: flex; align-items: center; justify-content: space-between; padding-inline-end: 16px; margin-bottom: 6px; }
  .lists ul { list-style: none; margin: 0; padding: 0 8px; display: flex; flex-direction: column; gap: 4px; }
  .item {
    display: flex; flex-direction: column; gap: 4px; width: 100%; min-height: 44px; padding: 10px 12px; text-align: start; cursor: pointer;
    border: 1px solid transparent; border-radius: 12px; background: transparent; border-inline-start: 4px solid transparent;
  }
  .item:hover { background: var(--k-soft); }
  .item[aria-current="true"] { background: var(--k-soft); border-inline-start-color: var(--k-accent); }
  .question { overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow-wrap: anywhere; line-height: 1.35; font-weight: 550; }
  .facts { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; font-size: 0.84em; color: var(--k-muted); }
  .since { display: inline-flex; align-items: center; gap: 4px; font-variant-numeric: tabular-nums; }
  .topic { padding: 0 8px; border-radius: 999px; border: 1px solid var(--k-line); }
  .unread { padding: 1px 9px; border-radius: 999px; background: var(--k-accent); color: var(--k-on-accent); font-weight: 650; }
  .queued { border: 1px solid var(--k-line); border-radius: 14px; padding: 2px 2px 10px; }
  .queued > .button { margin-inline-start: 14px; }
  .lists ul:has(.queued) { gap: 8px; }

  .middle { grid-area: middle; display: flex; flex-direction: column; min-width: 0; min-height: 0; }
  .empty { margin: auto; padding: 32px; text-align: center; color: var(--k-muted); display: grid; gap: 8px; }
  .head { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 10px 20px; border-bottom: 1px solid var(--k-line); background: var(--k-surface); }
  .head h2 { flex: 1 1 220px; min-width: 0; font-size: 1.05em; line-height: 1.35; overflow-wrap: anywhere; }
  .back { display: none; }
  .moves { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
  .log { flex: 1; min-height: 0; overflow-y: auto; padding: 20px; }
  .log:focus-visible { outline-offset: -4px; box-shadow: none; }
  .messages { max-width: 860px; margin-inline: auto; }
  .message { max-width: min(80%, 36rem); }
  .typing { max-width: 860px; margin: 8px auto 0; min-height: 1.6em; font-size: 0.9em; color: var(--k-muted); }
  .foot { padding: 12px 20px 16px; background: var(--k-surface); border-top: 1px solid var(--k-line); }
  .foot > * { max-width: 860px; margin-inline: auto; }
  .preview { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 10px; color: var(--k-muted); }

  .side { grid-area: side; overflow-y: auto; padding: 16px 20px 24px; border-inline-start: 1px solid var(--k-line); background: var(--k-surface); }
  .side h2 { font-size: 1.05em; }
  .side h3 { font-size: 0.84em; color: var(--k-muted); font-weight: 600; margin-bottom: 4px; }
  .side section { margin-top: 16px; padding-top: 14px; border-top: 1px solid var(--k-line); overflow-wrap: anywhere; }
  .side ol, .side ul { margin: 0; padding-inline-start: 1.25em; }
  .side li + li { margin-top: 8px; }
  .side li a { display: inline-block; vertical-align: top; padding-block: 0 4px; }
  .lead { font-weight: 600; }
  .sub { display: block; font-size: 0.86em; color: var(--k-muted); }
  .meter { display: flex; align-items: center; gap: 10px; margin-top: 6px; font-size: 0.92em; }
  meter { width: 110px; height: 14px; }

  @media (max-width: 1180px) {
    .desk { grid-template: auto auto minmax(0, 1fr) minmax(0, 34%) / 300px minmax(0, 1fr); grid-template-areas: "top top" "notice notice" "lists middle" "lists side"; }
    .desk:not(.has-open) { grid-template: auto auto minmax(0, 1fr) / 300px minmax(0, 1fr); grid-template-areas: "top top" "notice notice" "lists middle"; }
    .side { border-inline-start: 0; border-top: 1px solid var(--k-line); }
  }
  /* Small screens and 400 % zoom: one column that scrolls as a page. */
  @media (max-width: 760px) {
    .desk, .desk:not(.has-open) { display: block; height: auto; min-height: 100%; }
    .desk.has-open .lists { display: none; }
    .notice { position: sticky; top: 0; z-index: 1; }
    .back { display: inline-flex; }
    .lists { border: 0; }
    .top { padding-inline: 12px; }
    .top .mark, .top .agent { display: none; }
    .head, .log, .foot { padding-inline: 12px; }
    .log { overflow: visible; }
    .message { max-width: 92%; }
    .foot { position: sticky; bottom: 0; }
  }
  @media (max-height: 420px) { .foot { padding-block: 6px; } }
  @media (forced-colors: active) {
    .item[aria-current="true"] { border: 3px solid Highlight; }
    .unread, .count, .connection, .alert { border: 1px solid CanvasText; }
    .top { border-bottom: 2px solid CanvasText; }
    .dot { forced-color-adjust: none; }
  }
`;
