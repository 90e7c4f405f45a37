/** Builds both bundles into a temporary directory and fails when a committed one differs or the widget has grown too large. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const BUNDLES = { "vite.config.ts": "widget.js", "vite.map.config.ts": "widget-map.js" };
// Every page of the city loads the widget; the map only comes when it is asked for.
const LARGEST_WIDGET = 25 * 1024;

const root = fileURLToPath(new URL("..", import.meta.url));
const outDir = await mkdtemp(join(tmpdir(), "widget-"));
try {
  for (const [configFile, name] of Object.entries(BUNDLES)) {
    await build({ root, configFile: join(root, configFile), logLevel: "warn", build: { outDir, emptyOutDir: false } });
    const built = await readFile(join(outDir, name));
    const committed = await readFile(join(root, "dist", name)).catch(() => Buffer.alloc(0));
    if (!built.equals(committed)) {
      console.error(`dist/${name} does not match its source: run \`npm run build\` and commit the result.`);
      process.exitCode = 1;
    }
    const size = gzipSync(built).length;
    if (name === "widget.js" && size > LARGEST_WIDGET) {
      console.error(`dist/${name} has ${size} bytes in gzip, more than ${LARGEST_WIDGET}.`);
      process.exitCode = 1;
    }
  }
} finally {
  await rm(outDir, { recursive: true, force: true });
}
