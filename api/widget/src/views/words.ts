/** Plain words with what can be tapped in them as links. */
import { html, type TemplateResult } from "lit";
import { keepNumbersTogether, safeUrl } from "../format.js";
import { cutAtLinks, type Part } from "../links.js";

export const NEW_TAB = html`<span class="hidden"> (otwiera się w nowej karcie)</span>`;

/** The parts of a line, of which addresses and telephone numbers are links. */
export function words(line: string): (TemplateResult | string)[] {
  return cutAtLinks(line).map(partView);
}

function partView({ text, href }: Part): TemplateResult | string {
  if (href?.startsWith("tel:")) return html`<a href=${href}>${text}</a>`;
  const address = safeUrl(href, document.baseURI);
  return address ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${text}${NEW_TAB}</a>` : keepNumbersTogether(text);
}
