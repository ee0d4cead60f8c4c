import { css } from "lit";

export const errandsStyles = css`
  .page { max-width: 900px; margin-inline: auto; padding: 16px 20px 32px; display: flex; flex-direction: column; gap: 14px; }
  h2 { font-size: 1.3em; }
  h2:focus, h3:focus { outline: none; }
  .look-up label { flex-basis: 100%; }
  .look-up input { flex: 1 1 160px; width: auto; max-width: 260px; }
  .errands { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 10px; }
  .errand { display: flex; flex-direction: column; gap: 6px; padding: 12px 16px; background: var(--k-surface); border: 1px solid var(--k-line); border-radius: 14px; overflow-wrap: anywhere; }
  .errand.overdue { border-color: var(--k-bad-line); border-inline-start-width: 5px; }
  .reference { font-variant-numeric: tabular-nums; letter-spacing: 0.02em; }
  .text { white-space: pre-wrap; }
  .finish { margin-top: 6px; padding-top: 10px; border-top: 1px solid var(--k-line); }
  .history { display: flex; flex-direction: column; gap: 10px; padding: 12px 16px 16px; border: 2px solid var(--k-accent); border-radius: 16px; }
  .log { max-height: 50vh; overflow-y: auto; }
  .done:empty { display: none; }
  .done { font-weight: 600; }
  @media (max-width: 760px) { .page { padding-inline: 12px; } .log { max-height: none; } }
`;
