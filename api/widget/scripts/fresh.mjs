/** Builds the widget into a temporary directory and fails when the committed bundle differs from it. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const outDir = await mkdtemp(join(tmpdir(), "widget-"));
try {
  await build({ root, logLevel: "warn", build: { outDir, emptyOutDir: true } });
  const built = await readFile(join(outDir, "widget.js"));
  const committed = await readFile(join(root, "dist", "widget.js")).catch(() => Buffer.alloc(0));
  if (!built.equals(committed)) {
    console.error("dist/widget.js does not match its source: run `npm run build` and commit the result.");
    process.exitCode = 1;
  }
} finally {
  await rm(outDir, { recursive: true, force: true });
}
