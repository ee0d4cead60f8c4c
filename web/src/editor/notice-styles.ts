import { css } from "lit";

export const noticeStyles = css`
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(260px, 340px); gap: 20px; align-items: start; }
  .form { display: flex; flex-direction: column; gap: 20px; align-items: stretch; }
  .stack { display: flex; flex-direction: column; }
  .topics .row { max-height: 16em; overflow-y: auto; }
  .topics .check { flex: 1 1 200px; }
  aside { display: flex; flex-direction: column; gap: 12px; }
  .chat-notice { display: flex; gap: 8px; padding: 10px 12px; border-radius: 10px; background: var(--k-warn-bg); color: var(--k-warn-text); overflow-wrap: anywhere; }
  .chat-notice span { min-width: 0; }
  .chat-notice svg { margin-top: 0.12em; }
  .chat-notice.crisis { background: var(--k-bad-bg); color: var(--k-bad-text); border: 1px solid var(--k-bad-line); }
  @media (max-width: 900px) { .columns { grid-template-columns: minmax(0, 1fr); } }
`;
