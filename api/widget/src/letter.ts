/** A message for the office: one form over the steps that the assistant asks for in a talk. */
import { CANCEL, type Answer, type Question, type QuickReply, type Turn } from "./message.js";

const INTENT = "human_handoff";
const TOPIC = `${INTENT}?topic=`;
const NO_CONTACT = `${INTENT}?reply=none`;
const CONFIRM = `${INTENT}?confirm=`;
const EMPTY = "Proszę wpisać treść wiadomości.";

/** What the resident filled in; `topic` is the payload of the chosen topic, an empty contact asks for no answer. */
export interface Letter {
  topic: string;
  text: string;
  contact: string;
}

/** Why the assistant does not take the message, and at which field. */
export interface LetterProblem {
  field: "text" | "contact" | "form";
  problem: string;
}

/** The topics of an answer that asks for one, none of any other answer. */
export function letterTopics(answer: Answer): QuickReply[] {
  return answer.buttons.filter(({ payload }) => payload.startsWith(TOPIC));
}

/**
 * Answers the assistant's questions one after another; ends with its last look at the message, or with what is wrong.
 * It always begins anew, so that a corrected form replaces what was said before.
 */
export async function sendLetter(
  { topic, text, contact }: Letter,
  post: (question: Question) => Promise<Turn>,
): Promise<{ turn: Turn } | LetterProblem> {
  if (!text) return { field: "text", problem: EMPTY };
  await post({ button: CANCEL });
  const begun = await post({ button: topic });
  if (!offers(begun, CANCEL)) return refused("form", begun);
  const written = await post({ text });
  if (!offers(written, NO_CONTACT)) return refused("text", written);
  const checked = await post(contact ? { text: contact } : { button: NO_CONTACT });
  return offers(checked, CONFIRM) ? { turn: checked } : refused("contact", checked);
}

function offers({ answers }: Turn, payload: string): boolean {
  return answers.some(({ buttons }) => buttons.some((button) => button.payload.startsWith(payload)));
}

function refused(field: LetterProblem["field"], { answers }: Turn): LetterProblem {
  return { field, problem: answers.map(({ text }) => text).join(" ") };
}
