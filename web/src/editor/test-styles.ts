import { css } from "lit";

export const testStyles = css`
  :host { display: flex; flex-direction: column; gap: 12px; }
  .busy { display: flex; align-items: center; gap: 10px; color: var(--k-muted); }
  .busy:empty { display: none; }
  .answers { display: grid; gap: 18px; }
  :host([wide]) .answers.two { grid-template-columns: repeat(auto-fit, minmax(min(100%, 360px), 1fr)); }
  .answer { display: flex; flex-direction: column; gap: 8px; min-width: 0; }
  .answer + .answer { border-top: 1px solid var(--k-line); padding-top: 16px; }
  .answer > .of { font-size: 0.9em; font-weight: 620; color: var(--k-muted); }
  .outcome { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
  .sure { display: inline-flex; align-items: center; gap: 8px; font-size: 0.92em; }
  meter { width: 84px; height: 12px; }
  :host(:not([wide])) .bubble { max-height: 18em; overflow-y: auto; }
  .words dl { display: grid; gap: 2px; font-size: 0.92em; }
  .words dt { font-weight: 620; margin-top: 6px; }
  .words dd { color: var(--k-muted); }
  .why table { font-size: 0.9em; margin-top: 6px; }
`;
