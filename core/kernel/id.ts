/** Identity is an argument: whoever calls the core brings a mint, seeded at random in production and by the test's
 *  name in tests, so that the same inputs always make the same ids. */
import type { Instant } from "./vocabulary.ts";

export type Mint = (at: Instant) => string;

/** Small fast counter generator (sfc32): 128 bits of state, one word a call. Ids need to be distinct, not secret. */
function sfc32(a: number, b: number, c: number, d: number): () => number {
  let [w, x, y, z] = [a | 0, b | 0, c | 0, d | 0];
  return () => {
    const t = (((w + x) | 0) + z) | 0;
    z = (z + 1) | 0;
    w = x ^ (x >>> 9);
    x = (y + (y << 3)) | 0;
    y = (y << 21) | (y >>> 11);
    y = (y + t) | 0;
    return t >>> 0;
  };
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const hex4 = (word: number): string => `${bytes[(word >>> 8) & 255]}${bytes[word & 255]}`;
const hex8 = (word: number): string => hex4(word >>> 16) + hex4(word);

/** UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 bits from the generator. */
export function createMint(seed: readonly [number, number, number, number]): Mint {
  const next = sfc32(...seed);
  for (let i = 0; i < 12; i++) next();
  return (at) => {
    const time = Math.max(0, at).toString(16).padStart(12, "0").slice(-12);
    const high = hex8(next());
    const low = hex8(next());
    const last = hex8(next());
    const variant = "89ab"[Number.parseInt(high[3] ?? "0", 16) & 3];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${high.slice(0, 3)}-${variant}${high.slice(4, 7)}-${low}${last.slice(0, 4)}`;
  };
}

/** Seed of a test or a drill: FNV-1a over its name, spread on four words. */
export function seedFromName(name: string): [number, number, number, number] {
  const word = (salt: number): number => {
    let hash = 0x811c9dc5 ^ salt;
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    return hash >>> 0;
  };
  return [word(1), word(2), word(3), word(4)];
}
