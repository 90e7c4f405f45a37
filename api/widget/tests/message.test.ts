import { expect, it, vi } from "vitest";
import { DEFAULT_GREETING, readGreeting } from "../src/greeting.js";
import { readTurn } from "../src/message.js";

const API = "https://miasto.example/api/v1/chat";

it("reads a turn whose optional parts are missing", () => {
  const answer = { text: "Dzień dobry", places: [{ name: "A", distance_m: "?" }] };
  const turn = readTurn({ conversation: "c", answers: [answer] }, API);
  expect(turn?.answers[0]).toEqual({
    text: "Dzień dobry",
    facts: [],
    buttons: [],
    places: [{ name: "A", address: null, details: [], distanceM: null, mapUrl: null, geoUri: null }],
    chart: null,
    sources: [],
  });
});

it.each([null, "tekst", {}, { conversation: "", answers: [] }, { conversation: "c", answers: "?" }])(
  "does not take %j for a turn",
  (value) => {
    expect(readTurn(value, API)).toBeNull();
  },
);

it("marks a source as sample data only when the server says so", () => {
  const turn = readTurn({ conversation: "c", answers: [{ text: "", sources: [{ name: "A", sample: true }, { name: "B" }] }] }, API);
  expect(turn?.answers[0]?.sources.map(({ sample }) => sample)).toEqual([true, false]);
});

it("finds the picture of a chart beside the API, and keeps its gaps", () => {
  const rows = [
    { at: "2026-11-22T20:00:00+01:00", value: 65.6 },
    { at: "2026-11-22T21:00:00+01:00", value: null },
    { value: 1 },
  ];
  const words = { title: "PM10", description: "Najwięcej 65,6.", unit: "µg/m³", source: "GIOŚ" };
  const chart = { ...words, url: "/charts/air.svg", limit: { label: "norma dobowa", value: 50 }, rows };
  const turn = readTurn({ conversation: "c", answers: [{ text: "", chart }] }, API);
  expect(turn?.answers[0]?.chart).toEqual({
    ...words,
    url: "https://miasto.example/charts/air.svg",
    limit: "norma dobowa",
    rows: rows.slice(0, 2),
  });
});

it("shows a chart whose picture has an unsafe address as a table only", () => {
  const chart = { url: "javascript:alert(1)", title: "PM10", rows: [{ at: "2026-11-22T20:00:00+01:00", value: 1 }] };
  const turn = readTurn({ conversation: "c", answers: [{ text: "", chart }] }, API);
  expect(turn?.answers[0]?.chart).toMatchObject({ url: null, description: "PM10" });
});

it.each([null, "x", {}, { title: "PM10", rows: [] }, { rows: [{ at: "2026-11-22", value: 1 }] }])(
  "does not take %j for a chart",
  (chart) => {
    expect(readTurn({ conversation: "c", answers: [{ text: "", chart }] }, API)?.answers[0]?.chart).toBeNull();
  },
);

it.each([
  ["geo:51.2069,16.1457", "geo:51.2069,16.1457"],
  ["geo:-1,16", "geo:-1,16"],
  ["javascript:alert(1)", null],
  ["geo:0,0?q=elsewhere", null],
  [null, null],
])("offers the way to %j as %j", (sent, link) => {
  const answer = { text: "", places: [{ name: "A", geo_uri: sent }] };
  expect(readTurn({ conversation: "c", answers: [answer] }, API)?.answers[0]?.places[0]?.geoUri).toBe(link);
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
