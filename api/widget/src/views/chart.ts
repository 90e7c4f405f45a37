/** A chart: the picture, its description in words when it does not load, and the table behind it. */
import { html, nothing, type TemplateResult } from "lit";
import { formatAsOf, formatValue } from "../format.js";
import type { Chart, ChartRow } from "../message.js";

// The size in which the server draws: the place is kept free before the picture has come.
const WIDTH = 720;
const HEIGHT = 400;

export function chartView(chart: Chart): TemplateResult {
  const { url, description } = chart;
  return html`
    <figure class="chart">
      ${url ? html`${pictureView(url, description)} ${legendView(chart)}` : nothing}
      <p class="words" ?hidden=${url !== null}>${description}</p>
      ${tableView(chart)}
    </figure>
  `;
}

/** On a narrow screen the picture is scrolled sideways, so it must be reachable by keyboard. */
function pictureView(url: string, description: string): TemplateResult {
  return html`
    <div class="picture" role="group" aria-label="Wykres" tabindex="0">
      <img src=${url} alt=${description} width=${WIDTH} height=${HEIGHT} @error=${sayInWords} />
    </div>
  `;
}

/** What stands in the picture as well, for a screen that shows only a part of it. */
function legendView({ title, limit, source }: Chart): TemplateResult {
  return html`
    <div class="legend note">
      <p>${title}.</p>
      ${limit ? html`<p>Linia przerywana: ${limit}.</p>` : nothing} ${source ? html`<p>${source}</p>` : nothing}
      <p>Wykres można przesunąć w bok.</p>
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
