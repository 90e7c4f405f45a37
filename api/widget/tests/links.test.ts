import { expect, it } from "vitest";
import { cutAtLinks } from "../src/links.js";
import cases from "./links.json" with { type: "json" };

it.each(cases as [string, Record<string, string>][])("what can be tapped in „%s”", (text, links) => {
  const parts = cutAtLinks(text);
  expect(parts.map((part) => part.text).join("")).toBe(text);
  expect(Object.fromEntries(parts.flatMap((part) => (part.href === null ? [] : [[part.text, part.href]])))).toEqual(links);
});
