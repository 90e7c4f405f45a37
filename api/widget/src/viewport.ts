/** The part of the screen that a soft keyboard leaves free: on iOS the page does not shrink, it only says so here. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

export class Viewport implements ReactiveController {
  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    visualViewport?.addEventListener("resize", this.#measure);
    visualViewport?.addEventListener("scroll", this.#measure);
    this.#measure();
  }

  hostDisconnected(): void {
    visualViewport?.removeEventListener("resize", this.#measure);
    visualViewport?.removeEventListener("scroll", this.#measure);
  }

  #measure = (): void => {
    if (!visualViewport) return;
    this.host.style.setProperty("--_free-height", `${visualViewport.height}px`);
    this.host.style.setProperty("--_free-top", `${visualViewport.offsetTop}px`);
  };
}
