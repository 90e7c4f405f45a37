/** „Did this help?” below an answer, and what was wrong with it. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { rate, REASONS, type Rating } from "../rating.js";
import { rating as styles } from "../styles/rating.js";
import { theme } from "../styles/theme.js";

const MAX_COMMENT = 300;
const THANKS = "Dziękujemy za opinię.";
const FAILED = "Nie udało się zapisać opinii. Proszę spróbować za chwilę.";

/** `<city-assistant-rating>`: rates one answer of a conversation; a later press replaces an earlier one. */
export class CityRating extends LitElement {
  static override styles = [theme, styles];
  static override properties = {
    address: { attribute: false },
    conversation: { attribute: false },
    intent: { attribute: false },
    given: { state: true },
    said: { state: true },
  };

  declare address: string;
  declare conversation: string;
  declare intent: string;
  declare given: Rating | null;
  declare said: string;

  constructor() {
    super();
    this.given = null;
    this.said = "";
  }

  protected override render(): TemplateResult {
    return html`
      <div class="rating" role="group" aria-label="Ocena odpowiedzi">
        <span>Czy to pomogło?</span>
        ${this.#vote("Tak", true)} ${this.#vote("Nie", false)}
      </div>
      ${this.given?.helpful === false ? this.#reasons() : nothing}
      <p class="said" role="status">${this.said}</p>
    `;
  }

  #vote(title: string, helpful: boolean): TemplateResult {
    return html`
      <button type="button" aria-pressed=${this.given?.helpful === helpful} @click=${() => this.#give({ helpful })}>
        ${title}
      </button>
    `;
  }

  #reasons(): TemplateResult {
    return html`
      <div class="rating" role="group" aria-label="Co było nie tak">
        ${REASONS.map(
          ({ code, title }) => html`
            <button
              type="button"
              aria-pressed=${this.given?.reason === code}
              @click=${() => this.#give({ ...this.given, helpful: false, reason: code })}
            >
              ${title}
            </button>
          `,
        )}
      </div>
      <form class="comment" @submit=${this.#comment}>
        <label for="comment">Co poprawić? (nieobowiązkowo, bez danych osobowych)</label>
        <input id="comment" name="comment" maxlength=${MAX_COMMENT} autocomplete="off" />
        <button type="submit">Wyślij opinię</button>
      </form>
    `;
  }

  #comment = (event: SubmitEvent): void => {
    event.preventDefault();
    const comment = String(new FormData(event.target as HTMLFormElement).get("comment") ?? "").trim();
    if (comment) void this.#give({ ...this.given, helpful: false, comment });
  };

  async #give(rating: Rating): Promise<void> {
    const before = this.given;
    this.given = rating;
    this.said = "";
    const stored = await rate(this.address, this.conversation, this.intent, rating);
    this.said = stored ? THANKS : FAILED;
    if (!stored) this.given = before;
  }
}
