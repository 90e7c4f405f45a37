/** The chat API's messages. What comes over the wire is checked here and stays plain text. */

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

export interface Place {
  name: string;
  address: string | null;
  details: string[];
  distanceM: number | null;
  mapUrl: string | null;
}

export interface Source {
  name: string;
  url: string | null;
  asOf: string | null;
  sample: boolean;
}

export interface Answer {
  text: string;
  facts: Fact[];
  buttons: QuickReply[];
  places: Place[];
  sources: Source[];
}

export interface Turn {
  conversation: string;
  answers: Answer[];
}

type Fields = Record<string, unknown>;

/** Reads one turn of the conversation; null when the value is not a turn. */
export function readTurn(value: unknown): Turn | null {
  const turn = fields(value);
  const conversation = text(turn["conversation"]);
  if (!conversation || !Array.isArray(turn["answers"])) return null;
  return { conversation, answers: list(turn["answers"], readAnswer) };
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

function readAnswer(answer: Fields): Answer {
  return {
    text: text(answer["text"]),
    facts: list(answer["facts"], (fact) => ({
      label: text(fact["label"]),
      value: text(fact["value"]),
      note: text(fact["note"]) || null,
    })),
    buttons: readQuickReplies(answer["buttons"]),
    places: list(answer["places"], readPlace),
    sources: list(answer["sources"], readSource),
  };
}

function readPlace(place: Fields): Place {
  const distance = place["distance_m"];
  return {
    name: text(place["name"]),
    address: text(place["address"]) || null,
    details: Array.isArray(place["details"]) ? place["details"].map(text).filter(Boolean) : [],
    distanceM: typeof distance === "number" && Number.isFinite(distance) ? distance : null,
    mapUrl: text(place["map_url"]) || null,
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

function list<T>(value: unknown, read: (item: Fields) => T): T[] {
  return Array.isArray(value) ? value.map((item) => read(fields(item))) : [];
}
