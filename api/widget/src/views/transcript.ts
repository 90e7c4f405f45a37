/** The visible conversation: greeting, entries, and the line that says what is being waited for. */
import { html, nothing, type TemplateResult } from "lit";
import type { Conversation } from "../conversation.js";
import type { Asked, Entry } from "../entry.js";
import { walkMessages } from "../keys.js";
import { letterTopics } from "../letter.js";
import { OWN_LANGUAGE, type Answer, type QuickReply } from "../message.js";
import { isRateable } from "../rating.js";
import type { Settings } from "../settings.js";
import { answerView, quickRepliesView, type ReplyActions } from "./answer.js";
import { letterView } from "./letter.js";
import type { MapActions } from "./places.js";
import { words } from "./words.js";

const GAP_PX = 12;
const WRITE_TO_THE_OFFICE: QuickReply = { title: "Napisz do urzędu", payload: "human_handoff" };

/** What the transcript is drawn from, besides the conversation itself. */
export interface TranscriptParts {
  settings: Settings | null;
  privacyHref: string | null;
  ratingAddress: string;
  map: MapActions;
}

/** New messages are read out by a separate live region, so the log itself stays silent. */
export function transcriptView(talk: Conversation, parts: TranscriptParts): TemplateResult {
  return html`
    <div class="transcript" role="log" aria-live="off" aria-label="Rozmowa" tabindex="0" @keydown=${walkMessages}>
      ${parts.settings ? greetingView(parts.settings, parts.privacyHref, talk) : nothing} ${talk.entries.map((entry) => entryView(entry, talk, parts))}
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
  // In a very low window, or with large letters, the panel scrolls as well, by what the transcript cannot.
  const scrolled = Math.min(top, transcript.scrollHeight - transcript.clientHeight);
  if (transcript.parentElement) transcript.parentElement.scrollTop = transcript.offsetTop + top - scrolled;
  // On a phone the page may have been scrolled to the input, with the beginning of the answer above the screen.
  if (question.getBoundingClientRect().top < 0) question.scrollIntoView({ block: "start" });
}

function greetingView(settings: Settings, privacyHref: string | null, actions: ReplyActions): TemplateResult {
  const link = privacyHref ? html` <a href=${privacyHref}>Więcej o prywatności</a>` : nothing;
  return html`
    <article class="message assistant" tabindex="-1" aria-label="Asystent">
      <p class="text">${settings.text}</p>
      <p class="note">${settings.privacyText}${link}</p>
    </article>
    ${quickRepliesView(settings.topics, OWN_LANGUAGE, actions)}
  `;
}

function entryView(entry: Entry, talk: Conversation, parts: TranscriptParts): TemplateResult {
  return entry.kind === "answer" ? answeredView(entry, entry.answer, talk, parts) : askedView(entry, talk);
}

function askedView(asked: Asked, talk: Conversation): TemplateResult {
  return html`
    <article class="message resident" tabindex="-1" aria-label="Pytanie">
      <p class="text" dir="auto">${asked.text}</p>
    </article>
    ${asked.failure
      ? html`
          <article class="message failure" tabindex="-1" aria-label="Błąd">
            <p class="text">${words(asked.failure)}</p>
            ${asked.pending
              ? html`<button type="button" class="reply" @click=${() => talk.retry(asked)}>Spróbuj ponownie</button>`
              : nothing}
          </article>
        `
      : nothing}
  `;
}

function answeredView(entry: Entry, answer: Answer, talk: Conversation, parts: TranscriptParts): TemplateResult {
  const topics = letterTopics(answer);
  const isFormDone = talk.isUsed(entry);
  const showsForm = topics.length > 0 && entry === talk.entries.at(-1) && !isFormDone;
  const rating = isRateable(answer) && talk.id;
  return html`
    ${answerView(answer, parts.map)}
    ${rating
      ? html`<city-assistant-rating
          .address=${parts.ratingAddress}
          .conversation=${talk.id}
          .intent=${answer.intent}
        ></city-assistant-rating>`
      : nothing}
    ${showsForm
      ? letterView(topics, answer.buttons, talk.letterProblem, {
          leave: (letter) => void talk.leave(letter, entry),
          choose: (reply) => talk.choose(reply),
        })
      : quickRepliesView(isFormDone ? [] : repliesOf(answer), answer.lang, talk)}
  `;
}

/** Where the assistant has no answer, a person may have one. */
function repliesOf({ buttons, decision, lang }: Answer): QuickReply[] {
  const offersOffice = buttons.some(({ payload }) => payload === WRITE_TO_THE_OFFICE.payload);
  return decision === "fallback" && !offersOffice && lang === OWN_LANGUAGE ? [...buttons, WRITE_TO_THE_OFFICE] : buttons;
}

function statusView(status: string): TemplateResult {
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${status}`;
}
