/** The chat API's messages. What comes over the wire is checked here and stays plain text. */
import { safeUrl } from "./format.js";

export interface Position {
  lat: number;
  lon: number;
}

export type Question = { text: string } | { button: string } | { location: Position };

export interface Fact {
  label: string;
  value: string;
  note: string | null;
}

export interface QuickReply {
  title: string;
  payload: string;
}

/** A place of an answer; `position` is WGS 84, null when it is not known. */
export interface Place {
  name: string;
  address: string | null;
  details: string[];
  position: Position | null;
  distanceM: number | null;
  mapUrl: string | null;
  geoUri: string | null;
}

/** One hour of a chart; null is a gap. */
export interface ChartRow {
  at: string;
  value: number | null;
}

/** A chart as pictures, wide and for a phone (absolute addresses, null for none), and as the table behind them; `limit` names its dashed line. */
export interface Chart {
  url: string | null;
  narrowUrl: string | null;
  title: string;
  description: string;
  unit: string;
  source: string;
  limit: string;
  rows: ChartRow[];
}

export interface Source {
  name: string;
  url: string | null;
  asOf: string | null;
  sample: boolean;
}

/** `lang` is a BCP 47 tag; `intent` and `decision` say how the question was understood, empty when nothing was asked. */
export interface Answer {
  text: string;
  lang: string;
  intent: string;
  decision: string;
  facts: Fact[];
  buttons: QuickReply[];
  places: Place[];
  chart: Chart | null;
  sources: Source[];
}

/** One turn; `wires` are the answers as they came, in the form that `readAnswer` reads again. */
export interface Turn {
  conversation: string;
  answers: Answer[];
  wires: Fields[];
}

export type Fields = Record<string, unknown>;

/** Payload of the button that ends a step-by-step matter. */
export const CANCEL = "cancel";
export const OWN_LANGUAGE = "pl";
const LANGUAGE_TAG = /^[a-z]{2,3}$/;
const GEO_URI = /^geo:-?\d+(\.\d+)?,-?\d+(\.\d+)?$/;

/** Reads one turn of the conversation; null when the value is not a turn. Pictures lie beside `base`, the API's address. */
export function readTurn(value: unknown, base: string): Turn | null {
  const turn = fields(value);
  const conversation = text(turn["conversation"]);
  if (!conversation || !Array.isArray(turn["answers"])) return null;
  const { intent, decision } = fields(turn["understanding"]);
  const wires = list(turn["answers"], (answer) => ({ ...answer, intent, decision }));
  return { conversation, answers: wires.map((wire) => readAnswer(wire, base)), wires };
}

/** Reads the reply buttons that have both a title and a payload. */
export function readQuickReplies(value: unknown): QuickReply[] {
  return list(value, (item) => ({ title: text(item["title"]), payload: text(item["payload"]) })).filter(
    ({ title, payload }) => title && payload,
  );
}

/** The fields of a JSON object; none when the value is anything else. */
export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** A string or a finite number as text; empty for anything else. */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  return Number.isFinite(value) ? String(value) : "";
}

/** Reads one answer; what is missing or of the wrong kind is left out. */
export function readAnswer(answer: Fields, base: string): Answer {
  const lang = text(answer["lang"]);
  return {
    text: text(answer["text"]),
    lang: LANGUAGE_TAG.test(lang) ? lang : OWN_LANGUAGE,
    intent: text(answer["intent"]),
    decision: text(answer["decision"]),
    facts: list(answer["facts"], (fact) => ({
      label: text(fact["label"]),
      value: text(fact["value"]),
      note: text(fact["note"]) || null,
    })),
    buttons: readQuickReplies(answer["buttons"]),
    places: list(answer["places"], readPlace),
    chart: readChart(fields(answer["chart"]), base),
    sources: list(answer["sources"], readSource),
  };
}

function readPlace(place: Fields): Place {
  return {
    name: text(place["name"]),
    address: text(place["address"]) || null,
    details: Array.isArray(place["details"]) ? place["details"].map(text).filter(Boolean) : [],
    position: readPosition(place),
    distanceM: number(place["distance_m"]),
    mapUrl: text(place["map_url"]) || null,
    geoUri: GEO_URI.exec(text(place["geo_uri"]))?.[0] ?? null,
  };
}

function readPosition(place: Fields): Position | null {
  const [lat, lon] = [number(place["lat"]), number(place["lon"])];
  return lat !== null && lon !== null && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}

function readChart(chart: Fields, base: string): Chart | null {
  const rows = list(chart["rows"], (row) => ({ at: text(row["at"]), value: number(row["value"]) })).filter(({ at }) => at);
  const title = text(chart["title"]);
  if (!title || !rows.length) return null;
  return {
    url: safeUrl(text(chart["url"]), base),
    narrowUrl: safeUrl(text(chart["narrow_url"]), base),
    title,
    description: text(chart["description"]) || title,
    unit: text(chart["unit"]),
    source: text(chart["source"]),
    limit: text(fields(chart["limit"])["label"]),
    rows,
  };
}

function readSource(source: Fields): Source {
  return {
    name: text(source["name"]),
    url: text(source["url"]) || null,
    asOf: text(source["as_of"]) || null,
    sample: source["sample"] === true,
  };
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function list<T>(value: unknown, read: (item: Fields) => T): T[] {
  return Array.isArray(value) ? value.map((item) => read(fields(item))) : [];
}
