/** What a tab remembers of its conversation, only from the first question and only until it is closed. */
import type { Outgoing } from "./chat-api.js";
import { fields, text, type Fields, type Question } from "./message.js";

const KEY = "city-assistant-conversation";
const MOST_ENTRIES = 40;

/** An entry as it is kept: the resident's words with what is still to be sent, or an answer as it came over the wire. */
export type Kept = { asked: string; pending: Outgoing | null; failure: string } | { answered: Fields };

/** The conversation's secret id once it has one, its newest entries, and the number of the last live event that was shown. */
export interface Memory {
  conversation: string | null;
  entries: Kept[];
  seen: string;
}

/** What an earlier page of this tab left, or null. */
export function recall(): Memory | null {
  try {
    const kept = fields(JSON.parse(sessionStorage.getItem(KEY) ?? "null"));
    const entries = Array.isArray(kept["entries"]) ? kept["entries"].flatMap(readEntry) : [];
    return entries.length ? { conversation: text(kept["conversation"]) || null, entries, seen: text(kept["seen"]) } : null;
  } catch {
    return null;
  }
}

/** Keeps the conversation, or forgets it when null; a browser that refuses storage is no obstacle. */
export function remember(memory: Memory | null): void {
  try {
    if (memory === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify({ ...memory, entries: memory.entries.slice(-MOST_ENTRIES) }));
  } catch {
    // Storage is switched off or full: the conversation lives in memory until the page is left.
  }
}

function readEntry(kept: unknown): Kept[] {
  const { asked, pending, failure, answered } = fields(kept);
  if (text(asked)) return [{ asked: text(asked), pending: readOutgoing(fields(pending)), failure: text(failure) }];
  return typeof answered === "object" && answered !== null ? [{ answered: fields(answered) }] : [];
}

function readOutgoing({ question, key }: Fields): Outgoing | null {
  return text(key) ? { question: fields(question) as unknown as Question, key: text(key) } : null;
}
