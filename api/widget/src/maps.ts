/** The maps of answers: nothing of a map is loaded before the first one is asked for. */
import type { ReactiveControllerHost } from "lit";
import type { Answer } from "./message.js";
import type { MapSettings } from "./settings.js";
import type { MapActions } from "./views/places.js";

const MODULE = "widget-map.js";

export class Maps {
  #failed = false;
  readonly #open = new Set<Answer>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly script: string,
  ) {}

  /** What the view of an answer's places needs. */
  actions(settings: MapSettings | null): MapActions {
    return { settings, failed: this.#failed, isOpen: (answer) => this.#open.has(answer), toggle: this.#toggle };
  }

  #toggle = (answer: Answer): void => {
    if (this.#open.delete(answer)) this.host.requestUpdate();
    else void this.#show(answer);
  };

  async #show(answer: Answer): Promise<void> {
    this.#open.add(answer);
    const address = new URL(MODULE, this.script).href;
    this.#failed = await import(/* @vite-ignore */ address).then(
      () => false,
      () => true,
    );
    this.host.requestUpdate();
  }
}
