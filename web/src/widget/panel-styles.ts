import { css } from "lit";

export const panelStyles = css`
  :host {
    display: block; font-family: var(--kommun-chat-font, var(--kommun-look-font, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif));
    font-size: 16px; font-size: max(1rem, 16px); line-height: 1.5; color: var(--k-text); text-align: start;
  }
  .panel {
    position: relative; display: flex; flex-direction: column; height: 100%; overflow: hidden;
    background: var(--k-bg); border-radius: inherit;
  }
  h2, h3, p { margin: 0; }

  .bar {
    display: flex; align-items: center; padding-block: 10px; padding-inline: 12px 4px;
    background: linear-gradient(115deg, var(--k-bar), var(--k-bar-end)); color: var(--k-on-bar);
  }
  .bar h2 { font-size: 0.92em; text-wrap: balance; font-weight: 650; line-height: 1.25; }
  .bar p { font-size: 0.82em; line-height: 1.3; margin-top: 2px; }
  .names { flex: 1; min-width: 0; margin-inline: 10px 0; }
  .badge { width: 38px; height: 38px; flex: none; border-radius: 50%; display: grid; place-items: center; background: rgb(255 255 255 / 16%); }
  .badge svg { width: 24px; height: 24px; }
  .icon {
    width: 44px; height: 44px; flex: none; display: grid; place-items: center; padding: 0; cursor: pointer;
    border: 0; border-radius: 50%; background: transparent; color: inherit;
  }
  .icon:hover { background: rgb(255 255 255 / 18%); }
  .bar :focus-visible { outline-color: var(--k-on-bar); box-shadow: none; outline-offset: -3px; }

  .menu {
    padding: 12px 16px 14px; background: var(--k-surface); border-bottom: 1px solid var(--k-line);
    display: flex; flex-direction: column; gap: 8px; flex: 0 1 auto; min-height: 8em; max-height: 65%; overflow-y: auto;
  }
  .menu h3 { font-size: 0.92em; }
  .ways { list-style: none; margin: 0; padding: 0; }
  .ways li { display: flex; align-items: center; gap: 0.6em; min-height: 32px; font-size: 0.95em; }
  .ways a { display: inline-flex; align-items: center; gap: 0.6em; min-height: 44px; overflow-wrap: anywhere; }
  .row { display: flex; flex-wrap: wrap; gap: 8px; }
  .languages .chosen { border-color: var(--k-accent); background: var(--k-soft); }
  .offer { color: var(--k-link); }

  .leaving { font-size: 0.92em; }
  .way-out .button { border-color: var(--k-bad-line); }
  .foot > .way-out { margin-bottom: 8px; }
  .leaving .help { margin-top: 4px; font-size: 0.94em; color: var(--k-muted); }
  .leaving summary { width: fit-content; min-height: 44px; padding-block: 10px; color: var(--k-link); cursor: pointer; }
  .leaving ol { margin: 0; padding-inline-start: 1.4em; }
  .withheld {
    display: flex; flex-wrap: wrap; gap: 8px 10px; margin-bottom: 10px; padding: 10px 12px; border-radius: 12px;
    border: 1px solid var(--k-warn-line); background: var(--k-warn-bg); color: var(--k-warn-text); font-size: 0.92em; line-height: 1.4;
  }
  .withheld > div:not(.row) { flex: 1 1 12em; }
  .withheld h3 { font-size: 1em; margin-bottom: 6px; }
  .withheld > svg { margin-top: 0.15em; }
  .offer { margin-top: 0.7em; }

  /* a share of the screen: a percentage would be one of the list's own height */
  .notices { max-height: min(12em, 30vh); overflow-y: auto; list-style: none; margin: 0; padding: 0; font-size: 0.9em; line-height: 1.4; }
  .notices li { display: flex; gap: 10px; padding: 8px 14px; background: var(--k-warn-bg); color: var(--k-warn-text); border-bottom: 1px solid var(--k-warn-line); }
  .notices li.crisis { background: var(--k-bad-bg); color: var(--k-bad-text); border-color: var(--k-bad-line); }
  .notices svg { flex: none; margin-top: 0.15em; }
  .notices a { color: inherit; }

  /* positioned, so that what only readers hear scrolls with it instead of making the panel longer */
  .log { position: relative; flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px 14px 6px; }
  .log:focus-visible { outline-offset: -4px; box-shadow: none; }
  .typing { min-height: 1.6em; margin-top: 8px; font-size: 0.88em; color: var(--k-muted); }

  .start { margin-top: 10px; display: flex; flex-direction: column; gap: 8px; }
  .chips { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; align-items: flex-start; gap: 8px; }
  .chips .button { text-align: start; border-color: var(--k-accent); color: var(--k-text); font-weight: 500; }
  .greeting { font-weight: 600; }
  .notice { font-size: 0.88em; color: var(--k-muted); }
  .notice summary { display: list-item; cursor: pointer; min-height: 44px; padding-block: 11px; color: var(--k-link); width: fit-content; }

  .foot { padding: 10px 14px 8px; background: var(--k-surface); border-top: 1px solid var(--k-line); }
  .state {
    display: flex; align-items: center; gap: 10px; margin-bottom: 10px; padding: 8px 12px; border-radius: 12px;
    background: var(--k-soft); font-size: 0.9em; line-height: 1.4;
  }
  .state > div, .state > span { flex: 1; min-width: 0; }
  .state .button { flex: none; }
  .state.warn { background: var(--k-warn-bg); color: var(--k-warn-text); }
  .alert {
    margin-bottom: 10px; padding: 8px 12px; border-radius: 12px; border: 1px solid var(--k-bad-line);
    background: var(--k-bad-bg); color: var(--k-bad-text); font-size: 0.92em;
  }
  .actions { display: flex; flex-wrap: wrap; justify-content: center; align-items: center; margin-top: 8px; }
  .actions .button { color: var(--k-link); }

  /* 400 % zoom and small phones lying down: one page that scrolls, with the composer at hand. */
  @media (max-height: 420px) {
    .panel { overflow-y: auto; display: block; }
    .log { overflow: visible; min-height: 90px; }
    .foot { position: sticky; bottom: 0; padding-block: 6px; }
    .bar p, .badge, .state .more { display: none; }
    .bar { padding-block: 2px; }
  }
  @media (max-width: 340px) {
    .badge { display: none; }
    .state { flex-wrap: wrap; }
  }
  @media (forced-colors: active) {
    .bar { border-bottom: 2px solid CanvasText; }
    .icon { border: 1px solid ButtonText; }
    .state, .alert { border: 1px solid CanvasText; }
  }
`;
