/** Walking over the messages with the arrow keys. */

const MESSAGE = ".message";

/** Moves the focus to the message before or after, the first or the last one; other keys are left alone. */
export function walkMessages(event: KeyboardEvent): void {
  const transcript = event.currentTarget as HTMLElement;
  const focused = event.target as HTMLElement;
  if (focused !== transcript && !focused.matches(MESSAGE)) return;
  const messages = [...transcript.querySelectorAll<HTMLElement>(MESSAGE)];
  const next = messages[targetOf(event.key, messages.indexOf(focused), messages.length - 1) ?? -1];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The number of the message to go to; without a message in focus the newest is the first to be read. */
function targetOf(key: string, at: number, last: number): number | null {
  switch (key) {
    case "ArrowUp":
      return at < 0 ? last : Math.max(at - 1, 0);
    case "ArrowDown":
      return at < 0 ? last : Math.min(at + 1, last);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}
