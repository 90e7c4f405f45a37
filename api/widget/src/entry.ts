/** The entries of a conversation: what the resident said and what the assistant answered. */
import type { Outgoing } from "./chat-api.js";
import type { Answer, Fields } from "./message.js";

/** What the resident said; `pending` is what can still be sent for it, `failure` why there is no answer yet. */
export interface Asked {
  kind: "question";
  text: string;
  pending: Outgoing | null;
  failure: string;
}

/** `wire` is the answer as it came, in the form that `readAnswer` reads again. */
export type Entry = Asked | { kind: "answer"; answer: Answer; wire: Fields };
