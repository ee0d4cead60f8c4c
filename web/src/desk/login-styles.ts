import { css } from "lit";

/** The page before anybody is logged in. */
export const loginStyles = css`
  :host {
    display: block; height: 100%; background: var(--k-bg); color: var(--k-text); line-height: 1.5;
    font-family: -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  }
  h1, p { margin: 0; }
  .mark { display: grid; place-items: center; width: 52px; height: 52px; border-radius: 16px; background: var(--k-soft); color: var(--k-accent); margin-bottom: 14px; }
  .mark svg { width: 30px; height: 30px; }
  .alert {
    padding: 8px 12px; border-radius: 12px; border: 1px solid var(--k-bad-line);
    background: var(--k-bad-bg); color: var(--k-bad-text); margin-bottom: 10px;
  }
  .wait, .login { min-height: 100%; display: grid; grid-template-columns: minmax(0, 1fr); place-items: center; align-content: center; padding: 24px; gap: 8px; }
  .login { background: linear-gradient(150deg, var(--k-bar), var(--k-bar-end)); }
  .login form {
    width: min(380px, 100%); background: var(--k-surface); padding: 32px; border-radius: 20px; box-shadow: var(--k-shadow);
    display: flex; flex-direction: column;
  }
  .login h1 { font-size: 1.6em; line-height: 1.2; }
  .login form > p { color: var(--k-muted); margin: 6px 0 14px; }
  .login label { font-weight: 600; margin: 12px 0 4px; }
  .login input {
    width: 100%; min-height: 48px; padding: 8px 14px; border: 1px solid var(--k-control); border-radius: 12px;
    background: var(--k-bg); color: var(--k-text);
  }
  .login .button { margin-top: 22px; min-height: 48px; }
  @media (forced-colors: active) { .alert { border: 1px solid CanvasText; } }
`;
