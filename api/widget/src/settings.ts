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

/** Settings as JSON; null when they say nothing to begin with. */
function readSettings(value: unknown): Settings | null {
  const given = fields(value);
  const first = text(given["text"]);
  if (!first) return null;
  return {
    title: text(given["title"]),
    text: first,
    privacyText: text(given["privacy_text"]),
    privacyUrl: text(given["privacy_url"]),
    topics: readQuickReplies(given["topics"]),
    map: readMap(given["map"]),
  };
}

/** The settings in an attribute's JSON text; null when it cannot be read. */
export function parseSettings(json: string): Settings | null {
  try {
    return readSettings(JSON.parse(json));
  } catch {
    console.warn("city-assistant: the attribute „settings” is not valid JSON, the city is asked instead.");
    return null;
  }
}

/** The city's own settings; null while they cannot be had. */
export async function fetchSettings(address: string): Promise<Settings | null> {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok ? readSettings(await response.json()) : null;
  } catch {
    return null;
  }
}

function readMap(value: unknown): MapSettings | null {
  const { tiles, attribution } = fields(value);
  return /^https?:\/\/\S+$/.test(text(tiles)) ? { tiles: text(tiles), attribution: text(attribution) } : null;
}
