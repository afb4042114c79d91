/** Start of the web app. Browsers that have Temporal never fetch its stand-in. */
import "./strict.ts";
import { start } from "./app.tsx";

if (!("Temporal" in globalThis)) await import("temporal-polyfill/global");
start();
