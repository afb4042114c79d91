/** The key that signs links and derives checks. The same on every node; a start whose key does not fit the database stops,
 *  because every link already sent would be refused. */
import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./addresses.ts";
import { writeWholeFile } from "./whole-file.ts";

export type Secrets = {
  /** HMAC-SHA-256 under a key of its own for each purpose. */
  readonly sign: (purpose: string, message: Buffer) => Buffer;
  /** Says whether the database belongs to this key, without saying the key. */
  readonly check: string;
};

export function loadSecrets(given: Buffer | null, dataDir: string): Secrets {
  const key = given ?? readOrMake(join(dataDir, "keys", "secret.key"));
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync("sha256", key, "tocsin", purpose, 32));
  return {
    sign: (purpose, message) => createHmac("sha256", derive(purpose)).update(message).digest(),
    check: derive("check").toString("base64url"),
  };
}

function readOrMake(file: string): Buffer {
  if (existsSync(file)) {
    const kept = Buffer.from(readFileSync(file, "utf8").trim(), "base64");
    if (kept.length !== 32) throw new ConfigError(`TOCSIN_SECRET_KEY: ${file} does not hold 32 bytes in base64`);
    return kept;
  }
  const key = randomBytes(32);
  writeWholeFile(file, `${key.toString("base64")}\n`);
  return key;
}

/** Random secrets have full entropy, so a plain hash at rest is enough; passwords are not kept this way. */
export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

export function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Asked of the system by the page: at thousands of requests a second, each with an id, asking every time is a tenth of
 *  the work. */
const pageBytes = 16_384;
let page = Buffer.alloc(0);
let used = 0;

/** At most a page; never the same bytes twice. */
export function someBytes(count: number): Buffer {
  if (used + count > page.length) {
    page = randomBytes(pageBytes);
    used = 0;
  }
  used += count;
  return page.subarray(used - count, used);
}

const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

/** Letters and digits without look-alikes; 32 of them are 185 bits. */
export function randomWord(length: number): string {
  let word = "";
  while (word.length < length) {
    for (const byte of someBytes(length)) {
      if (byte < alphabet.length * 4 && word.length < length) word += alphabet[byte % alphabet.length];
    }
  }
  return word;
}
