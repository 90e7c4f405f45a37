import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ask, outgoing } from "../src/chat-api.js";

const wire = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.stubGlobal("fetch", wire);
  vi.stubGlobal("navigator", { onLine: true });
});

afterEach(() => {
  vi.unstubAllGlobals();
  wire.mockReset();
});

function problem(status: number, detail: string): Response {
  return new Response(JSON.stringify({ detail }), { status, headers: { "Content-Type": "application/problem+json" } });
}

const question = outgoing({ text: "jakie powietrze?" });

it("sends the question with the conversation it belongs to", async () => {
  wire.mockResolvedValue(Response.json({ conversation: "c", answers: [{ text: "Dobre." }] }));
  const turn = await ask("/api/v1/chat", "c", question);
  expect(turn.answers[0]?.text).toBe("Dobre.");
  expect(JSON.parse(String(wire.mock.calls[0]?.[1]?.body))).toEqual({ conversation: "c", text: "jakie powietrze?" });
});

it("sends a question again under its own key, and another one under another", async () => {
  wire.mockImplementation(() => Promise.resolve(Response.json({ conversation: "c", answers: [] })));
  for (const out of [question, question, outgoing({ text: "jakie powietrze?" })]) await ask("/api/v1/chat", "c", out);
  const keys = wire.mock.calls.map(([, options]) => new Headers(options?.headers).get("Idempotency-Key"));
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

it("shows the server's sentence for a refused question, which sending again would not help", async () => {
  wire.mockResolvedValue(problem(422, "Wiadomość jest pusta."));
  await expect(ask("/", null, question)).rejects.toMatchObject({ message: "Wiadomość jest pusta.", cure: "none" });
});

it.each([429, 500, 503])("lets a question answered with %d be sent again", async (status) => {
  wire.mockResolvedValue(problem(status, "Za chwilę."));
  await expect(ask("/", null, question)).rejects.toMatchObject({ message: "Za chwilę.", cure: "press" });
});

it.each([
  ["a page of a proxy instead of JSON", () => Promise.resolve(new Response("<html>")), true, "Asystent chwilowo nie działa", "press"],
  ["a lost connection", () => Promise.reject(new TypeError("failed")), true, "Nie udało się połączyć", "resend"],
  ["no network", () => Promise.reject(new TypeError("failed")), false, "Brak połączenia z internetem", "resend"],
  ["no answer in time", () => Promise.reject(new DOMException("", "TimeoutError")), true, "Odpowiedź nie nadeszła na czas", "resend"],
])("explains %s in Polish and lets the question be sent again", async (_case, answer, onLine, sentence, cure) => {
  vi.stubGlobal("navigator", { onLine });
  wire.mockImplementation(answer);
  await expect(ask("/", null, question)).rejects.toMatchObject({ message: expect.stringContaining(sentence), cure });
});
