import { css } from "lit";

/** Bubbles and answers, the same in widget and desk. */
export const transcriptStyles = css`
  .messages { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 14px; }
  .message { max-width: min(93%, 40em); display: flex; flex-direction: column; align-items: flex-start; gap: 4px; }
  .message.own { max-width: min(85%, 40em); align-self: flex-end; align-items: flex-end; }
  .who { display: flex; align-items: center; gap: 0.4em; font-size: 0.8em; font-weight: 600; color: var(--k-muted); }
  .who svg { width: 1.15em; height: 1.15em; }
  .bubble {
    padding: 0.65em 0.9em; border-radius: 16px; border-start-start-radius: 4px; background: var(--k-surface);
    border: 1px solid var(--k-line); line-height: 1.5; overflow-wrap: anywhere; max-width: 100%;
  }
  .message.own .bubble { border-start-start-radius: 16px; border-start-end-radius: 4px; }
  .message.citizen .bubble { background: var(--k-mine); border-color: transparent; }
  .message.agent .bubble { background: var(--k-human); border-color: var(--k-human-line); }
  .message.municipality .bubble { background: var(--k-soft); border-color: var(--k-accent); }
  .message.emergency .bubble { background: var(--k-bad-bg); border: 2px solid var(--k-bad-line); }
  .plain { white-space: pre-wrap; }
  .bubble p { margin: 0; }
  .remark { font-weight: 600; }
  .remark + * { margin-top: 0.65em; }
  .bubble p + *, .bubble ul + *, .bubble ol + *, .bubble .scroll + * { margin-top: 0.65em; }
  .bubble ul, .bubble ol { margin: 0.35em 0 0; padding-inline-start: 1.35em; }
  .bubble ul { list-style: disc; }
  .bubble li + li { margin-top: 0.25em; }
  .scroll { overflow-x: auto; overflow-wrap: normal; }
  table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
  th, td { text-align: start; vertical-align: top; padding-block: 0.4em; padding-inline: 0 0.75em; border-bottom: 1px solid var(--k-line); }
  tr:last-child > * { border-bottom: 0; }
  thead th { font-size: 0.88em; color: var(--k-muted); }
  tbody th { font-weight: 500; }
  .part { margin-top: 0.8em; }
  .part-title { margin: 0; font-size: 0.92em; font-weight: 650; }
  .bubble .steps { counter-reset: step; list-style: none; padding: 0; margin-top: 0.4em; }
  .steps li { position: relative; padding-inline-start: 2em; min-height: 1.6em; }
  .steps li + li { margin-top: 0.4em; }
  .steps li::before {
    counter-increment: step; content: counter(step); position: absolute; inset-inline-start: 0; top: 0.05em;
    width: 1.55em; height: 1.55em; border-radius: 50%; background: var(--k-soft); color: var(--k-text);
    font-size: 0.88em; font-weight: 650; display: grid; place-items: center;
  }
  .bubble .links { list-style: none; margin: 0.8em 0 0; padding: 0; display: flex; flex-direction: column; align-items: flex-start; gap: 8px; }
  .bubble .links li { margin: 0; max-width: 100%; }
  .sources {
    margin-top: 0.8em; padding-top: 0.6em; border-top: 1px solid var(--k-line);
    font-size: 0.88em; color: var(--k-muted); display: flex; flex-direction: column; gap: 0.3em;
  }
  .more-hits { font-size: 0.92em; }
  .more-hits summary { width: fit-content; min-height: 44px; padding-block: 0.7em; color: var(--k-link); cursor: pointer; }
  .more-hits a { display: inline-block; padding-block: 0.3em; }
  .source a { display: inline-block; padding-block: 2px; }
  .note {
    display: flex; gap: 0.5em; margin-top: 0.7em; padding: 0.5em 0.7em; border-radius: 10px;
    background: var(--k-warn-bg); color: var(--k-warn-text); font-size: 0.92em;
  }
  .note svg { margin-top: 0.12em; }
  .rating { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; margin-top: 0.7em; font-size: 0.88em; color: var(--k-muted); }
  .rating .button { min-height: 36px; padding: 0.2em 0.9em; }
  .rating .button.chosen { border-color: var(--k-accent); background: var(--k-soft); }
  .bubble .choices, .bubble .phones, .bubble .people { list-style: none; margin: 0.7em 0 0; padding: 0; display: flex; flex-direction: column; gap: 8px; }
  .bubble .choices li, .bubble .phones li, .bubble .people li { margin: 0; }
  .choices .button { width: 100%; justify-content: flex-start; text-align: start; border-radius: 14px; border-color: var(--k-accent); }
  .choices .button[aria-disabled="true"] { border-color: var(--k-line); background: transparent; color: var(--k-muted); }
  .choices .button.chosen { border-color: var(--k-accent); color: var(--k-text); background: var(--k-soft); }
  .phones .button {
    width: 100%; min-height: 52px; font-size: 1.06em; border-radius: 14px; justify-content: flex-start; text-align: start;
    background: var(--k-bad-line); border-color: var(--k-bad-line); color: var(--k-on-bad, #fff);
  }
  .phones .button:hover { filter: brightness(0.92); }
  .phones .number { margin-inline-start: auto; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .person { padding: 0.7em 0.8em; border: 1px solid var(--k-line); border-radius: 12px; background: var(--k-bg); }
  .person strong { display: block; }
  .person .ways { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-top: 0.3em; }
  .person .ways a { display: inline-flex; align-items: center; gap: 0.4em; min-height: 44px; }
  .person .hours { font-size: 0.9em; color: var(--k-muted); }
  .meta { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 10px; font-size: 0.78em; color: var(--k-muted); }
  .meta .failed { color: var(--k-bad-text); font-weight: 600; }
  .meta .button { min-height: 44px; padding-block: 0.2em; }
  .meta svg { width: 1.1em; height: 1.1em; vertical-align: -0.2em; }
  .system { align-self: center; max-width: 92%; text-align: center; font-size: 0.88em; color: var(--k-muted); padding: 0.2em 0.5em; }
  @media (forced-colors: active) {
    .bubble, .person, .note { border: 1px solid CanvasText; }
    .choices .button.chosen { border: 3px solid Highlight; }
  }
  @media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { --k-on-bad: #2b0703; } }
  :host([theme="dark"]) { --k-on-bad: #2b0703; }
`;
