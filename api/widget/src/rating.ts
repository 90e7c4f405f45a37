/** What residents think of an answer. */
import { CANCEL, type Answer } from "./message.js";

const TIMEOUT_MS = 10_000;

/** Why an answer did not help, with the words on the button. */
export const REASONS = [
  { code: "wrong", title: "Błędna lub nieaktualna" },
  { code: "off_topic", title: "Nie na temat" },
  { code: "unclear", title: "Niezrozumiała" },
] as const;

/** A rating; `reason` is a code, `comment` the resident's own words. */
export interface Rating {
  helpful: boolean;
  reason?: string;
  comment?: string;
}

/** Whether an answer can be rated: it is one, and no step of a form or small talk. */
export function isRateable({ decision, sources, buttons }: Answer): boolean {
  const isStep = buttons.some(({ payload }) => payload === CANCEL);
  return !isStep && (decision === "fallback" || (decision === "answered" && sources.length > 0));
}

/** Stores a rating, a later one instead of an earlier one; false when that did not work. */
export async function rate(address: string, conversation: string, intent: string, rating: Rating): Promise<boolean> {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ conversation, intent, ...rating }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.ok;
  } catch {
    return false;
  }
}
