/** The places of an answer: a list that is always there, and a map for those who ask for one. */
import { html, nothing, type TemplateResult } from "lit";
import { formatDistance, keepNumbersTogether, safeUrl } from "../format.js";
import type { Answer, Place } from "../message.js";
import type { MapSettings } from "../settings.js";
import { pinIcon, routeIcon } from "./icons.js";
import { words } from "./words.js";

/** Where the map comes from (null: there is none), and which answers show theirs. */
export interface MapActions {
  settings: MapSettings | null;
  isOpen: (answer: Answer) => boolean;
  failed: boolean;
  toggle: (answer: Answer) => void;
}

export function placesView(answer: Answer, map: MapActions): TemplateResult | typeof nothing {
  const { places } = answer;
  if (!places.length) return nothing;
  return html`
    <ul class="places" role="list">
      ${places.map(placeView)}
    </ul>
    ${map.settings && places.some(({ position }) => position) ? mapView(answer, map, map.settings) : nothing}
  `;
}

function mapView(answer: Answer, { isOpen, failed, toggle }: MapActions, settings: MapSettings): TemplateResult {
  const open = isOpen(answer);
  return html`
    <button type="button" class="reply show-map" aria-expanded=${open} @click=${() => toggle(answer)}>
      ${pinIcon}${open ? "Ukryj mapę" : "Pokaż na mapie"}
    </button>
    ${open && !failed
      ? html`<city-assistant-map .places=${answer.places} .settings=${settings}></city-assistant-map>`
      : nothing}
    ${open && failed ? html`<p class="note" role="alert">Nie udało się wczytać mapy. Adresy są na liście powyżej.</p>` : nothing}
  `;
}

function placeView({ name, address, details, distanceM, mapUrl, geoUri }: Place): TemplateResult {
  const map = safeUrl(mapUrl, document.baseURI);
  return html`
    <li>
      <p class="place-name">
        <strong>${name}</strong>
        ${distanceM === null ? nothing : html`<span class="distance">${formatDistance(distanceM)}</span>`}
      </p>
      ${address ? html`<p>${keepNumbersTogether(address)}</p>` : nothing} ${details.map((detail) => html`<p class="detail">${words(detail)}</p>`)}
      ${map ? mapLink(map, name) : nothing} ${geoUri && opensGeoLinks() ? routeLink(geoUri, name) : nothing}
    </li>
  `;
}

function mapLink(href: string, place: string): TemplateResult {
  return html`
    <a class="map" href=${href} target="_blank" rel="noopener noreferrer">
      ${pinIcon}Mapa<span class="hidden">: ${place}, otwiera się w nowej karcie</span>
    </a>
  `;
}

function routeLink(href: string, place: string): TemplateResult {
  return html`<a class="map" href=${href}>${routeIcon}Nawiguj<span class="hidden">: ${place}</span></a>`;
}

/** Whether a tap on a geo: link opens maps: on phones and tablets, except Apple's, which know no such links. */
function opensGeoLinks(): boolean {
  const isTouched = matchMedia("(hover: none) and (pointer: coarse)").matches;
  return isTouched && !/iPhone|iPad|Macintosh/.test(navigator.userAgent);
}
