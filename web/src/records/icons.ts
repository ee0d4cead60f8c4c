import { html, svg, type TemplateResult } from "lit";

const icon = (paths: TemplateResult): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;

export const recordsIcons = {
  folder: icon(svg`<path d="M3 6h6l2 2.5h10V19H3z"/>`),
  bin: icon(svg`<path d="M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5"/>`),
  log: icon(svg`<path d="M6 3h12v18H6z"/><path d="M9 8h6M9 12h6M9 16h4"/>`),
};
