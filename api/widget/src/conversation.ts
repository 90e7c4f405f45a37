/** The conversation: its entries in order, what waits for an answer, and what comes by itself. */
import type { ReactiveControllerHost } from "lit";
import type { Announcer } from "./announcer.js";
import { ask, ChatFailure, outgoing, type Outgoing } from "./chat-api.js";
import { spoken } from "./format.js";
import { sendLetter, type Letter, type LetterProblem } from "./letter.js";
import { Live, type LiveEvent } from "./live.js";
import { currentPosition } from "./location.js";
import { recall, remember, type Kept } from "./memory.js";
import { fields, readAnswer, type Answer, type Fields, type QuickReply, type Turn } from "./message.js";
import type { Notices } from "./notices.js";

export type Entry =
  | { kind: "question"; text: string }
  | { kind: "answer"; answer: Answer; wire: Fields }
  | { kind: "failure"; text: string; again: Outgoing | null };

export const SHARE_LOCATION = "share_location";
const TYPING = "Asystent pisze…";
const LOCATING = "Ustalanie lokalizacji…";
const STARTED_ANEW = "Rozpoczęto nową rozmowę.";
const STATUS_DELAY_MS = 300;
const RESEND_DELAY_MS = 1500;

export class Conversation {
  entries: Entry[] = [];
  status = "";
  busy = false;
  letterProblem: LetterProblem | null = null;
  #id: string | null = null;
  #seen = "";
  readonly #used = new Set<QuickReply | Entry>();
  readonly #live: Live;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly announcer: Announcer,
    private readonly notices: Notices,
    private readonly endpoint: () => string,
  ) {
    this.#live = new Live(() => `${endpoint()}/events`, (event) => this.#take(event));
  }

  get id(): string | null {
    return this.#id;
  }

  /** Shows again what an earlier page of this tab left; nothing of it is read out. */
  resume(): void {
    const memory = this.#id ? null : recall();
    if (!memory) return;
    this.#id = memory.conversation;
    this.#seen = memory.seen;
    this.entries = memory.entries.map((kept) => this.#restored(kept));
    this.host.requestUpdate();
    this.listen();
  }

  /** Listens to what comes by itself, also before the first question. */
  listen(): void {
    this.#live.listen(this.#id, this.#seen);
  }

  hostDisconnected(): void {
    this.#live.stop();
    removeEventListener("online", this.#resend);
  }

  /** Forgets everything that was said in this tab. */
  startAnew(): void {
    if (this.busy) return;
    this.#live.stop();
    this.#id = null;
    this.#seen = "";
    this.entries = [];
    this.letterProblem = null;
    this.#used.clear();
    remember(null);
    this.announcer.say(STARTED_ANEW);
    this.host.requestUpdate();
  }

  /** Whether a quick reply, a form or a „try again” has already been used. */
  isUsed(item: QuickReply | Entry): boolean {
    return this.#used.has(item);
  }

  /** Sends what the resident typed; false when it is empty or another question is waiting. */
  write(typed: string): boolean {
    const text = typed.trim();
    if (!text || this.busy) return false;
    this.#add({ kind: "question", text });
    void this.#whileBusy(TYPING, () => this.#ask(outgoing({ text })));
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
      void this.#whileBusy(TYPING, () => this.#ask(outgoing({ button: reply.payload })));
    }
  }

  /** Sends the question of a failed entry again, once per failure. */
  retry(entry: Entry): void {
    if (this.busy || this.isUsed(entry) || entry.kind !== "failure" || !entry.again) return;
    const again = entry.again;
    this.#used.add(entry);
    void this.#whileBusy(TYPING, () => this.#ask(again));
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
        this.#add({ kind: "question", text: letter.text });
        this.#show(result.turn);
      } catch (error) {
        if (!(error instanceof ChatFailure)) throw error;
        this.#showProblem({ field: "form", problem: error.message });
      }
    });
  }

  async #shareLocation(reply: QuickReply): Promise<void> {
    const location = await currentPosition().catch((error: Error) => this.#fail(error.message, null));
    if (!location) return;
    this.#used.add(reply);
    await this.#ask(outgoing({ location }));
  }

  async #ask(out: Outgoing): Promise<void> {
    try {
      this.#show(await this.#post(out));
    } catch (error) {
      if (!(error instanceof ChatFailure)) throw error;
      if (error.conversationLost) this.#keep(null);
      this.#fail(error.message, error.cure === "none" ? null : out);
      if (error.cure === "resend" && !navigator.onLine) addEventListener("online", this.#resend, { once: true });
    }
  }

  /** Posts a question; when the connection broke although the network is there, once more. */
  async #post(out: Outgoing): Promise<Turn> {
    let turn: Turn;
    try {
      turn = await ask(this.endpoint(), this.#id, out);
    } catch (error) {
      if (!(error instanceof ChatFailure) || error.cure !== "resend" || !navigator.onLine) throw error;
      await new Promise((resolve) => setTimeout(resolve, RESEND_DELAY_MS));
      turn = await ask(this.endpoint(), this.#id, out);
    }
    this.#id = turn.conversation;
    return turn;
  }

  #resend = (): void => {
    const last = this.entries.at(-1);
    if (last) this.retry(last);
  };

  #show(turn: Turn): void {
    for (const [number, answer] of turn.answers.entries()) {
      this.#add({ kind: "answer", answer, wire: turn.wires[number] ?? {} });
    }
    this.#keep(turn.conversation);
    this.announcer.say(turn.answers.map(spoken).join(" "), turn.answers[0]?.lang);
    this.listen();
  }

  #take(event: LiveEvent): void {
    const { kind, id, data } = event;
    if (id) this.#seen = id;
    if (this.notices.take(event) || kind !== "reply") return;
    const answer = readAnswer(data, this.endpoint());
    this.#add({ kind: "answer", answer, wire: data });
    this.#keep(this.#id);
    this.announcer.say(spoken(answer));
  }

  #restored(kept: Kept): Entry {
    if ("asked" in kept) return { kind: "question", text: kept.asked };
    const wire = fields(kept.answered);
    return { kind: "answer", answer: readAnswer(wire, this.endpoint()), wire };
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
    const entries = this.entries.flatMap((entry): Kept[] => {
      if (entry.kind === "question") return [{ asked: entry.text }];
      return entry.kind === "answer" ? [{ answered: entry.wire }] : [];
    });
    remember(id === null ? null : { conversation: id, entries, seen: this.#seen });
  }

  #fail(text: string, again: Outgoing | null): void {
    this.#add({ kind: "failure", text, again });
    this.announcer.say(text);
  }

  #add(entry: Entry): void {
    this.entries = [...this.entries, entry];
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
