/** Patterns that people write, in RE2: linear time whatever the text, and short. */
import { RE2JS } from "re2js";

export const maxPatternLength = 256;
/** Instructions of a compiled pattern: `\pL{1,1000}` is short to write and takes 50 ms to run once. */
const maxPatternSize = 300;
/** Patterns kept compiled; each may hold 8 MB of automaton states. */
const maxPatterns = 64;

const patterns = new Map<string, RE2JS>();

/** Throws, in words for whoever wrote it, when it is no pattern, too long, or repeats too much. */
export function patternOf(source: string): RE2JS {
  const known = patterns.get(source);
  if (known !== undefined) return known;
  if (source.length > maxPatternLength) throw new Error(`a pattern is longer than ${maxPatternLength} characters`);
  const pattern = RE2JS.compile(source);
  if (pattern.programSize() > maxPatternSize) throw new Error("a pattern repeats too much");
  if (patterns.size >= maxPatterns) patterns.delete(patterns.keys().next().value ?? "");
  patterns.set(source, pattern);
  return pattern;
}

/** Whether a text holds it; null when it is no pattern. */
export function compilePattern(source: string): ((text: string) => boolean) | null {
  try {
    const pattern = patternOf(source);
    return (text) => pattern.test(text);
  } catch {
    return null;
  }
}
