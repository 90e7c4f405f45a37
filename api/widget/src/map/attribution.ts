/** Whose the map is: a text, with a link when an address ends it („© autorzy OpenStreetMap https://…”). */
export function attributionOf(text: string): HTMLElement {
  const paragraph = document.createElement("p");
  const found = /^(.*?)\s*(https?:\/\/\S+)$/.exec(text);
  if (!found) {
    paragraph.textContent = text;
    return paragraph;
  }
  const link = document.createElement("a");
  link.href = found[2] ?? "";
  link.rel = "noopener noreferrer";
  link.target = "_blank";
  link.textContent = found[1] || (found[2] ?? "");
  paragraph.append(link);
  return paragraph;
}
