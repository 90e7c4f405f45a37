/** The form of a message for the office. */
import { html, nothing, type TemplateResult } from "lit";
import type { Letter, LetterProblem } from "../letter.js";
import { CANCEL, type QuickReply } from "../message.js";

const MAX_TEXT = 1000;

/** What the buttons of the form do. */
export interface LetterActions {
  leave: (letter: Letter) => void;
  choose: (reply: QuickReply) => void;
}

/** `topics` are the choices that the assistant gave, `problem` is why it did not take the message. */
export function letterView(topics: QuickReply[], buttons: QuickReply[], problem: LetterProblem | null, actions: LetterActions): TemplateResult {
  // A wrong topic is worse than „other”, which comes last.
  const usual = topics.at(-1);
  const cancel = buttons.find(({ payload }) => payload === CANCEL);
  return html`
    <form class="letter" novalidate aria-label="Wiadomość do urzędu" @submit=${(event: SubmitEvent) => submit(event, actions.leave)}>
      <fieldset>
        <legend>Czego dotyczy sprawa?</legend>
        ${topics.map(
          (topic) => html`
            <label class="choice"><input type="radio" name="topic" value=${topic.payload} ?checked=${topic === usual} />${topic.title}</label>
          `,
        )}
      </fieldset>
      <label for="letter">Treść wiadomości</label>
      <textarea
        id="letter"
        name="text"
        rows="4"
        maxlength=${MAX_TEXT}
        autocomplete="off"
        aria-invalid=${problem?.field === "text"}
        aria-describedby="letter-hint${problem?.field === "text" ? " letter-problem" : ""}"
      ></textarea>
      <p id="letter-hint" class="note">Proszę nie podawać numeru PESEL ani informacji o zdrowiu.</p>
      ${problemView(problem, "text")}
      <label for="contact">E-mail lub telefon do odpowiedzi (nieobowiązkowo)</label>
      <input
        id="contact"
        name="contact"
        type="text"
        inputmode="email"
        autocomplete="email"
        maxlength="254"
        aria-invalid=${problem?.field === "contact"}
        aria-describedby=${problem?.field === "contact" ? "letter-problem" : nothing}
      />
      ${problemView(problem, "contact")} ${problemView(problem, "form")}
      <div class="actions">
        <button type="submit" class="primary">Sprawdź i wyślij</button>
        ${cancel
          ? html`<button type="button" class="reply" @click=${() => actions.choose(cancel)}>${cancel.title}</button>`
          : nothing}
      </div>
    </form>
  `;
}

function problemView(problem: LetterProblem | null, field: LetterProblem["field"]): TemplateResult | typeof nothing {
  return problem?.field === field ? html`<p id="letter-problem" class="problem" role="alert">${problem.problem}</p>` : nothing;
}

function submit(event: SubmitEvent, leave: (letter: Letter) => void): void {
  event.preventDefault();
  const filled = new FormData(event.target as HTMLFormElement);
  const value = (name: string) => String(filled.get(name) ?? "").trim();
  leave({ topic: value("topic"), text: value("text"), contact: value("contact") });
}
