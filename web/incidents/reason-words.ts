/** A reason that a fact or a view names by its code. */
import type { Words } from "../language/words.tsx";

export const reasonOf = (words: Words, code: string): string =>
  ["priority", "category", "routing"].map((kind) => words.find(`reason.${kind}.${code}`)).find(Boolean) ?? code;
