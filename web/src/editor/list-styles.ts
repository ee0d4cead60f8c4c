import { css } from "lit";

export const listStyles = css`
  .filters { display: flex; flex-direction: column; gap: 16px; }
  .with-icon { position: relative; display: block; }
  .with-icon svg { position: absolute; inset-inline-start: 14px; top: 50%; translate: 0 -50%; color: var(--k-muted); pointer-events: none; }
  .with-icon input { padding-inline-start: 44px; min-height: 48px; }
  .selects { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 148px), 1fr)); gap: 12px 16px; }
  .chips { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
  .chip { display: inline-flex; align-items: center; gap: 6px; min-height: 40px; padding: 4px 14px; border-radius: 999px; border: 1px solid var(--k-control); background: var(--k-surface); cursor: pointer; font-weight: 520; }
  .chip:hover { background: var(--k-soft); }
  a.chip { color: inherit; text-decoration: none; }
  .chip[aria-pressed="true"], .chip[aria-current="page"] { background: var(--k-accent); border-color: var(--k-accent); color: var(--k-on-accent); }
  .chip svg { width: 1.1em; height: 1.1em; }
  .found { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px; min-height: 44px; margin-bottom: -10px; }
  .found p { font-weight: 600; }
  .entries { list-style: none; margin: 0; padding: 0; background: var(--k-surface); border: 1px solid var(--k-line); border-radius: 16px; }
  .card > .entries { border: 0; border-radius: 0; background: none; margin-top: 10px; }
  .entries > li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 24px; padding: 14px 20px; }
  .card > .entries > li { padding-inline: 0; }
  .entries > li + li { border-top: 1px solid var(--k-line); }
  .what { flex: 1 1 320px; min-width: 0; overflow-wrap: anywhere; }
  .what a { font-weight: 600; font-size: 1.02em; text-decoration: none; display: inline-block; padding-block: 2px; }
  .what a:hover { text-decoration: underline; }
  .tags { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; }
  .more { text-align: center; }
  .drafts { border-color: var(--k-accent); }
  .drafts ul { margin: 8px 0 0; padding-inline-start: 1.2em; }
  .drafts li { padding-block: 3px; }
  .cards { list-style: none; margin: 0; padding: 0; display: grid; gap: 14px; }
  .cards > .card { display: grid; gap: 10px; justify-items: start; }
  .gap .count { font-weight: 500; }
  .chip[aria-current="page"] .count { background: var(--k-on-accent); color: var(--k-accent); }
  .proposal .bubble { margin: 0; max-width: 46em; white-space: pre-line; }
  .quotes { margin: 0; padding-inline-start: 1.2em; }
  .quotes li + li { margin-top: 4px; }
  .notice.kris.now { border-color: var(--k-bad-line); border-inline-start-width: 6px; }
  .notice.ended h2 { color: var(--k-muted); }
  .notice .asks { font-weight: 600; }
`;
