/** The key that signs links, seals secrets and derives checks. The same on every node; a start whose key does not fit the database stops,
 *  because every link already sent would be refused. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./addresses.ts";
import { writeWholeFile } from "./whole-file.ts";

export type Secrets = {
  /** HMAC-SHA-256 under a key of its own for each purpose. */
  readonly sign: (purpose: string, message: Buffer) => Buffer;
  /** Says whether the database belongs to this key, without saying the key. */
  readonly check: string;
  /** AES-256-GCM for what must be read again. `place` (`table/row`) is authenticated: moved to another row, it does not
   *  open. */
  readonly seal: (place: string, text: string) => string;
  /** Throws on anything that was altered, moved, or sealed under another key. */
  readonly open: (place: string, sealed: string) => string;
};

const sealing = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

export function loadSecrets(given: Buffer | null, dataDir: string): Secrets {
  const key = given ?? readOrMake(join(dataDir, "keys", "secret.key"));
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync("sha256", key, "tocsin", purpose, 32));
  return {
    sign: (purpose, message) => createHmac("sha256", derive(purpose)).update(message).digest(),
    check: derive("check").toString("base64url"),
    ...createSealing(derive("seal")),
  };
}

/** `<key>.<iv, tag and text>`: the key is named, so that a row says which one it waits for once there are several. */
function createSealing(key: Buffer): Pick<Secrets, "seal" | "open"> {
  const keyId = createHash("sha256").update(key).digest("hex").slice(0, 8);
  return {
    seal: (place, text) => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(sealing, key, iv).setAAD(Buffer.from(place));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return `${keyId}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
    },
    open: (place, sealed) => {
      const [id, body = ""] = sealed.split(".");
      if (id !== keyId) throw new Error(`sealed under the key ${id}, not ${keyId}`);
      const bytes = Buffer.from(body, "base64url");
      const decipher = createDecipheriv(sealing, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString("utf8");
    },
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

/** The same word for the same text, in the same letters: as hard to guess as what the text holds. */
export function wordFrom(text: string, length: number): string {
  const bytes = createHash("sha512").update(text).digest().subarray(0, length);
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join("");
}
