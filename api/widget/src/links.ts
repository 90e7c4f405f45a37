/** What can be tapped in a text: web addresses and telephone numbers. `api/pages/links.py` finds the same in pages. */

const ADDRESS = String.raw`https?://[^\s<>"„”]+[^\s<>"„”.,;:!?)\]]`;
const LONG = String.raw`(?:\+48[ -]?)?(?:\d{3}[ -]\d{3}[ -]\d{3}|\d{2}[ -]\d{3}[ -]\d{2}[ -]\d{2})`;
// So few digits may be anything: they are a number to call only after words like these, in a line about calling.
const SHORT = String.raw`(?:112|98[1-7]|99[1-9]|116 \d{3}|\d{9})`;
const LEADS_TO = ["tel. ", "telefon ", "numer ", "dzwonić ", "pod ", ": ", "lub ", "albo ", "oraz ", " i ", "all ", "sofort ", "фонуйте ", "воните "];
const CALLS = /tel\.|telefon|numer|dzwon|zagroż|alarm|call|emergency|notruf|rufen|фонуйте|воните/i;
const BEFORE = String.raw`(?<![\w+/-])(?<!\d[ .,])`;
const AFTER = String.raw`(?![\w/])(?![ .,-]?\d)(?! ?(?:zł|PLN|euro|EUR|€|%|µg|osób|mieszk|kW|MW|km\b|m²))`;

const LONG_ONLY = new RegExp(`(${ADDRESS}|${BEFORE}${LONG}${AFTER})`);
const EVERY = new RegExp(`(${ADDRESS}|${BEFORE}(?:${LONG}|(?:${LEADS_TO.map((words) => `(?<=${words})`).join("|")})${SHORT})${AFTER})`);

/** A part of a text; `href` is where it leads, null for plain words. */
export interface Part {
  text: string;
  href: string | null;
}

/** One line cut at what can be tapped; the full stop after an address is no part of it. */
export function cutAtLinks(line: string): Part[] {
  const parts = line.split(CALLS.test(line) ? EVERY : LONG_ONLY);
  return parts.map((text, number) => ({ text, href: number % 2 ? hrefOf(text) : null })).filter(({ text }) => text);
}

function hrefOf(link: string): string {
  if (link.startsWith("http")) return link;
  const digits = link.replace(/\D/g, "");
  return `tel:${digits.length < 9 ? digits : `+48${digits.slice(-9)}`}`;
}
