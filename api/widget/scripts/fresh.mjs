/** Builds both bundles into a temporary directory and fails when a committed one differs. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const BUNDLES = { "vite.config.ts": "widget.js", "vite.map.config.ts": "widget-map.js" };

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
  }
} finally {
  await rm(outDir, { recursive: true, force: true });
}
