/** The conversation: its entries in order, what waits for an answer, and what comes by itself. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Announcer } from "./announcer.js";
import { ask, ChatFailure, OFFLINE, outgoing, type Outgoing } from "./chat-api.js";
import type { Asked, Entry } from "./entry.js";
import { spoken } from "./format.js";
import { sendLetter, type Letter, type LetterProblem } from "./letter.js";
import { Live, type LiveEvent } from "./live.js";
import { currentPosition } from "./location.js";
import { recall, remember } from "./memory.js";
import { readAnswer, type Question, type QuickReply, type Turn } from "./message.js";
import type { Notices } from "./notices.js";

export const SHARE_LOCATION = "share_location";
const TYPING = "Asystent pisze…";
const LOCATING = "Ustalanie lokalizacji…";
const STARTED_ANEW = "Rozpoczęto nową rozmowę.";
const STATUS_DELAY_MS = 300;
const RESEND_DELAY_MS = 1500;

export class Conversation implements ReactiveController {
  id: string | null = null;
  entries: Entry[] = [];
  status = "";
  busy = false;
  letterProblem: LetterProblem | null = null;
  #seen = "";
  readonly #used = new Set<QuickReply | Entry>();
  readonly #live: Live;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly announcer: Announcer,
    private readonly notices: Notices,
    private readonly endpoint: () => string,
  ) {
    host.addController(this);
    this.#live = new Live(() => `${endpoint()}/events`, (event) => this.#take(event));
  }

  /** Shows again what an earlier page of this tab left; nothing of it is read out. */
  resume(): void {
    addEventListener("online", this.#askWaiting);
    addEventListener("pageshow", this.#comeBack);
    const memory = this.entries.length ? null : recall(this.endpoint());
    if (!memory) return;
    this.id = memory.conversation;
    this.#seen = memory.seen;
    this.entries = memory.entries;
    this.host.requestUpdate();
    if (this.id) this.listen();
    this.#askWaiting();
  }

  /** Listens to what comes by itself, also before the first question. */
  listen(): void {
    this.#live.listen(this.id, this.#seen);
  }

  hostDisconnected(): void {
    this.#live.stop();
    removeEventListener("online", this.#askWaiting);
    removeEventListener("pageshow", this.#comeBack);
  }

  /** Forgets everything that was said in this tab. */
  startAnew(): void {
    if (this.busy) return;
    this.#live.stop();
    this.id = null;
    this.#seen = "";
    this.entries = [];
    this.letterProblem = null;
    this.#used.clear();
    remember(null);
    this.announcer.say(STARTED_ANEW);
    this.host.requestUpdate();
  }

  /** Whether a quick reply or a form has already been used. */
  isUsed(item: QuickReply | Entry): boolean {
    return this.#used.has(item);
  }

  /** Sends what the resident typed; false when it is empty or another question is waiting. */
  write(typed: string): boolean {
    const text = typed.trim();
    if (!text || this.busy) return false;
    this.#send(text, { text });
    return true;
  }

  /** Answers with a quick reply, once. */
  choose(reply: QuickReply): void {
    if (this.busy || this.isUsed(reply)) return;
    if (reply.payload === SHARE_LOCATION) {
      void this.#whileBusy(LOCATING, () => this.#shareLocation(reply));
    } else {
      this.#used.add(reply);
      this.#send(reply.title, { button: reply.payload });
    }
  }

  /** Sends a question again. */
  retry(asked: Asked): void {
    if (!this.busy) void this.#whileBusy(TYPING, () => this.#ask(asked));
  }

  /** Hands a message for the office to the assistant, which shows it once more before it is sent. */
  async leave(letter: Letter, form: Entry): Promise<void> {
    if (this.busy) return;
    this.#showProblem(null);
    await this.#whileBusy(TYPING, async () => {
      try {
        const result = await sendLetter(letter, (question) => this.#post(outgoing(question)));
        if ("problem" in result) {
          this.#showProblem(result);
          return;
        }
        this.#used.add(form);
        this.#show(result.turn, this.#say(letter.text));
      } catch (error) {
        if (!(error instanceof ChatFailure)) throw error;
        this.#showProblem({ field: "form", problem: error.message });
      }
    });
  }

  #send(text: string, question: Question): void {
    const asked = this.#say(text, outgoing(question));
    void this.#whileBusy(TYPING, () => this.#ask(asked));
  }

  async #shareLocation(reply: QuickReply): Promise<void> {
    const asked = this.#say(reply.title);
    const location = await currentPosition().catch((error: Error) => this.#fail(asked, error.message));
    if (!location) return;
    this.#used.add(reply);
    asked.pending = outgoing({ location });
    await this.#ask(asked);
  }

  /** A page that the browser kept shows what became of the talk on the pages after it, also that it was erased. */
  #comeBack = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) return;
    this.#live.stop();
    this.id = null;
    this.entries = [];
    this.resume();
    this.listen();
    this.host.requestUpdate();
  };

  /** Asks, in their order, what was promised to go out by itself or was cut off; a key of its own keeps each at one answer. */
  #askWaiting = (): void => {
    const waiting = this.entries.filter((entry) => entry.kind === "question" && entry.pending && ["", OFFLINE].includes(entry.failure));
    if (this.busy || !waiting.length) return;
    void this.#whileBusy(TYPING, async () => {
      for (const asked of waiting) await this.#ask(asked as Asked);
    });
  };

  async #ask(asked: Asked): Promise<void> {
    if (!asked.pending) return;
    asked.failure = "";
    this.#keep();
    try {
      this.#show(await this.#post(asked.pending), asked);
    } catch (error) {
      if (!(error instanceof ChatFailure)) throw error;
      if (error.cure === "none") asked.pending = null;
      this.#fail(asked, error.message);
    }
  }

  /** Posts a question; when the connection broke although the network is there, once more. */
  async #post(out: Outgoing): Promise<Turn> {
    let turn: Turn;
    try {
      turn = await ask(this.endpoint(), this.id, out);
    } catch (error) {
      if (!(error instanceof ChatFailure) || error.cure !== "resend" || !navigator.onLine) throw error;
      await new Promise((resolve) => setTimeout(resolve, RESEND_DELAY_MS));
      turn = await ask(this.endpoint(), this.id, out);
    }
    if (this.id && this.id !== turn.conversation) this.#forgetBefore(out);
    this.id = turn.conversation;
    return turn;
  }

  /** Forgets what the city has forgotten, be it erased or too old: its answer to `out` began a new conversation. */
  #forgetBefore(out: Outgoing): void {
    const asked = this.entries.findIndex((entry) => entry.kind === "question" && entry.pending === out);
    if (asked < 0) return;
    this.entries = this.entries.slice(asked);
    this.#used.clear();
  }

  /** Shows the answers below what was asked, also when something else was said since. */
  #show(turn: Turn, asked: Asked): void {
    asked.pending = null;
    const answers = turn.answers.map((answer, number): Entry => ({ kind: "answer", answer, wire: turn.wires[number] ?? {} }));
    const below = this.entries.indexOf(asked) + 1;
    this.#change([...this.entries.slice(0, below), ...answers, ...this.entries.slice(below)]);
    this.announcer.say(turn.answers.map(spoken).join(" "), turn.answers[0]?.lang);
    this.listen();
  }

  #take(event: LiveEvent): void {
    const { kind, id, data } = event;
    if (id) this.#seen = id;
    if (this.notices.take(event) || kind !== "reply") return;
    const answer = readAnswer(data, this.endpoint());
    this.#change([...this.entries, { kind: "answer", answer, wire: data }]);
    this.announcer.say(spoken(answer));
  }

  async #whileBusy(status: string, work: () => Promise<void>): Promise<void> {
    this.busy = true;
    const timer = setTimeout(() => this.#setStatus(status), STATUS_DELAY_MS);
    try {
      await work();
    } finally {
      clearTimeout(timer);
      this.busy = false;
      this.#setStatus("");
    }
  }

  #keep(): void {
    remember({ conversation: this.id, entries: this.entries, seen: this.#seen });
  }

  #say(text: string, pending: Outgoing | null = null): Asked {
    const asked: Asked = { kind: "question", text, pending, failure: "" };
    this.#change([...this.entries, asked]);
    return asked;
  }

  #fail(asked: Asked, failure: string): void {
    asked.failure = failure;
    this.#change([...this.entries]);
    this.announcer.say(failure);
  }

  #change(entries: Entry[]): void {
    this.entries = entries;
    this.#keep();
    this.host.requestUpdate();
  }

  #showProblem(problem: LetterProblem | null): void {
    this.letterProblem = problem;
    this.host.requestUpdate();
  }

  #setStatus(status: string): void {
    this.status = status;
    this.host.requestUpdate();
  }
}
