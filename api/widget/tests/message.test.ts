import { expect, it, vi } from "vitest";
import { DEFAULT_GREETING, readGreeting } from "../src/greeting.js";
import { readTurn } from "../src/message.js";

it("reads a turn whose optional parts are missing", () => {
  const turn = readTurn({ conversation: "c", answers: [{ text: "Dzień dobry", places: [{ name: "A", distance_m: "?" }] }] });
  expect(turn?.answers[0]).toEqual({
    text: "Dzień dobry",
    facts: [],
    buttons: [],
    places: [{ name: "A", address: null, details: [], distanceM: null, mapUrl: null }],
    sources: [],
  });
});

it.each([null, "tekst", {}, { conversation: "", answers: [] }, { conversation: "c", answers: "?" }])(
  "does not take %j for a turn",
  (value) => {
    expect(readTurn(value)).toBeNull();
  },
);

it("marks a source as sample data only when the server says so", () => {
  const turn = readTurn({ conversation: "c", answers: [{ text: "", sources: [{ name: "A", sample: true }, { name: "B" }] }] });
  expect(turn?.answers[0]?.sources.map(({ sample }) => sample)).toEqual([true, false]);
});

it("replaces only the parts of the greeting that the page gives", () => {
  const greeting = readGreeting('{"title": "Asystent Legnicy", "topics": [{"title": "Powietrze", "payload": "air_quality_now"}]}');
  expect(greeting).toEqual({
    ...DEFAULT_GREETING,
    title: "Asystent Legnicy",
    topics: [{ title: "Powietrze", payload: "air_quality_now" }],
  });
});

it("greets as usual when the page's greeting cannot be read", () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  expect(readGreeting("{")).toEqual(DEFAULT_GREETING);
});
