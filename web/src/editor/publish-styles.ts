import { css } from "lit";

export const publishStyles = css`
  :host { display: flex; flex-direction: column; gap: 18px; }
  .weight h2 { display: flex; align-items: center; gap: 10px; }
  .weight.blocks { border-color: var(--k-bad-line); border-inline-start-width: 6px; }
  .weight.blocks h2 svg { color: var(--k-bad-line); }
  .weight.confirm { border-color: var(--k-warn-line); border-inline-start-width: 6px; }
  .weight.confirm h2 svg { color: var(--k-warn-line); }
  .items { list-style: none; margin: 12px 0 0; padding: 0; }
  .items > li { padding: 12px 0; display: flex; flex-direction: column; gap: 6px; }
  .items > li + li { border-top: 1px solid var(--k-line); }
  .asked q { font-weight: 620; }
  .told { max-width: 56em; }
  .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); gap: 8px 16px; font-size: 0.94em; }
  .sides > div { background: var(--k-bg); border-radius: 10px; padding: 8px 12px; }
  .sides dt { color: var(--k-muted); font-size: 0.86em; }
  .calm { display: flex; gap: 16px; align-items: center; }
  .calm > svg { width: 32px; height: 32px; color: var(--k-good); }
  .publish { display: flex; flex-direction: column; gap: 14px; align-items: flex-start; border-color: var(--k-accent); }
  .publish .field { width: 100%; }
  label.confirm { font-weight: 600; }
  .done { text-align: center; display: flex; flex-direction: column; align-items: center; gap: 10px; padding-block: 44px; }
  .done .mark { display: grid; place-items: center; width: 64px; height: 64px; border-radius: 50%; background: var(--k-good); color: var(--k-surface); }
  .done .mark svg { width: 34px; height: 34px; stroke-width: 3; }
  .done h2 { font-size: 1.5em; }
  .done .row { margin-top: 14px; justify-content: center; }
  .row.end > [role="alert"] { flex: 1 1 100%; }
`;
