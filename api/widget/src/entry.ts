/** The entries of a conversation: what the resident said and what the assistant answered. */
import type { Outgoing } from "./chat-api.js";
import type { Kept } from "./memory.js";
import { readAnswer, type Answer, type Fields } from "./message.js";

/** What the resident said; `pending` is what can still be sent for it, `failure` why there is no answer yet. */
export interface Asked {
  kind: "question";
  text: string;
  pending: Outgoing | null;
  failure: string;
}

export type Entry = Asked | { kind: "answer"; answer: Answer; wire: Fields };

/** An entry as a tab keeps it. */
export function keptOf(entry: Entry): Kept {
  if (entry.kind === "answer") return { answered: entry.wire };
  return { asked: entry.text, pending: entry.pending, failure: entry.failure };
}

/** A kept entry as it was; the pictures of an answer lie beside `base`, the API's address. */
export function restored(kept: Kept, base: string): Entry {
  if ("asked" in kept) return { kind: "question", text: kept.asked, pending: kept.pending, failure: kept.failure };
  return { kind: "answer", answer: readAnswer(kept.answered, base), wire: kept.answered };
}
