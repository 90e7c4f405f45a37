/** `<city-assistant-map>`: places on a map, beside a list that says the same; needs only its own shadow root. */
import * as L from "leaflet";
import leafletStyles from "leaflet/dist/leaflet.css?inline";
import type { Place } from "../message.js";
import type { MapSettings } from "../settings.js";
import ownStyles from "./city-map.css?inline";

const CLOSEST_ZOOM = 16;
const PADDING_PX = 32;
const PIN_PX = 26;

export class CityMap extends HTMLElement {
  places: Place[] = [];
  settings: MapSettings = { tiles: "", attribution: "" };
  #map: L.Map | null = null;

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [leafletStyles, ownStyles].map(styleSheet);
    const canvas = element("div", { className: "canvas", role: "region", ariaLabel: "Mapa" });
    root.replaceChildren(canvas, attributionOf(this.settings.attribution));
    this.#map = this.#draw(canvas);
  }

  disconnectedCallback(): void {
    this.#map?.remove();
    this.#map = null;
  }

  #draw(canvas: HTMLElement): L.Map {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const moving = { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still };
    const map = L.map(canvas, { attributionControl: false, zoomControl: false, scrollWheelZoom: false, ...moving });
    L.control.zoom({ zoomInTitle: "Przybliż", zoomOutTitle: "Oddal" }).addTo(map);
    L.tileLayer(this.settings.tiles, { maxZoom: 19 }).addTo(map);
    const points = this.places.flatMap((place) => (place.position ? [pin(place, place.position).addTo(map).getLatLng()] : []));
    map.fitBounds(L.latLngBounds(points), { maxZoom: CLOSEST_ZOOM, padding: [PADDING_PX, PADDING_PX] });
    return map;
  }
}

function pin(place: Place, { lat, lon }: { lat: number; lon: number }): L.Marker {
  const icon = L.divIcon({ className: "pin", iconSize: [PIN_PX, PIN_PX], iconAnchor: [PIN_PX / 2, PIN_PX], popupAnchor: [0, -PIN_PX] });
  return L.marker([lat, lon], { icon, alt: place.name, title: place.name }).bindPopup(() => label(place));
}

/** What a pin says, as text nodes only. */
function label({ name, address, details }: Place): HTMLElement {
  const box = element("div", {});
  const lines = address ? [address, ...details] : details;
  box.append(element("strong", { textContent: name }), ...lines.map((line) => element("p", { textContent: line })));
  return box;
}

/** Whose the map is: a text, with a link when an address ends it („© autorzy OpenStreetMap https://…”). */
function attributionOf(text: string): HTMLElement {
  const [, words, address] = /^(.*?)\s*(https?:\/\/\S+)$/.exec(text) ?? [];
  if (!address) return element("p", { textContent: text });
  const paragraph = element("p", {});
  paragraph.append(element("a", { href: address, rel: "noopener noreferrer", target: "_blank", textContent: words || address }));
  return paragraph;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, properties: Partial<HTMLElementTagNameMap[Name]>): HTMLElement {
  return Object.assign(document.createElement(name), properties);
}

function styleSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
