/** Start of the web app. Browsers that have Temporal never fetch its stand-in. */
import "./strict.ts";
import { languageOfLocale } from "#core/kernel/vocabulary.ts";
import { start } from "./app.tsx";
import { loadLanguage, loadPages } from "./language/catalogue.ts";
import { readLocale } from "./ui/preferences.ts";

const language = languageOfLocale(readLocale());
await Promise.all([loadLanguage(language), "Temporal" in globalThis ? null : import("temporal-polyfill/global")]);
start();
void loadPages(language);
