import { expect, it, vi } from "vitest";
import { readTurn } from "../src/message.js";
import { parseSettings } from "../src/settings.js";

const API = "https://miasto.example/api/v1/chat";

it("reads a turn whose optional parts are missing", () => {
  const answer = { text: "Dzień dobry", places: [{ name: "A", distance_m: "?" }] };
  const turn = readTurn({ conversation: "c", answers: [answer] }, API);
  expect(turn?.answers[0]).toEqual({
    text: "Dzień dobry",
    lang: "pl",
    intent: "",
    decision: "",
    facts: [],
    buttons: [],
    places: [{ name: "A", address: null, details: [], position: null, distanceM: null, mapUrl: null, geoUri: null }],
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
  const chart = { ...words, url: "/charts/air.svg", narrow_url: "/charts/narrow/air.svg", limit: { label: "norma dobowa", value: 50 }, rows };
  const turn = readTurn({ conversation: "c", answers: [{ text: "", chart }] }, API);
  expect(turn?.answers[0]?.chart).toEqual({
    ...words,
    url: "https://miasto.example/charts/air.svg",
    narrowUrl: "https://miasto.example/charts/narrow/air.svg",
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

it.each([
  [{ lat: 51.2, lon: 16.1 }, { lat: 51.2, lon: 16.1 }],
  [{ lat: 95, lon: 16.1 }, null],
  [{ lat: "51", lon: 16.1 }, null],
])("takes %j for the position %j", (sent, position) => {
  const answer = { text: "", places: [{ name: "A", ...sent }] };
  expect(readTurn({ conversation: "c", answers: [answer] }, API)?.answers[0]?.places[0]?.position).toEqual(position);
});

it("reads an answer again from what it keeps of it", () => {
  const understanding = { intent: "air_quality_now", decision: "answered" };
  const turn = readTurn({ conversation: "c", answers: [{ text: "Dobre.", lang: "uk" }], understanding }, API);
  const again = readTurn({ conversation: "c", answers: [{ text: "Dobre.", lang: "<b>" }], understanding }, API);
  expect(turn?.answers[0]).toMatchObject({ lang: "uk", intent: "air_quality_now", decision: "answered" });
  expect(again?.answers[0]?.lang).toBe("pl");
  expect(turn?.wires[0]).toMatchObject({ text: "Dobre.", intent: "air_quality_now" });
});

const SAID = { title: "Asystent Legnicy", text: "Dzień dobry.", privacy_text: "Bez nazwisk.", privacy_url: "/prywatnosc" };

it("says first what the page gives, and nothing of its own", () => {
  expect(parseSettings(JSON.stringify({ ...SAID, topics: [{ title: "Powietrze", payload: "air_quality_now" }] }))).toEqual({
    title: "Asystent Legnicy",
    text: "Dzień dobry.",
    privacyText: "Bez nazwisk.",
    privacyUrl: "/prywatnosc",
    topics: [{ title: "Powietrze", payload: "air_quality_now" }],
    map: null,
  });
  expect(parseSettings('{"title": "Asystent Legnicy"}')).toBeNull();
});

it("offers a map only from an http(s) address", () => {
  const map = { tiles: "https://mapy.example/{z}/{x}/{y}.png", attribution: "© Mapy" };
  expect(parseSettings(JSON.stringify({ ...SAID, map }))?.map).toEqual(map);
  expect(parseSettings(JSON.stringify({ ...SAID, map: { ...map, tiles: "javascript:alert(1)" } }))?.map).toBeNull();
});

it("leaves it to the city when the page's settings cannot be read", () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  expect(parseSettings("{")).toBeNull();
});
