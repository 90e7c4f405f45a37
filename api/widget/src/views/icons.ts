/** Decorative icons, hidden from screen readers. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

function icon(shape: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;
}

export const chatIcon = icon(
  svg`<path d="M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z"/><path d="M8 9h8M8 12.5h5"/>`,
);
export const closeIcon = icon(svg`<path d="M6 6l12 12M18 6 6 18"/>`);
export const newIcon = icon(svg`<path d="M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4"/>`);
export const sendIcon = icon(svg`<path d="M5 12h13M12.5 6l6 6-6 6"/>`);
export const checkIcon = icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`);
export const pinIcon = icon(
  svg`<path d="M12 21c4.5-4.6 7-8 7-11a7 7 0 0 0-14 0c0 3 2.5 6.4 7 11Z"/><circle cx="12" cy="10" r="2.5"/>`,
);
export const routeIcon = icon(svg`<path d="M20 4 4 11l7 2 2 7 7-16Z"/>`);
