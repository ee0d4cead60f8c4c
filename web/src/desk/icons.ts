import { html, svg, type TemplateResult } from "lit";

const icon = (paths: TemplateResult): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;

/** What only the desk needs. */
export const deskIcons = {
  pin: icon(svg`<path d="M9 4h6l-1 6 4 4H6l4-4z"/><path d="M12 14v6"/>`),
  pause: icon(svg`<path d="M9 6v12M15 6v12" stroke-width="3"/>`),
  play: icon(svg`<path d="M8 5l11 7-11 7z"/>`),
  transfer: icon(svg`<path d="M4 8h13l-4-4M20 16H7l4 4"/>`),
  note: icon(svg`<path d="M5 4h14v10l-5 6H5z"/><path d="M14 20v-6h5"/>`),
  ask: icon(svg`<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.5h.01"/>`),
  lock: icon(svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`),
  replies: icon(svg`<path d="M4 5h16v11H10l-5 4v-4H4z"/><path d="M8 9h8M8 12h5"/>`),
  sound: icon(svg`<path d="M4 10v4h4l5 4V6L8 10z"/><path d="M16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11"/>`),
  silent: icon(svg`<path d="M4 10v4h4l5 4V6L8 10z"/><path d="M17 10l4 4M21 10l-4 4"/>`),
  settings: icon(svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>`),
  keys: icon(svg`<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10h.01M11 10h.01M15 10h.01M8 14h8"/>`),
  flag: icon(svg`<path d="M6 21V4h11l-2 4 2 4H6"/>`),
  bell: icon(svg`<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15z"/><path d="M10 21h4"/>`),
  search: icon(svg`<circle cx="11" cy="11" r="6"/><path d="M16 16l4 4"/>`),
  side: icon(svg`<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M15 5v14"/>`),
};
