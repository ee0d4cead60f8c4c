import { css } from "lit";

export const historyStyles = css`
  .publications { list-style: none; margin: 0; padding: 0; background: var(--k-surface); border: 1px solid var(--k-line); border-radius: 16px; }
  .publications > li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 6px 24px; padding: 14px 20px; }
  .publications > li + li { border-top: 1px solid var(--k-line); }
  .what { flex: 1 1 300px; min-width: 0; overflow-wrap: anywhere; }
  .what a { font-weight: 600; text-decoration: none; display: inline-block; padding-block: 2px; }
  .what a:hover { text-decoration: underline; }
  .tags { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
  .kind-new { background: var(--k-mine); border-color: transparent; }
  .kind-remove { background: var(--k-bad-bg); border-color: var(--k-bad-line); color: var(--k-bad-text); }
  .kind-rollback { background: var(--k-warn-bg); border-color: var(--k-warn-line); color: var(--k-warn-text); }
  .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 220px), 1fr)); gap: 14px 24px; }
  .facts dt { color: var(--k-muted); font-size: 0.88em; }
  .facts dd { overflow-wrap: anywhere; font-weight: 550; }
`;
