/** The visible conversation: greeting, entries, and the line that says what is being waited for. */
import { html, nothing, type TemplateResult } from "lit";
import type { Conversation, Entry } from "../conversation.js";
import type { Greeting } from "../greeting.js";
import { answerView, quickRepliesView, type ReplyActions } from "./answer.js";

const GAP_PX = 12;

/** New messages are read out by a separate live region, so the log itself stays silent. */
export function transcriptView(greeting: Greeting, privacyHref: string | null, talk: Conversation): TemplateResult {
  const actions: ReplyActions = {
    choose: (reply) => talk.choose(reply),
    isUsed: (reply) => talk.isUsed(reply),
  };
  return html`
    <div class="transcript" role="log" aria-live="off" aria-label="Rozmowa" tabindex="0">
      ${greetingView(greeting, privacyHref, actions)} ${talk.entries.map((entry) => entryView(entry, talk, actions))}
      <p class="status" role="status">${talk.status ? statusView(talk.status) : nothing}</p>
    </div>
  `;
}

/** Shows the newest entry; a long answer is shown from the question above it, not from its end. */
export function scrollToLatest(transcript: HTMLElement): void {
  const question = [...transcript.querySelectorAll<HTMLElement>(".resident")].at(-1);
  if (!question) return;
  const top = question.offsetTop - GAP_PX;
  transcript.scrollTop = top;
  // In a very low window the panel scrolls instead of the transcript.
  if (transcript.parentElement) transcript.parentElement.scrollTop = transcript.offsetTop + top - transcript.scrollTop;
  // On a phone the page may have been scrolled to the input, with the beginning of the answer above the screen.
  if (transcript.getBoundingClientRect().top < 0) transcript.scrollIntoView({ block: "start" });
}

function greetingView(greeting: Greeting, privacyHref: string | null, actions: ReplyActions): TemplateResult {
  const link = privacyHref ? html` <a href=${privacyHref}>Więcej o prywatności</a>` : nothing;
  return html`
    <div class="message assistant">
      <span class="hidden">Asystent:</span>
      <p class="text">${greeting.text}</p>
      <p class="privacy">${greeting.privacyText}${link}</p>
    </div>
    ${quickRepliesView(greeting.topics, actions)}
  `;
}

function entryView(entry: Entry, talk: Conversation, actions: ReplyActions): TemplateResult {
  switch (entry.kind) {
    case "question":
      return html`
        <div class="message resident">
          <span class="hidden">Pytanie:</span>
          <p class="text">${entry.text}</p>
        </div>
      `;
    case "answer":
      return answerView(entry.answer, actions);
    case "failure":
      return html`
        <div class="message failure">
          <p class="text">${entry.text}</p>
          ${entry.again ? retryView(talk.isUsed(entry), () => talk.retry(entry)) : nothing}
        </div>
      `;
  }
}

function retryView(used: boolean, retry: () => void): TemplateResult {
  return html`<button type="button" class="reply" aria-disabled=${used} @click=${retry}>Spróbuj ponownie</button>`;
}

function statusView(status: string): TemplateResult {
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${status}`;
}
