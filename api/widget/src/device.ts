/** What the resident's device can do. */

/** Whether a tap on a geo: link opens maps: on phones and tablets, except Apple's, which know no such links. */
export function opensGeoLinks(): boolean {
  const isTouched = matchMedia("(hover: none) and (pointer: coarse)").matches;
  return isTouched && !/iPhone|iPad|Macintosh/.test(navigator.userAgent);
}
