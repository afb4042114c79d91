/** Which Tocsin this is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const { version: said } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "package.json"), "utf8")) as {
  readonly version: unknown;
};
export const version = String(said);
