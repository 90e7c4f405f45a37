import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Announcer } from "../src/announcer.js";
import { Notices } from "../src/notices.js";

const host = { addController: vi.fn(), removeController: vi.fn(), requestUpdate: vi.fn(), updateComplete: Promise.resolve(true) };
const said: string[] = [];
const announcer = { say: (text: string) => said.push(text) } as unknown as Announcer;

function banner(text: string, to: string, level = "danger") {
  return { kind: "banner", id: "", data: { text, level, from: "2026-11-23T08:00:00+01:00", to } };
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-23T10:00:00+01:00") });
  said.length = 0;
});
afterEach(() => vi.useRealTimers());

it("shows a banner with its urgency in words until its time is over, also without network", () => {
  const notices = new Notices(host, announcer);
  notices.take(banner("Woda nie nadaje się do picia.", "2026-11-23T11:00:00+01:00"));
  expect(notices.visible.map(({ title, text }) => [title, text])).toEqual([["Zagrożenie", "Woda nie nadaje się do picia."]]);
  vi.advanceTimersByTime(60 * 60 * 1000);
  expect(notices.visible).toEqual([]);
});

it("says each one once, and none that is over", () => {
  const notices = new Notices(host, announcer);
  for (let times = 0; times < 2; times++) notices.take(banner("Most jest zamknięty", "2026-11-23T11:00:00+01:00", "info"));
  notices.take(banner("Wczoraj", "2026-11-22T11:00:00+01:00"));
  expect(said).toEqual(["Informacja. Most jest zamknięty."]);
});

it("keeps what the reader hid away, and shows what comes later", () => {
  const notices = new Notices(host, announcer);
  notices.take({ kind: "alert", id: "", data: { id: "1", title: "Smog", text: "Uwaga." } });
  notices.hide(notices.visible[0]!);
  expect(notices.visible).toEqual([]);
  notices.take({ kind: "alert", id: "", data: { id: "2", title: "Smog", text: "Gorzej." } });
  expect(notices.visible).toHaveLength(1);
  notices.take({ kind: "alert", id: "", data: {} });
  expect(notices.visible).toEqual([]);
});

it("leaves other events and broken ones alone", () => {
  const notices = new Notices(host, announcer);
  expect(notices.take({ kind: "reply", id: "1", data: { text: "x" } })).toBe(false);
  expect(notices.take({ kind: "banner", id: "", data: { text: 5, level: "loud", to: "kiedyś" } })).toBe(true);
  expect(notices.visible.map(({ level }) => level)).toEqual(["warning"]);
});
