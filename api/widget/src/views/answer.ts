/** One answer of the assistant: text, facts, places, sources, quick replies. Everything untrusted is rendered as text. */
import { html, nothing, type TemplateResult } from "lit";
import { opensGeoLinks } from "../device.js";
import { formatDistance, formatSource, keepNumbersTogether, safeUrl } from "../format.js";
import type { Answer, Fact, Place, QuickReply, Source } from "../message.js";
import { chartView } from "./chart.js";
import { checkIcon, pinIcon, routeIcon } from "./icons.js";

/** What a press on a quick reply does, and whether that reply has already been used. */
export interface ReplyActions {
  choose: (reply: QuickReply) => void;
  isUsed: (reply: QuickReply) => boolean;
}

export function answerView(answer: Answer, actions: ReplyActions): TemplateResult {
  const { text, facts, places, chart, sources, buttons } = answer;
  return html`
    <div class="message assistant">
      <span class="hidden">Asystent:</span>
      ${text ? html`<p class="text">${keepNumbersTogether(text)}</p>` : nothing}
      ${facts.length ? html`<dl class="facts">${facts.map(factView)}</dl>` : nothing}
      ${places.length ? html`<ul class="places" role="list">${places.map(placeView)}</ul>` : nothing}
      ${chart ? chartView(chart) : nothing} ${sources.map(sourceView)}
    </div>
    ${quickRepliesView(buttons, actions)}
  `;
}

export function quickRepliesView(replies: QuickReply[], { choose, isUsed }: ReplyActions): TemplateResult | typeof nothing {
  if (!replies.length) return nothing;
  return html`
    <ul class="replies" role="list" aria-label="Do wyboru">
      ${replies.map(
        (reply) => html`
          <li>
            <button type="button" class="reply" aria-disabled=${isUsed(reply)} @click=${() => choose(reply)}>
              ${isUsed(reply) ? html`${checkIcon}<span class="hidden">Wybrano:</span>` : nothing} ${reply.title}
            </button>
          </li>
        `,
      )}
    </ul>
  `;
}

function factView({ label, value, note }: Fact): TemplateResult {
  return html`
    <div>
      <dt>${label}</dt>
      <dd>${keepNumbersTogether(value)}${note ? html` <span class="note">${note}</span>` : nothing}</dd>
    </div>
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
      ${address ? html`<p>${address}</p>` : nothing} ${details.map((detail) => html`<p class="detail">${keepNumbersTogether(detail)}</p>`)}
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

function sourceView(source: Source): TemplateResult {
  const href = safeUrl(source.url, document.baseURI);
  const rest = formatSource(source).slice(source.name.length);
  const name = href
    ? html`<a href=${href} target="_blank" rel="noopener noreferrer"
        >${source.name}<span class="hidden"> (otwiera się w nowej karcie)</span></a
      >`
    : source.name;
  return html`
    <p class="source">
      <span>Źródło: ${name}${rest}</span>
      ${source.sample ? html`<span class="badge">dane przykładowe</span>` : nothing}
    </p>
  `;
}
