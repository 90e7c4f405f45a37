/** The conversation's secret id: kept for the tab only, and only after the first answered question. */

const KEY = "city-assistant-conversation";

/** The id left by an earlier page of this tab, or null. */
export function recallConversation(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps the id, or forgets it when null; a browser that refuses storage is no obstacle. */
export function rememberConversation(id: string | null): void {
  try {
    if (id === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, id);
  } catch {
    // Storage is switched off: the id lives in memory until the page is left.
  }
}
