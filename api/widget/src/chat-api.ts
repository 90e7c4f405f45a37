/** One request to the chat API, with every failure turned into a sentence for the resident. */
import { fields, readTurn, text, type Question, type Turn } from "./message.js";

const TIMEOUT_MS = 20_000;

const OFFLINE = "Brak połączenia z internetem. Po jego odzyskaniu można wysłać wiadomość jeszcze raz.";
const UNREACHABLE = "Nie udało się połączyć z asystentem. Proszę spróbować ponownie za chwilę.";
const TOO_SLOW = "Odpowiedź nie nadeszła na czas. Proszę spróbować ponownie.";
const BROKEN = "Asystent chwilowo nie działa. Proszę spróbować ponownie za chwilę.";
const REFUSED = "Nie udało się przyjąć tej wiadomości. Proszę napisać ją inaczej.";

/** A question without an answer: what to tell the resident and whether sending it again may help. */
export class ChatFailure extends Error {
  constructor(
    message: string,
    readonly canRetry: boolean,
    readonly conversationLost = false,
  ) {
    super(message);
  }
}

/** Sends one question and returns the turn; throws ChatFailure, also after 20 s without an answer. */
export async function ask(endpoint: string, conversation: string | null, question: Question): Promise<Turn> {
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json, application/problem+json" },
      body: JSON.stringify({ conversation, ...question }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw await refusal(response);
    const turn = readTurn(await response.json(), response.url);
    if (!turn) throw new ChatFailure(BROKEN, true);
    return turn;
  } catch (error) {
    throw error instanceof ChatFailure ? error : brokenConnection(error);
  }
}

async function refusal(response: Response): Promise<ChatFailure> {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  const problem: unknown = isProblem ? await response.json().catch(() => null) : null;
  const detail = text(fields(problem)["detail"]);
  if (response.status >= 500) return new ChatFailure(detail || BROKEN, true);
  return new ChatFailure(detail || REFUSED, response.status === 429, response.status === 404);
}

function brokenConnection(error: unknown): ChatFailure {
  if (!navigator.onLine) return new ChatFailure(OFFLINE, true);
  if (error instanceof DOMException && error.name === "TimeoutError") return new ChatFailure(TOO_SLOW, true);
  return new ChatFailure(error instanceof SyntaxError ? BROKEN : UNREACHABLE, true);
}
