import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "es2022",
    emptyOutDir: false,
    // A library of ES modules is left readable unless told otherwise.
    rolldownOptions: { output: { minify: true } },
    lib: {
      entry: "src/map/main.ts",
      formats: ["es"],
      fileName: () => "widget-map.js",
    },
  },
});
