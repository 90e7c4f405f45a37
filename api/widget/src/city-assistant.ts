/** `<city-assistant>`: the city's assistant as one element, inline in a page or behind a launcher button. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { Announcer } from "./announcer.js";
import { Conversation } from "./conversation.js";
import type { Entry } from "./entry.js";
import { focusOnOpen, keepTabInside } from "./focus.js";
import { formatRemaining, safeUrl } from "./format.js";
import { fetchSettings, parseSettings, type Settings } from "./settings.js";
import { Maps } from "./maps.js";
import { OWN_LANGUAGE } from "./message.js";
import { Notices } from "./notices.js";
import { answer } from "./styles/answer.js";
import { chart } from "./styles/chart.js";
import { layout } from "./styles/layout.js";
import { letter } from "./styles/letter.js";
import { messages } from "./styles/messages.js";
import { theme } from "./styles/theme.js";
import { Viewport } from "./viewport.js";
import { composerView, MAX_LENGTH } from "./views/composer.js";
import { headerView, noticeView, offlineView } from "./views/frame.js";
import { chatIcon } from "./views/icons.js";
import { scrollToLatest, transcriptView } from "./views/transcript.js";

const SCRIPT = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : document.baseURI;
const CHAT_PATH = "/api/v1/chat";
const NAME = "Asystent";

/**
 * Attributes: `inline` (no launcher), `open` (the launcher's panel), `endpoint` (default: the chat API beside the
 * script), `settings` (JSON: title, text, privacy_text, privacy_url, topics, map; default: asked from the city when the
 * panel opens), `topic` (a button's payload that is asked at once in a new conversation).
 */
export class CityAssistant extends LitElement {
  static override styles = [theme, layout, messages, answer, letter, chart];
  static override properties = {
    inline: { type: Boolean },
    open: { type: Boolean, reflect: true },
    endpoint: { type: String },
    topic: { type: String },
    settings: { converter: { fromAttribute: (json: string | null) => (json ? parseSettings(json) : null) } },
    draft: { state: true },
    online: { state: true },
  };

  declare inline: boolean;
  declare open: boolean;
  declare endpoint: string;
  declare topic: string;
  declare settings: Settings | null;
  declare draft: string;
  declare online: boolean;

  readonly #announcer = new Announcer(this);
  readonly #notices = new Notices(this, this.#announcer);
  readonly #conversation = new Conversation(this, this.#announcer, this.#notices, () => this.endpoint);
  readonly #maps = new Maps(this, SCRIPT);
  #shownEntries: Entry[] = [];
  #shownProblem: unknown = null;
  #isStarted = false;

  constructor() {
    super();
    this.inline = false;
    this.open = false;
    this.endpoint = new URL(CHAT_PATH, SCRIPT).href;
    this.topic = "";
    this.settings = null;
    this.draft = "";
    this.online = navigator.onLine;
    new Viewport(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.lang) this.lang = OWN_LANGUAGE;
    addEventListener("online", this.#network);
    addEventListener("offline", this.#network);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("online", this.#network);
    removeEventListener("offline", this.#network);
    this.#isStarted = false;
  }

  protected override render(): TemplateResult {
    const { settings } = this;
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
          ${headerView(settings?.title || NAME, {
            startAnew: this.#conversation.entries.length ? this.#startAnew : null,
            close: this.inline ? null : this.#close,
          })}
          ${this.#notices.visible.map((notice) => noticeView(notice, () => this.#notices.hide(notice)))}
          ${transcriptView(this.#conversation, {
            settings,
            privacyHref: safeUrl(settings?.privacyUrl || null, SCRIPT),
            ratingAddress: new URL("feedback", this.endpoint).href,
            map: this.#maps.actions(settings?.map ?? null),
          })}
          ${this.online ? nothing : offlineView()} ${composerView(this.draft, this.#type, this.#send)}
        </section>
        <div class="hidden" aria-live="polite" lang=${this.#announcer.lang}>${this.#announcer.text}</div>
      </div>
    `;
  }

  /** What was pressed may go away, with a hidden notice or an erased talk: the focus stays in the conversation. */
  protected override update(changed: PropertyValues<this>): void {
    const focused = (this.renderRoot as ShadowRoot).activeElement;
    super.update(changed);
    if (focused && !focused.isConnected) this.renderRoot.querySelector<HTMLElement>(".transcript")?.focus({ preventScroll: true });
  }

  protected override updated(changed: PropertyValues<this>): void {
    const transcript = this.renderRoot.querySelector<HTMLElement>(".transcript");
    const { entries, status, letterProblem } = this.#conversation;
    if (transcript && (entries !== this.#shownEntries || status)) scrollToLatest(transcript);
    this.#shownEntries = entries;
    if (letterProblem && letterProblem !== this.#shownProblem) {
      this.renderRoot.querySelector<HTMLElement>(".letter [aria-invalid='true']")?.focus();
    }
    this.#shownProblem = letterProblem;
    if (this.inline || this.open) this.#start();
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

  /** Nothing is asked, read or stored before the assistant is seen for the first time. */
  #start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#conversation.resume();
    if (!this.inline) this.#conversation.listen();
    else if (!this.settings) void this.#notices.ask(new URL("banner", this.endpoint).href);
    void this.#askSettings();
    if (this.topic && !this.#conversation.entries.length) this.#conversation.choose({ title: this.#topicTitle(), payload: this.topic });
  }

  /** Asks the city for what the page did not bring along, or what did not come before. */
  async #askSettings(): Promise<void> {
    if (this.settings) return;
    this.settings = await fetchSettings(new URL("widget", this.endpoint).href);
    this.#greet();
  }

  #topicTitle(): string {
    const known = this.settings?.topics.find(({ payload }) => payload === this.topic);
    return known?.title ?? this.getAttribute("topic-title") ?? this.topic;
  }

  #network = (): void => {
    this.online = navigator.onLine;
    if (this.online && this.#isStarted) void this.#askSettings();
  };

  #type = (draft: string): void => {
    this.draft = draft;
    if (draft.length >= MAX_LENGTH) this.#announcer.say(formatRemaining(0));
  };

  #send = (): void => {
    if (this.#conversation.write(this.draft)) this.draft = "";
  };

  #startAnew = (): void => {
    this.#conversation.startAnew();
    this.renderRoot.querySelector("textarea")?.focus();
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
    this.#greet();
  }

  /** Reads the greeting out to whoever opened the panel for a new conversation. */
  #greet(): void {
    if (this.open && this.settings && !this.#conversation.entries.length) this.#announcer.say(this.settings.text);
  }

  #onKey = (event: KeyboardEvent): void => {
    if (this.inline || !this.open) return;
    if (event.key === "Escape") this.#close();
    else keepTabInside(event, this.renderRoot.querySelector<HTMLElement>(".panel")!);
  };
}
