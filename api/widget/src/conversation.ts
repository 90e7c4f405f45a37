/** The conversation: its entries in order, and the one question that may be waiting for an answer. */
import type { ReactiveControllerHost } from "lit";
import type { Announcer } from "./announcer.js";
import { ask, ChatFailure } from "./chat-api.js";
import { spoken } from "./format.js";
import { currentPosition } from "./location.js";
import { recallConversation, rememberConversation } from "./memory.js";
import type { Answer, Question, QuickReply } from "./message.js";

export type Entry =
  | { kind: "question"; text: string }
  | { kind: "answer"; answer: Answer }
  | { kind: "failure"; text: string; again: Question | null };

export const SHARE_LOCATION = "share_location";
const TYPING = "Asystent pisze…";
const LOCATING = "Ustalanie lokalizacji…";
const STATUS_DELAY_MS = 300;

export class Conversation {
  entries: Entry[] = [];
  status = "";
  busy = false;
  readonly #used = new Set<QuickReply | Entry>();
  #id: string | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly announcer: Announcer,
    private readonly endpoint: () => string,
  ) {}

  /** Whether a quick reply or a „try again” has already been pressed. */
  isUsed(item: QuickReply | Entry): boolean {
    return this.#used.has(item);
  }

  /** Sends what the resident typed; false when it is empty or another question is waiting. */
  write(typed: string): boolean {
    const text = typed.trim();
    if (!text || this.busy) return false;
    this.#add({ kind: "question", text });
    void this.#whileBusy(TYPING, () => this.#ask({ text }));
    return true;
  }

  /** Answers with a quick reply, once. */
  choose(reply: QuickReply): void {
    if (this.busy || this.isUsed(reply)) return;
    this.#add({ kind: "question", text: reply.title });
    if (reply.payload === SHARE_LOCATION) {
      void this.#whileBusy(LOCATING, () => this.#shareLocation(reply));
    } else {
      this.#used.add(reply);
      void this.#whileBusy(TYPING, () => this.#ask({ button: reply.payload }));
    }
  }

  /** Sends the question of a failed entry again, once per failure. */
  retry(entry: Entry): void {
    if (this.busy || this.isUsed(entry) || entry.kind !== "failure" || !entry.again) return;
    const question = entry.again;
    this.#used.add(entry);
    void this.#whileBusy(TYPING, () => this.#ask(question));
  }

  async #shareLocation(reply: QuickReply): Promise<void> {
    const location = await currentPosition().catch((error: Error) => this.#fail(error.message, null));
    if (!location) return;
    this.#used.add(reply);
    await this.#ask({ location });
  }

  async #ask(question: Question): Promise<void> {
    this.#id ??= recallConversation();
    try {
      const turn = await ask(this.endpoint(), this.#id, question);
      this.#keep(turn.conversation);
      for (const answer of turn.answers) this.#add({ kind: "answer", answer });
      this.announcer.say(turn.answers.map(spoken).join(" "));
    } catch (error) {
      if (!(error instanceof ChatFailure)) throw error;
      if (error.conversationLost) this.#keep(null);
      this.#fail(error.message, error.canRetry ? question : null);
    }
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

  #keep(id: string | null): void {
    this.#id = id;
    rememberConversation(id);
  }

  #fail(text: string, again: Question | null): void {
    this.#add({ kind: "failure", text, again });
    this.announcer.say(text);
  }

  #add(entry: Entry): void {
    this.entries = [...this.entries, entry];
    this.host.requestUpdate();
  }

  #setStatus(status: string): void {
    this.status = status;
    this.host.requestUpdate();
  }
}
