/** One request to the chat API, with every failure turned into a sentence for the resident. */
import { fields, readTurn, text, type Question, type Turn } from "./message.js";

const TIMEOUT_MS = 20_000;

export const OFFLINE = "Brak połączenia z internetem. Gdy połączenie wróci, wiadomość zostanie wysłana sama.";
const UNREACHABLE = "Nie udało się połączyć z asystentem. Proszę spróbować ponownie za chwilę.";
const TOO_SLOW = "Odpowiedź nie nadeszła na czas. Proszę spróbować ponownie.";
const BROKEN = "Asystent chwilowo nie działa. Proszę spróbować ponownie za chwilę.";
const REFUSED = "Nie udało się przyjąć tej wiadomości. Proszę napisać ją inaczej.";

/** What may happen after a failure: nothing, a press on „try again”, or sending it again without being asked. */
type Cure = "none" | "press" | "resend";

/** A question without an answer: what to tell the resident and what may help. */
export class ChatFailure extends Error {
  constructor(
    message: string,
    readonly cure: Cure,
  ) {
    super(message);
  }
}

/** A question under a key of its own: sent again with it, it is answered once. */
export interface Outgoing {
  question: Question;
  key: string;
}

/** Puts a question under a new random key. */
export function outgoing(question: Question): Outgoing {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return { question, key: [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}

/** Sends one question and returns the turn; throws ChatFailure, also after 20 s without an answer. */
export async function ask(endpoint: string, conversation: string | null, { question, key }: Outgoing): Promise<Turn> {
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json, application/problem+json",
        "Idempotency-Key": key,
      },
      body: JSON.stringify({ conversation, ...question }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw await refusal(response);
    const turn = readTurn(await response.json(), response.url);
    if (!turn) throw new ChatFailure(BROKEN, "press");
    return turn;
  } catch (error) {
    throw error instanceof ChatFailure ? error : brokenConnection(error);
  }
}

async function refusal(response: Response): Promise<ChatFailure> {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  const problem: unknown = isProblem ? await response.json().catch(() => null) : null;
  const detail = text(fields(problem)["detail"]);
  if (response.status >= 500) return new ChatFailure(detail || BROKEN, "press");
  return new ChatFailure(detail || REFUSED, response.status === 429 ? "press" : "none");
}

function brokenConnection(error: unknown): ChatFailure {
  if (!navigator.onLine) return new ChatFailure(OFFLINE, "resend");
  if (error instanceof DOMException && error.name === "TimeoutError") return new ChatFailure(TOO_SLOW, "resend");
  return error instanceof SyntaxError ? new ChatFailure(BROKEN, "press") : new ChatFailure(UNREACHABLE, "resend");
}
