/** Polish wording of dates, distances, counts and spoken answers. */
import { OWN_LANGUAGE, type Answer, type Place, type Source } from "./message.js";

const TIME_ZONE = "Europe/Warsaw";
const oneDecimal = new Intl.NumberFormat("pl", { maximumFractionDigits: 1 });
const plural = new Intl.PluralRules("pl");
const dateParts = new Intl.DateTimeFormat("pl", {
  timeZone: TIME_ZONE,
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** „22.11.2026” for an ISO date, „22.11.2026 20:00” (Polish time) for an ISO date-time; other text unchanged. */
export function formatAsOf(iso: string): string {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (date) return `${date[3]}.${date[2]}.${date[1]}`;
  const moment = new Date(iso);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(iso) || Number.isNaN(moment.getTime())) return iso;
  const part = Object.fromEntries(dateParts.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${part["day"]}.${part["month"]}.${part["year"]} ${part["hour"]}:${part["minute"]}`;
}

/** Metres below one kilometre („350 m”, rounded to 10 m), kilometres above („1,2 km”). */
export function formatDistance(metres: number): string {
  const rounded = Math.round(metres / 10) * 10;
  return rounded < 1000 ? `${rounded} m` : `${oneDecimal.format(metres / 1000)} km`;
}

/** How many characters may still be typed, in the right plural form. */
export function formatRemaining(count: number): string {
  if (count === 0) return "Osiągnięto limit znaków. Dalszy tekst się nie zmieści.";
  const form = plural.select(count);
  if (form === "one") return "Pozostał 1 znak.";
  return form === "few" ? `Pozostały ${count} znaki.` : `Pozostało ${count} znaków.`;
}

/** „34,2”, or that there is no value. */
export function formatValue(value: number | null): string {
  return value === null ? "brak danych" : oneDecimal.format(value);
}

/** „GIOŚ, stan na 22.11.2026 20:00”. */
export function formatSource({ name, asOf }: Source): string {
  return asOf ? `${name}, stan na ${formatAsOf(asOf)}` : name;
}

/** The text in which numbers, their units and postal codes do not break: „53 000 zł” and „59-220” stay on one line. */
export function keepNumbersTogether(text: string): string {
  return text
    .replace(/(?<=\d) (?=\d{3}(?!\d)|(?:zł|kW|km|m|µg\/m³)(?![\p{L}\d]))/gu, "\u00a0")
    .replace(/(?<=(?<!\d)\d{2}-)(?=\d{3}(?![\d-]))/g, "\u2060");
}

/** The lines of a text, each with its language: in an answer in Cyrillic a line in Latin letters is Polish. */
export function textLines(text: string, lang: string): { text: string; lang: string }[] {
  const isCyrillic = /\p{Script=Cyrillic}/u.test(text);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => ({ text: line, lang: isCyrillic && !/\p{Script=Cyrillic}/u.test(line) ? OWN_LANGUAGE : lang }));
}

/** The absolute address when it is http or https, else null. */
export function safeUrl(address: string | null, base: string): string | null {
  if (!address || !URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}

/** The whole answer as sentences for a screen reader. */
export function spoken({ text, facts, places, chart, buttons, sources }: Answer): string {
  const sentences = [
    text,
    ...facts.map(({ label, value, note }) => `${label}: ${value}${note ? `, ${note}` : ""}`),
    ...places.map(spokenPlace),
    chart ? `Wykres: ${chart.title}` : "",
    ...sources.map((source) => `Źródło: ${formatSource(source)}${source.sample ? ", dane przykładowe" : ""}`),
  ];
  if (buttons.length) sentences.push(`Do wyboru: ${buttons.map(({ title }) => title).join(", ")}`);
  return sentences.filter(Boolean).map(endSentence).join(" ");
}

function spokenPlace({ name, address, details, distanceM }: Place): string {
  const distance = distanceM === null ? "" : formatDistance(distanceM);
  return [name, distance, address, ...details].filter(Boolean).join(", ");
}

function endSentence(sentence: string): string {
  return /[.!?…:]$/.test(sentence) ? sentence : `${sentence}.`;
}
