/** The first message, shown before any request; a page may replace its parts. */
import { fields, readQuickReplies, text, type QuickReply } from "./message.js";

export interface Greeting {
  title: string;
  text: string;
  privacyText: string;
  privacyUrl: string;
  topics: QuickReply[];
}

export const DEFAULT_GREETING: Greeting = {
  title: "Asystent miasta",
  text:
    "Dzień dobry! Jestem automatycznym asystentem miasta.\n" +
    "Odpowiadam na pytania o jakość powietrza, dotacje do ogrzewania i ładowarki samochodów elektrycznych.",
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
};

/** The default greeting with the parts named in the JSON text replaced; unreadable JSON changes nothing. */
export function readGreeting(json: string | null): Greeting {
  const given = fields(parse(json));
  const topics = readQuickReplies(given["topics"]);
  return {
    title: text(given["title"]) || DEFAULT_GREETING.title,
    text: text(given["text"]) || DEFAULT_GREETING.text,
    privacyText: text(given["privacyText"]) || DEFAULT_GREETING.privacyText,
    privacyUrl: text(given["privacyUrl"]) || DEFAULT_GREETING.privacyUrl,
    topics: topics.length ? topics : DEFAULT_GREETING.topics,
  };
}

function parse(json: string | null): unknown {
  try {
    return JSON.parse(json ?? "{}");
  } catch {
    console.warn("city-assistant: the attribute „greeting” is not valid JSON, the default greeting is used.");
    return {};
  }
}
