/** Builds the web app into web/dist, the only part of Tocsin that is built. */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const folder = (name: string): string => fileURLToPath(new URL(`../${name}/`, import.meta.url));
const dist = fileURLToPath(new URL("dist", import.meta.url));
/** Set by `npm run dev`: bin/start.cjs. */
const server = process.env.TOCSIN_DEV_SERVER || "http://127.0.0.1:7400";
/** What the server answers itself: its API, its own pages, the doors of the intake. */
const ofServer = [
  "/api",
  "/livez",
  "/readyz",
  "/metrics",
  "/ack/",
  "/report",
  "/in/",
  "/v2",
  "/alertmanager/",
  "/events/",
  "/proof/",
  "/manifest.webmanifest",
  "/offline",
];

/** Below this what is saved is less than one packet. */
const compressedFromBytes = 1_000;
/** Nearly what the highest gives, in a tenth of its time. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Beside each file the same compressed, once and for all: over a poor network the first page takes a third of the time, and
 *  the server spends nothing on it (server/pages/web-app.ts). */
const compressed: Plugin = {
  name: "compressed",
  apply: "build",
  closeBundle: () => {
    for (const name of globSync("assets/**/*.{js,css}", { cwd: dist })) {
      const path = join(dist, name);
      const content = readFileSync(path);
      if (content.length < compressedFromBytes) continue;
      writeFileSync(`${path}.br`, brotliCompressSync(content, brotli));
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    }
  },
};

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  cacheDir: fileURLToPath(new URL("../.cache/vite", import.meta.url)),
  plugins: [react(), compressed],
  resolve: {
    alias: ["core", "contract", "languages"].map((name) => ({
      find: new RegExp(`^#${name}/`),
      replacement: folder(name),
    })),
  },
  build: {
    outDir: dist,
    emptyOutDir: true,
    sourcemap: false,
    target: "es2023",
    /* No inline script and no data: URL may be needed, whatever the size of an asset. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        /* Changes rarely, so it stays cached from one release to the next. */
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: "tanstack", test: /node_modules[\\/]@tanstack[\\/]/ },
            { name: "words", test: /node_modules[\\/]@formatjs[\\/]/ },
            { name: "shapes", test: /node_modules[\\/]zod[\\/]|web[\\/]strict\.ts/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(ofServer.map((path) => [path, { target: server }])),
  },
});
