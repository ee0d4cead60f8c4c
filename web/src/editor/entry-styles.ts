import { css } from "lit";

export const entryStyles = css`
  .page.entry { max-width: 1320px; padding-bottom: 0; }
  .about { color: var(--k-muted); font-size: 0.92em; margin-top: -10px; overflow-wrap: anywhere; }
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(280px, 360px); gap: 20px; align-items: start; }
  .main { display: flex; flex-direction: column; gap: 0; min-width: 0; }
  .main > [role="alert"] > .banner { margin-bottom: 12px; }
  .side { display: flex; flex-direction: column; gap: 16px; min-width: 0; position: sticky; top: 76px; max-height: calc(100vh - 170px); overflow-y: auto; padding: 4px; margin: -4px; }
  .tabs { display: flex; gap: 4px; padding-inline-start: 12px; }
  .tabs button { min-height: 46px; padding: 8px 22px; border: 1px solid transparent; border-bottom: 0; border-radius: 12px 12px 0 0; background: transparent; color: var(--k-muted); font-weight: 600; cursor: pointer; }
  .tabs button:hover { color: var(--k-text); }
  .tabs button[aria-selected="true"] { background: var(--k-surface); border-color: var(--k-line); color: var(--k-text); box-shadow: inset 0 3px 0 var(--k-accent); position: relative; top: 1px; }
  .body { display: flex; flex-direction: column; gap: 12px; padding: 24px; }
  .form { display: flex; flex-direction: column; gap: 30px; }
  .group { border: 0; margin: 0; padding: 0; min-width: 0; display: flex; flex-direction: column; gap: 18px; }
  .group + .group { border-top: 1px solid var(--k-line); padding-top: 26px; }
  fieldset.group > legend { padding: 0; float: inline-start; width: 100%; }
  fieldset.group > legend + * { clear: both; }
  .group h2 { font-size: 1.2em; }
  details.group > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px; list-style-position: inside; width: auto; color: var(--k-text); }
  details.group > summary h2 { display: inline; }
  details.group[open] > summary { margin-bottom: 14px; }
  details.group > * + * { margin-top: 18px; }
  .answer { min-height: 9em; }
  .letters { text-align: end; margin-top: -2px; }
  .seen .bubble { margin-top: 4px; }
  .rows { list-style: none; counter-reset: row; margin: 6px 0; padding: 0; display: flex; flex-direction: column; gap: 6px; }
  .rows > li { counter-increment: row; display: flex; align-items: flex-start; gap: 8px; }
  .rows > li:not(.item)::before { content: counter(row); flex: none; width: 1.7em; padding-top: 10px; text-align: end; color: var(--k-muted); font-size: 0.9em; font-variant-numeric: tabular-nums; }
  .rows textarea { flex: 1; min-width: 0; resize: none; }
  .buttons { flex: none; display: inline-flex; }
  .item { padding: 14px; border: 1px solid var(--k-line); border-radius: 14px; }
  .list > .item { display: flex; flex-direction: column; gap: 10px; align-items: flex-start; margin-top: 8px; }
  .list > .item > :first-child { width: 100%; display: flex; flex-direction: column; gap: 12px; }
  .part { font-weight: 650; }
  .link-fields { flex: 1; min-width: 0; display: grid; grid-template-columns: minmax(0, 1fr) minmax(120px, 180px); gap: 10px 14px; align-items: start; }
  .link-fields > .tag, .link-fields > .address { grid-column: 1 / -1; }
  .link-fields > .tag { width: fit-content; }
  .add { align-self: flex-start; }
  .findings { list-style: none; margin: 10px 0 0; padding: 0; display: flex; flex-direction: column; gap: 8px; }
  .findings li { display: flex; gap: 8px; font-size: 0.94em; padding: 8px 10px; border-radius: 10px; background: var(--k-warn-bg); color: var(--k-warn-text); }
  .findings li.fel { background: var(--k-bad-bg); color: var(--k-bad-text); }
  .findings li > svg { margin-top: 0.15em; }
  .findings .link { color: inherit; overflow-wrap: anywhere; }
  .sum { color: var(--k-muted); font-size: 0.94em; }
  .foot {
    position: sticky; bottom: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 10px 20px;
    margin: 0 -32px; padding: 12px 32px; background: var(--k-surface); border-top: 1px solid var(--k-line); box-shadow: 0 -6px 20px rgb(9 45 52 / 7%);
  }
  .state { display: inline-flex; align-items: center; gap: 8px; color: var(--k-muted); }
  .state.changed { color: var(--k-text); font-weight: 620; }
  .asks p { font-weight: 600; }
  @media (max-width: 1100px) {
    .columns { grid-template-columns: minmax(0, 1fr); }
    .side { position: static; max-height: none; overflow: visible; }
  }
  @media (max-width: 760px) {
    .body { padding: 16px 14px; }
    .foot { margin: 0 -14px; padding: 10px 14px; position: static; }
    .link-fields { grid-template-columns: minmax(0, 1fr); }
    .rows > li { flex-wrap: wrap; }
    .rows > li > textarea { flex: 1 1 160px; }
    .link-fields { flex: 1 1 100%; }
    .rows > li:not(.item)::before { display: none; }
    .buttons { margin-inline-start: auto; }
  }
`;
