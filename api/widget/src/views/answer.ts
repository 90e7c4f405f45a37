/** One answer of the assistant: text, facts, places, sources, quick replies. Everything untrusted is rendered as text. */
import { html, nothing, type TemplateResult } from "lit";
import { formatSource, safeUrl, textLines } from "../format.js";
import type { Answer, Fact, QuickReply, Source } from "../message.js";
import { chartView } from "./chart.js";
import { checkIcon } from "./icons.js";
import { placesView, type MapActions } from "./places.js";
import { NEW_TAB, words } from "./words.js";

/** What a press on a quick reply does, and whether that reply has already been used. */
export interface ReplyActions {
  choose: (reply: QuickReply) => void;
  isUsed: (reply: QuickReply) => boolean;
}

export function answerView(answer: Answer, map: MapActions): TemplateResult {
  const { text, facts, chart, sources, lang } = answer;
  return html`
    <article class="message assistant" tabindex="-1" aria-label="Asystent" lang=${lang}>
      ${text ? textView(text, lang) : nothing}
      ${facts.length ? html`<dl class="facts">${facts.map(factView)}</dl>` : nothing} ${placesView(answer, map)}
      ${chart ? chartView(chart) : nothing} ${sources.map(sourceView)}
    </article>
  `;
}

export function quickRepliesView(replies: QuickReply[], lang: string, actions: ReplyActions): TemplateResult | typeof nothing {
  if (!replies.length) return nothing;
  return html`
    <ul class="replies" role="list" aria-label="Do wyboru">
      ${replies.map(
        (reply) => html`
          <li>
            <button type="button" class="reply" lang=${lang} aria-disabled=${actions.isUsed(reply)} @click=${() => actions.choose(reply)}>
              ${actions.isUsed(reply) ? html`${checkIcon}<span class="hidden">Wybrano:</span>` : nothing} ${reply.title}
            </button>
          </li>
        `,
      )}
    </ul>
  `;
}

function textView(text: string, lang: string): TemplateResult {
  const lines = textLines(text, lang);
  return html`<div class="text">${lines.map((line) => html`<p lang=${line.lang}>${words(line.text)}</p>`)}</div>`;
}

function factView({ label, value, note }: Fact): TemplateResult {
  return html`
    <div>
      <dt>${label}</dt>
      <dd>${words(value)}${note ? html` <span class="note">${note}</span>` : nothing}</dd>
    </div>
  `;
}

function sourceView(source: Source): TemplateResult {
  const href = safeUrl(source.url, document.baseURI);
  const rest = formatSource(source).slice(source.name.length);
  const name = href
    ? html`<a href=${href} target="_blank" rel="noopener noreferrer"
        >${source.name}${NEW_TAB}</a
      >`
    : source.name;
  return html`
    <p class="source">
      <span>Źródło: ${name}${rest}</span>
      ${source.sample ? html`<span class="badge">dane przykładowe</span>` : nothing}
    </p>
  `;
}
