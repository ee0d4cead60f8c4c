import { css } from "lit";

/** A wait: calm, soon too long, too long. Never by colour alone; the words say it too. */
export const waitStyles = css`
  .since { display: inline-flex; align-items: center; gap: 4px; font-variant-numeric: tabular-nums; }
  .since.soon, .since.late { padding: 0 8px; border-radius: 999px; font-weight: 650; border: 1px solid; }
  .since.soon { background: var(--k-warn-bg); border-color: var(--k-warn-line); color: var(--k-warn-text); }
  .since.late { background: var(--k-bad-bg); border-color: var(--k-bad-line); color: var(--k-bad-text); }
  .since svg { width: 1.1em; height: 1.1em; }
  .countdown { font-weight: 650; font-variant-numeric: tabular-nums; }
`;
