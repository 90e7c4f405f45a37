import { expect, it, vi } from "vitest";
import { sendLetter } from "../src/letter.js";
import type { Question, Turn } from "../src/message.js";

const LETTER = { topic: "human_handoff?topic=air", text: "Pali się lampa całą dobę.", contact: "jan@example.com" };
const STEPS = [["cancel"], ["cancel"], ["human_handoff?reply=none", "cancel"], ["human_handoff?confirm=yes", "cancel"]];

function office(...steps: string[][]) {
  const answers = steps.map((payloads, number) => {
    const buttons = payloads.map((payload) => ({ title: payload, payload }));
    const answer = { text: `krok ${number}`, lang: "pl", intent: "", decision: "", facts: [], places: [], chart: null, sources: [], buttons };
    return { conversation: "c", answers: [answer], wires: [] } satisfies Turn;
  });
  return vi.fn((_question: Question) => Promise.resolve(answers.shift()!));
}

it("answers the assistant's questions in their order and ends with its last look", async () => {
  const post = office(...STEPS);
  const result = await sendLetter(LETTER, post);
  expect("turn" in result && result.turn.answers[0]?.text).toBe("krok 3");
  expect(post.mock.calls.map(([question]) => question)).toEqual([
    { button: "cancel" },
    { button: LETTER.topic },
    { text: LETTER.text },
    { text: LETTER.contact },
  ]);
});

it("asks for no answer when there is no contact", async () => {
  const post = office(...STEPS);
  await sendLetter({ ...LETTER, contact: "" }, post);
  expect(post.mock.lastCall).toEqual([{ button: "human_handoff?reply=none" }]);
});

it.each([
  ["form", [["cancel"], ["help"]]],
  ["text", [["cancel"], ["cancel"], ["cancel"]]],
  ["contact", [["cancel"], ["cancel"], ["human_handoff?reply=none", "cancel"], ["human_handoff?reply=none", "cancel"]]],
])("tells what is wrong at the field „%s”", async (field, steps) => {
  expect(await sendLetter(LETTER, office(...steps))).toEqual({ field, problem: `krok ${steps.length - 1}` });
});

it("asks nobody about an empty message", async () => {
  const post = office();
  expect(await sendLetter({ ...LETTER, text: "" }, post)).toMatchObject({ field: "text" });
  expect(post).not.toHaveBeenCalled();
});
