/** What a tab remembers of its conversation, only from the first question and only until it is closed. */
import type { Outgoing } from "./chat-api.js";
import type { Entry } from "./entry.js";
import { fields, readAnswer, text, type Fields, type Question } from "./message.js";

const KEY = "city-assistant-conversation";
const MOST_ENTRIES = 40;

/** The conversation's secret id once it has one, its newest entries, and the number of the last live event that was shown. */
export interface Memory {
  conversation: string | null;
  entries: Entry[];
  seen: string;
}

/** What an earlier page of this tab left, or null; the pictures of answers lie beside `base`, the API's address. */
export function recall(base: string): Memory | null {
  try {
    const kept = fields(JSON.parse(sessionStorage.getItem(KEY) ?? "null"));
    const entries = Array.isArray(kept["entries"]) ? kept["entries"].flatMap((entry) => readEntry(fields(entry), base)) : [];
    return entries.length ? { conversation: text(kept["conversation"]) || null, entries, seen: text(kept["seen"]) } : null;
  } catch {
    return null;
  }
}

/** Keeps the conversation, or forgets it when null; a browser that refuses storage is no obstacle. */
export function remember(memory: Memory | null): void {
  try {
    if (memory === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify({ ...memory, entries: memory.entries.slice(-MOST_ENTRIES).map(keptOf) }));
  } catch {
    // Storage is switched off or full: the conversation lives in memory until the page is left.
  }
}

function keptOf(entry: Entry): Fields {
  if (entry.kind === "answer") return { answered: entry.wire };
  return { asked: entry.text, pending: entry.pending, failure: entry.failure };
}

function readEntry({ asked, pending, failure, answered }: Fields, base: string): Entry[] {
  if (text(asked)) return [{ kind: "question", text: text(asked), pending: readOutgoing(fields(pending)), failure: text(failure) }];
  if (typeof answered !== "object" || answered === null) return [];
  const wire = fields(answered);
  return [{ kind: "answer", answer: readAnswer(wire, base), wire }];
}

function readOutgoing({ question, key }: Fields): Outgoing | null {
  return text(key) ? { question: fields(question) as unknown as Question, key: text(key) } : null;
}
