import { css } from "lit";

/** The frame: bar, navigation, and the pages before anybody is logged in. */
export const shellStyles = css`
  :host {
    min-height: 100%; background: var(--k-bg);
    font-family: -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  }
  .mark { display: grid; place-items: center; width: 40px; height: 40px; border-radius: 12px; background: rgb(255 255 255 / 16%); flex: none; }
  .wait, .login { min-height: 100vh; display: grid; grid-template-columns: minmax(0, 1fr); place-items: center; align-content: center; padding: 24px; gap: 8px; }
  .login { background: linear-gradient(150deg, var(--k-bar), var(--k-bar-end)); }
  .login form { width: min(380px, 100%); background: var(--k-surface); padding: 32px; border-radius: 20px; box-shadow: var(--k-shadow); display: flex; flex-direction: column; }
  .login .mark { background: var(--k-soft); color: var(--k-accent); width: 52px; height: 52px; border-radius: 16px; margin-bottom: 14px; }
  .login .mark svg { width: 30px; height: 30px; }
  .login h1 { font-size: 1.6em; }
  .login h1 span { font-weight: 400; color: var(--k-muted); }
  .login form > p { color: var(--k-muted); margin: 6px 0 14px; }
  .login label { font-weight: 600; margin: 12px 0 4px; }
  .login .button { margin-top: 22px; min-height: 48px; }
  .alert { padding: 8px 12px; border-radius: 12px; border: 1px solid var(--k-bad-line); background: var(--k-bad-bg); color: var(--k-bad-text); }

  .shell { min-height: 100vh; display: grid; grid-template: auto minmax(0, 1fr) / 256px minmax(0, 1fr); grid-template-areas: "top top" "nav main"; }
  .top {
    grid-area: top; position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; padding: 8px 20px;
    background: linear-gradient(115deg, var(--k-bar), var(--k-bar-end)); color: var(--k-on-bar);
  }
  .product { font-size: 1.15em; font-weight: 650; margin-inline-end: auto; }
  .product span { font-weight: 400; opacity: 0.9; margin-inline-start: 4px; }
  .who { display: inline-flex; align-items: center; gap: 6px; font-weight: 600; }
  .top .button { color: inherit; border-color: rgb(255 255 255 / 55%); }
  .top .button:hover { background: rgb(255 255 255 / 16%); }
  .top :focus-visible { outline-color: var(--k-on-bar); box-shadow: none; }
  .skip { position: absolute; inset-inline-start: 12px; top: -80px; background: var(--k-bar); z-index: 4; }
  .skip:focus { top: 8px; }
  .menu { display: none; }
  nav { grid-area: nav; border-inline-end: 1px solid var(--k-line); background: var(--k-surface); }
  nav ul { position: sticky; top: 60px; list-style: none; margin: 0; padding: 16px 10px; display: flex; flex-direction: column; gap: 2px; }
  nav a { display: flex; align-items: center; gap: 12px; min-height: 46px; padding: 8px 14px; border-radius: 12px; color: var(--k-text); text-decoration: none; font-weight: 520; border-inline-start: 4px solid transparent; }
  nav a svg { color: var(--k-muted); }
  nav a:hover { background: var(--k-bg); }
  nav a[aria-current] { background: var(--k-soft); font-weight: 650; border-inline-start-color: var(--k-accent); }
  nav a[aria-current] svg { color: var(--k-accent); }
  main { grid-area: main; min-width: 0; }
  main:focus { outline: none; }
  main > .banner { margin: 18px 32px 0; }
  @media (max-width: 900px) {
    .shell { display: block; }
    .top { padding-inline: 12px; position: static; }
    .menu { display: inline-flex; }
    nav { display: none; border: 0; border-bottom: 1px solid var(--k-line); }
    nav.open { display: block; }
    nav ul { position: static; }
    main > .banner { margin-inline: 14px; }
  }
  @media (max-width: 620px) {
    .who, .top .mark, .product span { display: none; }
    .top { gap: 6px 8px; }
    .top .button { padding-inline: 0.75em; }
  }
  @media (forced-colors: active) { nav a[aria-current] { border: 3px solid Highlight; } .top { border-bottom: 2px solid CanvasText; } }
`;
