import { describe, expect, it } from "vitest";
import { formatAsOf, formatDistance, formatRemaining, formatValue, keepNumbersTogether, safeUrl, spoken, textLines } from "../src/format.js";

describe("the date of a source", () => {
  it.each([
    ["2026-11-22", "22.11.2026"],
    ["2026-11-22T20:00:00+01:00", "22.11.2026 20:00"],
    ["2026-07-01T22:30:00Z", "02.07.2026 00:30"],
    ["listopad 2026", "listopad 2026"],
  ])("%s is shown as %s, in Polish time", (iso, shown) => {
    expect(formatAsOf(iso)).toBe(shown);
  });
});

describe("a distance", () => {
  it.each([
    [346, "350 m"],
    [994, "990 m"],
    [996, "1 km"],
    [1240, "1,2 km"],
  ])("%d m is shown as %s", (metres, shown) => {
    expect(formatDistance(metres)).toBe(shown);
  });
});

describe("a value of a chart", () => {
  it.each([
    [68.4, "68,4"],
    [0, "0"],
    [24, "24"],
    [null, "brak danych"],
  ])("%s is shown as %s", (value, shown) => {
    expect(formatValue(value)).toBe(shown);
  });
});

describe("the counter", () => {
  it.each([
    [0, "Osiągnięto limit znaków. Dalszy tekst się nie zmieści."],
    [1, "Pozostał 1 znak."],
    [3, "Pozostały 3 znaki."],
    [12, "Pozostało 12 znaków."],
    [22, "Pozostały 22 znaki."],
  ])("has the right form for %d", (count, shown) => {
    expect(formatRemaining(count)).toBe(shown);
  });
});

describe("a line never breaks inside", () => {
  it.each([
    ["do 53 000 zł na osobę", "do 53_000_zł na osobę"],
    ["CCS 60 kW ×2", "CCS 60_kW ×2"],
    ["34,2 µg/m³", "34,2_µg/m³"],
    ["od 2 do 3 miejsc", "od 2 do 3 miejsc"],
  ])("%s", (text, kept) => {
    expect(keepNumbersTogether(text)).toBe(kept.replaceAll("_", "\u00a0"));
  });
});

it("a postal code does not break at its hyphen, a date or a phone number is left alone", () => {
  expect(keepNumbersTogether("59-220 Legnica, 2026-11-22, 12-345-67")).toBe("59-\u2060220 Legnica, 2026-11-22, 12-345-67");
});

describe("an address", () => {
  it.each([
    ["javascript:alert(1)", null],
    ["data:text/html,x", null],
    ["https://powietrze.gios.gov.pl/", "https://powietrze.gios.gov.pl/"],
    ["/prywatnosc", "https://miasto.example/prywatnosc"],
    ["http://", null],
    [null, null],
  ])("%s becomes %s", (address, link) => {
    expect(safeUrl(address, "https://miasto.example/widget.js")).toBe(link);
  });
});

it("a Polish line in an answer in Ukrainian is marked as Polish", () => {
  expect(textLines("Я відповідаю польською.\nOdpowiadam po polsku.", "uk").map(({ lang }) => lang)).toEqual(["uk", "pl"]);
  expect(textLines("I answer in Polish.\nEmergency: 112.", "en").map(({ lang }) => lang)).toEqual(["en", "en"]);
});

it("a spoken answer says facts, places, chart, source, sample mark and choices", () => {
  const answer = {
    text: "Powietrze jest dobre.",
    lang: "pl",
    intent: "air_quality_now",
    decision: "answered",
    facts: [{ label: "PM10", value: "20 µg/m³", note: "40% normy" }],
    places: [{ name: "Parking", address: "ul. Długa 1", details: ["22 kW"], position: null, distanceM: 1240, mapUrl: null, geoUri: null }],
    chart: { url: null, narrowUrl: null, title: "PM10 w Legnicy", description: "", unit: "", source: "", limit: "", rows: [] },
    sources: [{ name: "GIOŚ", url: null, asOf: "2026-11-22", sample: true }],
    buttons: [{ title: "Jutro", payload: "air_quality_forecast" }],
  };
  expect(spoken(answer)).toBe(
    "Powietrze jest dobre. PM10: 20 µg/m³, 40% normy. Parking, 1,2 km, ul. Długa 1, 22 kW. " +
      "Wykres: PM10 w Legnicy. Źródło: GIOŚ, stan na 22.11.2026, dane przykładowe. Do wyboru: Jutro.",
  );
});
