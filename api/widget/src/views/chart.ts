/** A chart: the picture, its description in words when it does not load, and the table behind it. */
import { html, nothing, type TemplateResult } from "lit";
import { formatAsOf, formatValue } from "../format.js";
import type { Chart, ChartRow } from "../message.js";

// The sizes in which the server draws: the place is kept free before the picture has come.
const WIDE = { width: 720, height: 400 };
const NARROW = { width: 280, height: 330 };

export function chartView(chart: Chart): TemplateResult {
  const { url, narrowUrl, description } = chart;
  return html`
    <figure class="chart">
      ${url ? html`${pictureView(url, narrowUrl ?? url, description)} ${legendView(chart)}` : nothing}
      <p class="words" ?hidden=${url !== null}>${description}</p>
      ${tableView(chart)}
    </figure>
  `;
}

/** Two pictures, of which the width of the chart shows one; the other is not even fetched. */
function pictureView(url: string, narrowUrl: string, description: string): TemplateResult {
  return html`
    <div class="picture">
      ${imageView("wide", url, description, WIDE)}
      ${imageView("narrow", narrowUrl, description, NARROW)}
    </div>
  `;
}

function imageView(name: string, url: string, alt: string, { width, height }: typeof WIDE): TemplateResult {
  return html`<img class=${name} src=${url} alt=${alt} width=${width} height=${height} loading="lazy" @error=${sayInWords} />`;
}

/** What stands in the picture as well, for a screen that shows only a part of it. */
function legendView({ title, limit, source }: Chart): TemplateResult {
  return html`
    <div class="legend note">
      <p>${title}.</p>
      ${limit ? html`<p>Linia przerywana: ${limit}.</p>` : nothing} ${source ? html`<p>${source}</p>` : nothing}
    </div>
  `;
}

function sayInWords({ currentTarget }: Event): void {
  const figure = (currentTarget as HTMLElement).closest("figure")!;
  for (const part of figure.querySelectorAll<HTMLElement>(".picture, .legend")) part.hidden = true;
  figure.querySelector<HTMLElement>(".words")!.hidden = false;
}

function tableView({ title, unit, source, rows }: Chart): TemplateResult {
  return html`
    <details>
      <summary>Dane w tabeli</summary>
      <div class="rows" role="group" aria-label="Tabela" tabindex="0">
        <table>
          <caption>
            ${title}
          </caption>
          <thead>
            <tr>
              <th scope="col">Data i godzina</th>
              <th scope="col">${unit ? `Wartość, ${unit}` : "Wartość"}</th>
            </tr>
          </thead>
          <tbody>
            ${[...rows].reverse().map(rowView)}
          </tbody>
        </table>
      </div>
      ${source ? html`<p class="note">${source}</p>` : nothing}
    </details>
  `;
}

function rowView({ at, value }: ChartRow): TemplateResult {
  return html`
    <tr>
      <th scope="row">${formatAsOf(at)}</th>
      <td>${formatValue(value)}</td>
    </tr>
  `;
}
