import { expect, it } from "vitest";
import { readEvents, type LiveEvent } from "../src/live.js";

async function read(...chunks: (string | Uint8Array)[]): Promise<(LiveEvent | null)[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === "string" ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

it("reads an event that comes in pieces, also inside a letter", async () => {
  const bytes = new TextEncoder().encode('event: reply\nid: 7\ndata: {"text": "źdźbło"}\n\n');
  expect(await read(bytes.slice(0, 38), bytes.slice(38))).toEqual([{ kind: "reply", id: "7", data: { text: "źdźbło" } }]);
});

it("takes a sign of life, an event without data and broken JSON for nothing", async () => {
  expect(await read(": ping\n\n", "event: reply\n\n", "data: {\n\n")).toEqual([null, null, null]);
});

it("leaves out an event that was not sent to its end", async () => {
  expect(await read('data: {"text": "a"}\n\ndata: {"text":')).toHaveLength(1);
});
