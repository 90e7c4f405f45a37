/** The form in which the resident types. */
import { html, nothing, type TemplateResult } from "lit";
import { formatRemaining } from "../format.js";
import { sendIcon } from "./icons.js";

/** Characters of one question. */
export const MAX_LENGTH = 1000;
const COUNTER_FROM = 850;

/** `draft` is what has been typed so far; `send` is called on Enter and on the button. */
export function composerView(draft: string, type: (draft: string) => void, send: () => void): TemplateResult {
  const remaining = Math.max(0, MAX_LENGTH - draft.length);
  const showsCounter = draft.length >= COUNTER_FROM;
  return html`
    <form
      class="composer"
      @submit=${(event: Event) => {
        event.preventDefault();
        send();
      }}
    >
      <label for="question">Pytanie do asystenta</label>
      <textarea
        id="question"
        rows="1"
        maxlength=${MAX_LENGTH}
        autocomplete="off"
        enterkeyhint="send"
        aria-describedby=${showsCounter ? "counter" : nothing}
        .value=${draft}
        @input=${(event: InputEvent) => type((event.target as HTMLTextAreaElement).value)}
        @keydown=${(event: KeyboardEvent) => sendOnEnter(event, send)}
      ></textarea>
      <button type="submit" class="send">${sendIcon}<span class="hidden">Wyślij pytanie</span></button>
      ${showsCounter ? html`<p class="counter" id="counter">${formatRemaining(remaining)}</p>` : nothing}
    </form>
  `;
}

function sendOnEnter(event: KeyboardEvent, send: () => void): void {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
}
