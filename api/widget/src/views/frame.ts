/** The frame around the conversation: header, urgent notices, word that there is no network. */
import { html, nothing, type TemplateResult } from "lit";
import type { Notice } from "../notices.js";
import { chatIcon, closeIcon, newIcon } from "./icons.js";
import { words } from "./words.js";

/** What the buttons of the header do; null where there is no such button. */
export interface HeaderActions {
  startAnew: (() => void) | null;
  close: (() => void) | null;
}

export function headerView(title: string, { startAnew, close }: HeaderActions): TemplateResult {
  return html`
    <div class="head">
      <span class="mark">${chatIcon}</span>
      <div class="heading">
        <h2 id="title">${title}</h2>
        <p>Odpowiada automat, nie człowiek</p>
      </div>
      ${startAnew ? iconButton("Nowa rozmowa", newIcon, startAnew) : nothing}
      ${close ? iconButton("Zamknij asystenta", closeIcon, close) : nothing}
    </div>
  `;
}

export function noticeView({ label, level, title, text }: Notice, hide: () => void): TemplateResult {
  return html`
    <div class="alarm ${level}" role="note" aria-label=${label}>
      <p><strong>${title}</strong></p>
      <p class="text" tabindex="0">${words(text)}</p>
      <button type="button" class="reply" @click=${hide}>Ukryj<span class="hidden">: ${title}</span></button>
    </div>
  `;
}

export function offlineView(): TemplateResult {
  return html`<p class="offline" role="status">Brak połączenia z internetem. Wcześniejsze odpowiedzi można czytać dalej.</p>`;
}

function iconButton(name: string, icon: TemplateResult, press: () => void): TemplateResult {
  return html`<button type="button" class="close" aria-label=${name} title=${name} @click=${press}>${icon}</button>`;
}
