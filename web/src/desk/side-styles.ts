import { css } from "lit";

export const sideStyles = css`
  .side { grid-area: side; overflow-y: auto; padding: 10px 18px 24px; border-inline-start: 1px solid var(--k-line); background: var(--k-surface); }
  .side h2 { font-size: 1.05em; margin-bottom: 8px; }
  .side h3 { font-size: 0.84em; color: var(--k-muted); font-weight: 600; margin-bottom: 4px; }
  .side section { margin-top: 14px; padding-top: 12px; border-top: 1px solid var(--k-line); overflow-wrap: anywhere; }
  .side ol, .side ul { margin: 0; padding-inline-start: 1.25em; }
  .side li + li { margin-top: 8px; }
  .side li a { display: inline-block; vertical-align: top; padding-block: 0 4px; }
  .tabs { display: flex; gap: 4px; border-bottom: 1px solid var(--k-line); }
  .tab { min-height: 44px; padding: 6px 14px; border: 0; border-bottom: 3px solid transparent; background: transparent; font-weight: 600; color: var(--k-muted); cursor: pointer; }
  .tab[aria-selected="true"] { color: var(--k-text); border-bottom-color: var(--k-accent); }
  #side-panel { padding-top: 10px; }
  #side-panel:focus-visible { outline-offset: -3px; }
  .none { color: var(--k-muted); font-size: 0.95em; padding-block: 8px; }
  .lead { font-weight: 600; }
  .sub { display: block; font-size: 0.86em; color: var(--k-muted); }
  .meter { display: flex; align-items: center; gap: 10px; margin-top: 6px; font-size: 0.92em; }
  meter { width: 110px; height: 14px; }
  @media (max-width: 1180px) { .side { border-inline-start: 0; border-top: 1px solid var(--k-line); } }
  @media (max-width: 760px) { .side { padding-inline: 12px; } }
  @media (forced-colors: active) { .tab[aria-selected="true"] { border-bottom-color: Highlight; } }
`;

export const notesStyles = css`
  .notes { padding: 10px 12px 12px; border: 1px dashed var(--k-warn-line); border-radius: 12px; background: var(--k-warn-bg); color: var(--k-warn-text); }
  h3 { display: flex; align-items: center; gap: 6px; font-size: 0.95em; }
  .help, .sub { color: inherit; }
  ul { list-style: none; margin: 8px 0 0; padding: 0; display: flex; flex-direction: column; gap: 8px; max-height: 40vh; overflow-y: auto; }
  li { padding: 6px 10px; border-radius: 10px; background: var(--k-surface); color: var(--k-text); overflow-wrap: anywhere; }
  .by { font-size: 0.86em; color: var(--k-muted); display: flex; flex-wrap: wrap; gap: 6px; }
  .text { white-space: pre-wrap; }
  form { display: flex; flex-direction: column; gap: 4px; margin-top: 8px; }
  .asks { padding: 6px 10px; border-inline-start: 4px solid var(--k-warn-line); overflow-wrap: anywhere; }
  .asks p { white-space: pre-line; }
`;

export const factsStyles = css`
  section + section { margin-top: 16px; padding-top: 12px; border-top: 1px solid var(--k-line); }
  h3 { font-size: 0.9em; color: var(--k-muted); margin-bottom: 6px; }
  ul { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 10px; }
  .people ul { margin-top: 8px; }
  li { overflow-wrap: anywhere; }
  .way { display: flex; align-items: center; gap: 6px; min-height: 30px; }
  .way svg { width: 1.05em; height: 1.05em; color: var(--k-muted); }
`;
