/** How often one network may press or try a link: links cannot be guessed, but nobody needs a flood of attempts. Kept in this process: it
 *  bounds work, and nothing depends on it being counted together. */
import type { Instant } from "../../core/kernel/vocabulary.ts";

type Limit = { readonly max: number; readonly windowMs: number };

/** Networks that are remembered at once; the oldest are forgotten first. */
const knownMax = 10_000;

export function createLimit({ max, windowMs }: Limit): (network: string, now: Instant) => boolean {
  const counted = new Map<string, { from: Instant; count: number }>();
  return (network, now) => {
    const known = counted.get(network);
    if (known && now < known.from + windowMs) {
      known.count += 1;
      return known.count <= max;
    }
    counted.delete(network);
    counted.set(network, { from: now, count: 1 });
    for (const oldest of counted.keys()) {
      if (counted.size <= knownMax) break;
      counted.delete(oldest);
    }
    return true;
  };
}
