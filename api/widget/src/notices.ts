/** What everybody should see at once: the smog alert that is valid, and the urgent banner of the office. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Announcer } from "./announcer.js";
import type { LiveEvent } from "./live.js";
import { fields, text, type Fields } from "./message.js";

/** A notice; `label` is its kind in words, `level` info, warning or danger, `until` an ISO moment, empty when its end will be told. */
export interface Notice {
  key: string;
  label: string;
  level: string;
  title: string;
  text: string;
  until: string;
}

// A longer timer would end at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const LEVELS = ["info", "warning", "danger"];

/** The notices that are valid and were not hidden by the reader. */
export class Notices implements ReactiveController {
  readonly #shown = new Map<string, Notice>();
  readonly #hidden = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly announcer: Announcer,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** What is to be seen now, the banner first. */
  get visible(): Notice[] {
    return ["banner", "alert"].flatMap((kind) => {
      const notice = this.#shown.get(kind);
      return notice && !this.#hidden.has(notice.key) && !isOver(notice) ? [notice] : [];
    });
  }

  /** Takes an event of the stream; false when it is about something else. */
  take({ kind, data }: LiveEvent): boolean {
    const read = { alert: readAlert, banner: readBanner }[kind];
    if (!read) return false;
    const notice = read(data);
    const isNew = notice !== null && notice.key !== this.#shown.get(kind)?.key && !isOver(notice);
    if (notice) this.#shown.set(kind, notice);
    else this.#shown.delete(kind);
    if (isNew) this.announcer.say([notice.title, notice.text].map((part) => part.replace(/\.?$/, ".")).join(" "));
    this.#look();
    return true;
  }

  /** Asks once for the banner, where no stream is open yet; without an answer there is none. */
  async ask(address: string): Promise<void> {
    try {
      const response = await fetch(address);
      if (response.status === 200) this.take({ kind: "banner", id: "", data: fields(await response.json()) });
    } catch {
      // The stream tells it as soon as it is open.
    }
  }

  hide(notice: Notice): void {
    this.#hidden.add(notice.key);
    this.host.requestUpdate();
  }

  /** Draws again when the first of them ends: it must not stay when the network is away by then. */
  #look(): void {
    clearTimeout(this.#timer);
    const left = this.visible.map(({ until }) => Date.parse(until) - Date.now()).filter((ms) => ms > 0);
    if (left.length) this.#timer = setTimeout(() => this.#look(), Math.min(...left, LONGEST_TIMER_MS));
    this.host.requestUpdate();
  }
}

function isOver({ until }: Notice): boolean {
  return Date.parse(until) <= Date.now();
}

function readAlert(data: Fields): Notice | null {
  const [id, title] = [text(data["id"]), text(data["title"])];
  if (!title) return null;
  return { key: `alert ${id}`, label: "Ostrzeżenie", level: "warning", title, text: text(data["text"]), until: "" };
}

function readBanner(data: Fields): Notice | null {
  const said = text(data["text"]);
  const level = LEVELS.find((name) => name === data["level"]) ?? "warning";
  const title = { info: "Informacja", danger: "Zagrożenie" }[level] ?? "Ważne";
  return said ? { key: `banner ${said}`, label: title, level, title, text: said, until: text(data["to"]) } : null;
}
