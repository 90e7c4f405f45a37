/** The text a screen reader is to say now; it disappears after a second so that it is never read twice. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { OWN_LANGUAGE } from "./message.js";

const VISIBLE_MS = 1000;

export class Announcer implements ReactiveController {
  text = "";
  lang = OWN_LANGUAGE;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Puts new text into the live region for one second. */
  say(text: string, lang = OWN_LANGUAGE): void {
    clearTimeout(this.#timer);
    this.lang = lang;
    this.#show(text);
    this.#timer = setTimeout(() => this.#show(""), VISIBLE_MS);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.text = "";
  }

  #show(text: string): void {
    this.text = text;
    this.host.requestUpdate();
  }
}
