import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "es2022",
    lib: {
      entry: "src/main.ts",
      formats: ["iife"],
      name: "CityAssistant",
      fileName: () => "widget.js",
    },
  },
});
