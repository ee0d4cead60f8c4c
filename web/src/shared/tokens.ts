import { css, unsafeCSS } from "lit";

const LIGHT = `
  --k-bg: #f3f8f8; --k-surface: #ffffff; --k-text: #12292d; --k-muted: #4a6468;
  --k-line: #d3e1e2; --k-control: #6b8589;
  --k-bar: var(--kommun-chat-bar, var(--kommun-look-bar, #0b4a57)); --k-bar-end: var(--kommun-chat-bar-end, var(--kommun-look-bar-end, #0f6a70));
  --k-on-bar: var(--kommun-chat-on-bar, var(--kommun-look-on-bar, #ffffff));
  --k-accent: var(--kommun-chat-accent, var(--kommun-look-accent, #0b6670)); --k-accent-hover: var(--kommun-chat-accent, var(--kommun-look-accent, #084f57));
  --k-on-accent: var(--kommun-chat-on-accent, var(--kommun-look-on-accent, #ffffff)); --k-soft: #e2f1f0;
  --k-link: #075e7a; --k-mine: #d9eeec; --k-human: #fdf1dc; --k-human-line: #e6cfa0;
  --k-warn-bg: #fff4d6; --k-warn-line: #c99a2e; --k-warn-text: #533a00;
  --k-bad-bg: #fdecea; --k-bad-line: #c0392b; --k-bad-text: #7d1a10;
  --k-good: #1d7a46; --k-focus: #0b4a57; --k-focus-ring: #ffffff;
  --k-shadow: 0 12px 40px rgb(9 45 52 / 22%), 0 2px 8px rgb(9 45 52 / 12%);
  color-scheme: light;
`;
const DARK = `
  --k-bg: #101b1e; --k-surface: #18272b; --k-text: #e6f0f0; --k-muted: #a6bcbe;
  --k-line: #2b4045; --k-control: #7f9a9d;
  --k-bar: var(--kommun-chat-bar, var(--kommun-look-bar, #0a343d)); --k-bar-end: var(--kommun-chat-bar-end, var(--kommun-look-bar-end, #0d4a50));
  --k-on-bar: var(--kommun-chat-on-bar, var(--kommun-look-on-bar, #f2fafa));
  --k-accent: var(--kommun-chat-accent, var(--kommun-look-accent, #63cfc4)); --k-accent-hover: var(--kommun-chat-accent, var(--kommun-look-accent, #86ded5));
  --k-on-accent: var(--kommun-chat-on-accent, var(--kommun-look-on-accent, #04282b)); --k-soft: #17393d;
  --k-link: #7fd0e8; --k-mine: #124247; --k-human: #3a2f1a; --k-human-line: #6b5629;
  --k-warn-bg: #3a300f; --k-warn-line: #b98f2f; --k-warn-text: #ffe6a8;
  --k-bad-bg: #41201c; --k-bad-line: #e57366; --k-bad-text: #ffd3cc;
  --k-good: #6fd39b; --k-focus: #9be7df; --k-focus-ring: #06191c;
  --k-shadow: 0 12px 40px rgb(0 0 0 / 55%), 0 2px 8px rgb(0 0 0 / 40%);
  color-scheme: dark;
`;

/**
 * Colours, checked to 4.5:1 for text and 3:1 for controls in both modes.
 *
 * A site changes the look with `--kommun-chat-bar`, `-bar-end`, `-on-bar`, `-accent`,
 * `-on-accent`, `-radius` and `-font`; without them the municipality's look decides, as
 * `--kommun-look-…`. `theme="light"` or `"dark"` on the host overrides the reader's system setting.
 */
export const tokens = css`
  :host { ${unsafeCSS(LIGHT)} }
  @media (prefers-color-scheme: dark) { :host { ${unsafeCSS(DARK)} } }
  :host([theme="light"]) { ${unsafeCSS(LIGHT)} }
  :host([theme="dark"]) { ${unsafeCSS(DARK)} }
`;

/** What every component needs: box model, focus, buttons, links, text for screen readers only. */
export const base = css`
  * { box-sizing: border-box; }
  [hidden] { display: none !important; }
  a { color: var(--k-link); text-underline-offset: 0.15em; }
  button, textarea, input { font: inherit; color: inherit; letter-spacing: inherit; }
  :focus-visible {
    outline: 3px solid var(--k-focus); outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--k-focus-ring);
  }
  .hidden {
    position: absolute; width: 1px; height: 1px; margin: -1px;
    overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }
  .button {
    display: inline-flex; align-items: center; justify-content: center; gap: 0.5em;
    min-height: 44px; min-width: 44px; padding: 0.45em 1em; border-radius: 999px;
    border: 1px solid var(--k-control); background: var(--k-surface); color: var(--k-text);
    font-weight: 550; line-height: 1.25; text-align: center; text-decoration: none; cursor: pointer;
    transition: background-color 0.15s, border-color 0.15s;
  }
  .button:hover { background: var(--k-soft); border-color: var(--k-accent); }
  .button.primary { background: var(--k-accent); border-color: var(--k-accent); color: var(--k-on-accent); }
  .button.primary:hover { background: var(--k-accent-hover); text-decoration: underline; }
  .button.quiet { border-color: transparent; background: transparent; }
  .button.quiet:hover { background: var(--k-soft); }
  .button[aria-disabled="true"] { cursor: default; opacity: 1; }
  svg { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor;
    stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
  .pointing:dir(rtl) { transform: scaleX(-1); }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation: none !important; transition: none !important; }
  }
  @media (forced-colors: active) {
    .button { border: 1px solid ButtonText; }
    :focus-visible { outline-color: Highlight; }
  }
`;
