import { css } from "lit";

/** The card with the ways to a person, and what shows that one waits or must answer. */
export const waitingStyles = css`
  .handover {
    display: flex; flex-direction: column; gap: 10px; margin-top: 14px; padding: 12px 14px 14px;
    border: 1px solid var(--k-accent); border-radius: 16px; background: var(--k-surface);
  }
  .handover h3 { font-size: 1em; line-height: 1.3; width: fit-content; }
  .options { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 8px; }
  .options .button { width: 100%; justify-content: flex-start; gap: 0.7em; text-align: start; border-radius: 14px; padding-block: 0.5em; }
  .options .button.quiet { color: var(--k-link); }
  .options .help { display: block; font-weight: 400; }
  .handover .help { font-size: 0.88em; color: var(--k-muted); }
  .call { display: inline-flex; align-items: center; gap: 0.4em; min-height: 44px; vertical-align: middle; font-weight: 600; white-space: nowrap; }

  .errand { display: flex; flex-direction: column; gap: 6px; }
  .errand label { font-weight: 600; font-size: 0.92em; margin-top: 4px; }
  .errand input, .errand textarea {
    width: 100%; min-height: 48px; padding: 10px 14px; border-radius: 14px; border: 1px solid var(--k-control);
    background: var(--k-surface); color: var(--k-text); line-height: 1.4;
  }
  .errand textarea { field-sizing: content; max-height: 160px; resize: vertical; }
  .errand [aria-invalid="true"] { border: 2px solid var(--k-bad-line); }
  .errand .problem { color: var(--k-bad-text); font-size: 0.9em; font-weight: 600; }
  .errand .row { margin-top: 6px; }

  .instead { flex-direction: row; flex-wrap: wrap; margin-top: 14px; }
  .state.wide { flex-wrap: wrap; }
  .state.wide > div { flex: 1 1 15em; }
  .state.wide > svg { align-self: flex-start; margin-top: 0.15em; }
  .closing .left { font-variant-numeric: tabular-nums; }

  .state.wide .button { flex: 0 1 auto; }
  @media (max-width: 480px) { .state.wide .button { flex-grow: 1; } }
  @media (max-height: 420px) { .state.wide { gap: 4px 10px; padding-block: 4px; margin-bottom: 4px; } }
  @media (forced-colors: active) {
    .handover, .closing { border: 1px solid CanvasText; }
    .errand [aria-invalid="true"] { border: 3px solid Highlight; }
  }
`;
