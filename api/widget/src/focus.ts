/** Keyboard focus inside the panel that lies over the page. */

const FOCUSABLE = "a[href], button, input, textarea, summary, [tabindex='0']";

/** Lets Tab and Shift+Tab go round inside the panel. */
export function keepTabInside(event: KeyboardEvent, panel: HTMLElement): void {
  if (event.key !== "Tab") return;
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const first = stops.at(0);
  const last = stops.at(-1);
  const focused = (panel.getRootNode() as ShadowRoot).activeElement;
  if (event.shiftKey && (focused === first || focused === panel)) move(event, last);
  else if (!event.shiftKey && focused === last) move(event, first);
}

/** Focuses the input where there is a real keyboard; elsewhere the panel, so that no soft keyboard covers the greeting. */
export function focusOnOpen(panel: HTMLElement): void {
  const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;
  const input = panel.querySelector("textarea");
  (hasKeyboard && input ? input : panel).focus();
}

function move(event: KeyboardEvent, target: HTMLElement | undefined): void {
  event.preventDefault();
  target?.focus();
}
