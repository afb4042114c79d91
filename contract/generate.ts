/** Writes the committed copy of the API's description. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openApi } from "./openapi.ts";

export const openApiFile = join(import.meta.dirname, "openapi.json");

export const openApiText = (): string => `${JSON.stringify(openApi(), null, 2)}\n`;

if (import.meta.main) writeFileSync(openApiFile, openApiText());
