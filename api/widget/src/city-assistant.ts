/** `<city-assistant>`: the city's assistant as one element, inline in a page or behind a launcher button. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { Announcer } from "./announcer.js";
import { Conversation } from "./conversation.js";
import { focusOnOpen, keepTabInside } from "./focus.js";
import { safeUrl } from "./format.js";
import { readGreeting, type Greeting } from "./greeting.js";
import { chart } from "./styles/chart.js";
import { layout } from "./styles/layout.js";
import { messages } from "./styles/messages.js";
import { theme } from "./styles/theme.js";
import { composerView } from "./views/composer.js";
import { chatIcon, closeIcon } from "./views/icons.js";
import { scrollToLatest, transcriptView } from "./views/transcript.js";

const SCRIPT = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : document.baseURI;
const CHAT_PATH = "/api/v1/chat";

/**
 * Attributes: `inline` (no launcher), `open` (the launcher's panel), `endpoint` (default: the chat API beside the
 * script), `greeting` (JSON: title, text, privacyText, privacyUrl, topics).
 */
export class CityAssistant extends LitElement {
  static override styles = [theme, layout, messages, chart];
  static override properties = {
    inline: { type: Boolean },
    open: { type: Boolean, reflect: true },
    endpoint: { type: String },
    greeting: { converter: { fromAttribute: readGreeting } },
    draft: { state: true },
  };

  declare inline: boolean;
  declare open: boolean;
  declare endpoint: string;
  declare greeting: Greeting;
  declare draft: string;

  readonly #announcer = new Announcer(this);
  readonly #conversation = new Conversation(this, this.#announcer, () => this.endpoint);
  #shownEntries = 0;

  constructor() {
    super();
    this.inline = false;
    this.open = false;
    this.endpoint = new URL(CHAT_PATH, SCRIPT).href;
    this.greeting = readGreeting(null);
    this.draft = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.lang) this.lang = "pl";
  }

  protected override render(): TemplateResult {
    return html`
      <div class=${this.inline ? "inline" : "floating"} @keydown=${this.#onKey}>
        ${this.inline ? nothing : this.#launcher()}
        <section
          id="panel"
          class="panel"
          role=${this.inline ? "region" : "dialog"}
          aria-labelledby="title"
          tabindex="-1"
          ?hidden=${!this.inline && !this.open}
        >
          ${this.#header()} ${transcriptView(this.greeting, this.#privacyHref(), this.#conversation)}
          ${composerView(this.draft, this.#type, this.#send)}
        </section>
        <div class="hidden" aria-live="polite">${this.#announcer.text}</div>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const transcript = this.renderRoot.querySelector<HTMLElement>(".transcript");
    const { entries, status } = this.#conversation;
    if (transcript && (entries.length !== this.#shownEntries || status)) scrollToLatest(transcript);
    this.#shownEntries = entries.length;
    if (changed.has("open") && changed.get("open") === false && !this.inline) this.#onOpened();
  }

  #launcher(): TemplateResult {
    return html`
      <button
        type="button"
        class="launcher"
        aria-haspopup="dialog"
        aria-expanded=${this.open}
        aria-controls="panel"
        @click=${this.open ? this.#close : this.#show}
      >
        ${chatIcon}<span>Zapytaj asystenta</span>
      </button>
    `;
  }

  #header(): TemplateResult {
    return html`
      <header>
        <span class="mark">${chatIcon}</span>
        <div class="heading">
          <h2 id="title">${this.greeting.title}</h2>
          <p>Odpowiada automat, nie człowiek</p>
        </div>
        ${this.inline
          ? nothing
          : html`<button type="button" class="close" aria-label="Zamknij asystenta" @click=${this.#close}>${closeIcon}</button>`}
      </header>
    `;
  }

  #privacyHref(): string | null {
    return safeUrl(this.greeting.privacyUrl, SCRIPT);
  }

  #type = (draft: string): void => {
    this.draft = draft;
  };

  #send = (): void => {
    if (this.#conversation.write(this.draft)) this.draft = "";
  };

  #show = (): void => {
    this.open = true;
  };

  #close = (): void => {
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus();
  };

  #onOpened(): void {
    const panel = this.renderRoot.querySelector<HTMLElement>(".panel");
    if (!this.open || !panel) return;
    focusOnOpen(panel);
    if (!this.#conversation.entries.length) this.#announcer.say(this.greeting.text);
  }

  #onKey = (event: KeyboardEvent): void => {
    if (this.inline || !this.open) return;
    if (event.key === "Escape") this.#close();
    else keepTabInside(event, this.renderRoot.querySelector<HTMLElement>(".panel")!);
  };
}
