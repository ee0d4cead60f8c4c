import { svg, html, type TemplateResult } from "lit";

const icon = (paths: TemplateResult): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;

/** Points forwards or back, so it is turned where one reads from right to left. */
const pointing = (paths: TemplateResult): TemplateResult =>
  html`<svg class="pointing" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;

export const icons = {
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  menu: icon(svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3.2"/>`),
  send: pointing(svg`<path d="M4 12l16-8-6 16-3-7z"/><path d="M11 13l9-9"/>`),
  person: icon(svg`<circle cx="12" cy="8" r="4"/><path d="M4 20c1.5-4 4.5-6 8-6s6.5 2 8 6"/>`),
  phone: icon(svg`<path d="M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2"/>`),
  mail: icon(svg`<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3 7l9 6 9-6"/>`),
  clock: icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>`),
  page: icon(svg`<path d="M7 3h7l5 5v13H7z"/><path d="M14 3v5h5M10 13h6M10 17h6"/>`),
  out: pointing(svg`<path d="M14 4h6v6M20 4l-9 9M18 14v6H4V6h6"/>`),
  check: icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`),
  warn: icon(svg`<path d="M12 4l9 16H3z"/><path d="M12 10v4M12 17h.01"/>`),
  back: pointing(svg`<path d="M15 5l-7 7 7 7"/>`),
  spark: icon(svg`<path d="M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8z"/>`),
  hall: icon(svg`<path d="M3 10l9-6 9 6zM6 10v9M10 10v9M14 10v9M18 10v9M3 20h18"/>`),
  microphone: icon(svg`<rect x="9" y="3" width="6" height="12" rx="3"/><path d="M5 12a7 7 0 0 0 14 0M12 19v3"/>`),
  save: icon(svg`<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>`),
  print: icon(svg`<path d="M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z"/>`),
  erase: icon(svg`<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5"/>`),
  pin: icon(svg`<path d="M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11z"/><circle cx="12" cy="10" r="2"/>`),
  copy: icon(svg`<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M15 5H6a2 2 0 0 0-2 2v9"/>`),
  bot: icon(svg`<rect x="4" y="8" width="16" height="11" rx="4"/><path d="M12 4v4M9 13h.01M15 13h.01" stroke-width="2.4"/>`),
};
