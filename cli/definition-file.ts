/** A definition in a file, as the API answers with it; `-` is what comes in. */
import { readFile } from "node:fs/promises";
import { type Console, fromHere } from "./console.ts";
import { Ended, exits } from "./exits.ts";

/** `wrong`: what is said of one that is no object. */
export async function readDefinition(console: Console, file: string, wrong: string): Promise<object> {
  const { t } = console.said;
  let text: string;
  try {
    text = file === "-" ? await console.world.readInput() : await readFile(fromHere(console.world, file), "utf8");
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === "ENOENT";
    const code = absent ? "file-not-found" : "file-unreadable";
    throw new Ended(absent ? exits.notFound : exits.failure, code, t(`verify.${code}`, { file }));
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new Ended(exits.failure, "not-json", t("verify.not-json", { cause: String(cause) }));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Ended(exits.failure, "not-a-definition", wrong);
  return value;
}
