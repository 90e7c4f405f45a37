/** What comes without being asked for: a stream of events over fetch, so that the conversation's secret stays out of URLs. */
import { fields, type Fields } from "./message.js";

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;

/** One event: its kind, its number (empty when it has none) and its data. */
export interface LiveEvent {
  kind: string;
  id: string;
  data: Fields;
}

/** Keeps the stream open while the page is seen and the network is there; resumes after the last number. */
export class Live {
  #wanted: { conversation: string | null; seen: string } | null = null;
  #running: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #delay = FIRST_DELAY_MS;

  constructor(
    private readonly address: () => string,
    private readonly take: (event: LiveEvent) => void,
  ) {}

  /** Listens for a conversation, or for what concerns everybody when it is null; `seen` is the last number known. */
  listen(conversation: string | null, seen: string): void {
    if (this.#wanted?.conversation === conversation) return;
    if (!this.#wanted) {
      document.addEventListener("visibilitychange", this.#look);
      addEventListener("online", this.#look);
    }
    this.#wanted = { conversation, seen };
    this.#restart();
  }

  /** Stops listening until the next `listen`. */
  stop(): void {
    this.#wanted = null;
    this.#halt();
    document.removeEventListener("visibilitychange", this.#look);
    removeEventListener("online", this.#look);
  }

  /** A hidden page holds no connection: browsers allow only six to one server, shared by all tabs. */
  #look = (): void => {
    if (document.visibilityState === "hidden") this.#halt();
    else if (!this.#running) this.#restart();
  };

  #restart(): void {
    this.#halt();
    if (!this.#wanted || document.visibilityState === "hidden") return;
    this.#running = new AbortController();
    void this.#follow(this.#running.signal);
  }

  #halt(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    try {
      const response = await fetch(this.address(), { headers: this.#headers(), signal, cache: "no-store" });
      // A refusal is not going to change; a server in trouble may recover.
      if (response.status >= 400 && response.status < 500 && response.status !== 429) return;
      if (response.ok && response.body) await this.#read(response.body);
    } catch {
      // The connection broke: it is opened again below.
    }
    if (signal.aborted) return;
    this.#running = null;
    this.#timer = setTimeout(() => this.#restart(), this.#delay * (0.5 + Math.random() / 2));
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY_MS);
  }

  #headers(): Record<string, string> {
    const { conversation, seen } = this.#wanted ?? {};
    return {
      Accept: "text/event-stream",
      ...(conversation && { "X-Conversation": conversation }),
      ...(seen && { "Last-Event-ID": seen }),
    };
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    for await (const event of readEvents(body)) {
      this.#delay = FIRST_DELAY_MS;
      if (!event) continue;
      if (this.#wanted && event.id) this.#wanted.seen = event.id;
      this.take(event);
    }
  }
}

/** Reads server-sent events; a block without data, such as a sign of life, is yielded as null. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<LiveEvent | null> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).replaceAll("\r\n", "\n").split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) yield readBlock(block);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function readBlock(block: string): LiveEvent | null {
  const lines = block.split("\n");
  const all = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ""));
  const data = all("data").join("\n");
  try {
    return data ? { kind: all("event").at(-1) ?? "message", id: all("id").at(-1) ?? "", data: fields(JSON.parse(data)) } : null;
  } catch {
    return null;
  }
}
