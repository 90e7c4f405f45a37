/** What the widget says first and where its map comes from: given by the page, else asked from the city when it opens. */
import { fields, readQuickReplies, text, type QuickReply } from "./message.js";

/** Squares of a map: an address with {z}, {x}, {y}, and whose they are. */
export interface MapSettings {
  tiles: string;
  attribution: string;
}

export interface Settings {
  title: string;
  text: string;
  privacyText: string;
  privacyUrl: string;
  topics: QuickReply[];
  map: MapSettings | null;
}

export const DEFAULT_SETTINGS: Settings = {
  title: "Asystent miasta",
  text:
    "Dzień dobry! Jestem automatycznym asystentem miasta.\n" +
    "Odpowiadam na pytania o powietrze, dotacje do ogrzewania, ładowarki, wydarzenia i sprawy w urzędzie.",
  privacyText:
    "Treść rozmowy przechowujemy przez ograniczony czas i maskujemy w niej rozpoznane dane osobowe. " +
    "Proszę nie wpisywać nazwiska, numeru PESEL ani telefonu.",
  privacyUrl: "/prywatnosc",
  topics: [
    { title: "Jakie jest teraz powietrze?", payload: "air_quality_now" },
    { title: "Dotacje do ogrzewania", payload: "subsidy_overview" },
    { title: "Znajdź ładowarkę", payload: "charger_find" },
    { title: "Co potrafi asystent?", payload: "help" },
  ],
  map: null,
};

/** The default settings with the parts named in a JSON value replaced. */
export function readSettings(value: unknown): Settings {
  const given = fields(value);
  const topics = readQuickReplies(given["topics"]);
  return {
    title: text(given["title"]) || DEFAULT_SETTINGS.title,
    text: text(given["text"]) || DEFAULT_SETTINGS.text,
    privacyText: text(given["privacy_text"]) || DEFAULT_SETTINGS.privacyText,
    privacyUrl: text(given["privacy_url"]) || DEFAULT_SETTINGS.privacyUrl,
    topics: topics.length ? topics : DEFAULT_SETTINGS.topics,
    map: readMap(given["map"]),
  };
}

/** The settings in an attribute's JSON text; unreadable JSON changes nothing. */
export function parseSettings(json: string): Settings {
  try {
    return readSettings(JSON.parse(json));
  } catch {
    console.warn("city-assistant: the attribute „settings” is not valid JSON, the default settings are used.");
    return DEFAULT_SETTINGS;
  }
}

/** The city's own settings; the default ones when they cannot be had. */
export async function fetchSettings(address: string): Promise<Settings> {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok ? readSettings(await response.json()) : DEFAULT_SETTINGS;
  } catch {
    return DEFAULT_SETTINGS;
  }
}

function readMap(value: unknown): MapSettings | null {
  const { tiles, attribution } = fields(value);
  return /^https?:\/\/\S+$/.test(text(tiles)) ? { tiles: text(tiles), attribution: text(attribution) } : null;
}
