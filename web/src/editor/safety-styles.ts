import { css } from "lit";

export const safetyStyles = css`
  .signs { display: grid; gap: 8px; margin: 8px 0 0; }
  .signs > div { display: grid; grid-template-columns: minmax(9em, 1fr) 3fr; gap: 4px 16px; }
  .signs dd { margin: 0; grid-column: -2; }
  .rule + .rule { margin-top: 14px; }
  .bubble { max-width: 46em; white-space: pre-line; }
  summary { min-height: 44px; display: flex; align-items: center; cursor: pointer; font-weight: 600; }
  .phrases { margin: 0; padding-inline-start: 1.2em; overflow-wrap: anywhere; font-size: 0.95em; }
  .phrases li + li { margin-top: 2px; }
  @media (width < 480px) { .signs > div { grid-template-columns: 1fr; } }
`;
