import { css } from "lit";

export const mergeStyles = css`
  :host { display: flex; flex-direction: column; gap: 18px; }
  .differences { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 14px; }
  .difference.conflict { border-color: var(--k-warn-line); border-inline-start-width: 6px; }
  .difference h2 { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; }
  .three { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 230px), 1fr)); gap: 12px; margin-top: 12px; }
  .three > div { background: var(--k-bg); border: 1px solid var(--k-line); border-radius: 12px; padding: 10px 14px; min-width: 0; overflow-wrap: anywhere; }
  .three .result { border-color: var(--k-accent); background: var(--k-soft); }
  .three ul { margin: 4px 0 0; padding-inline-start: 1.2em; }
  .value { white-space: pre-wrap; margin-top: 4px; }
  .choices { border: 0; margin: 8px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 18px; }
  #left { text-align: end; max-width: none; min-height: 1.5em; margin-top: -10px; }
`;
