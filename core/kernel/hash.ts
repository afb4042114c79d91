/** The record's proof: each entry carries the hash of the one before, so that no entry can be altered, removed or
 *  inserted without every later hash being wrong. The data itself is hashed apart, with a salt, so that personal data
 *  can be purged by rule and the chain still verify (the salt goes with it: a short text could be guessed otherwise). */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import type { Json } from "./vocabulary.ts";

/** First link of every chain: SHA-256 has 32 bytes. */
export const genesis = "0".repeat(64);

/** RFC 8785 (JSON canonicalization scheme). */
export function canonicalJson(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("a value without a JSON form cannot be recorded");
  return text;
}

export const utf8Bytes = (text: string): Uint8Array => utf8ToBytes(text);

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256(salt, RFC 8785 data); salt is hexadecimal. */
export function dataHash(salt: string, data: Json): string {
  return sha256Hex(`${salt}${canonicalJson(data)}`);
}

/** SHA-256(previous hash, RFC 8785 entry with `dataHash` in place of data). */
export function linkHash(previous: string, entryWithoutData: Json): string {
  return sha256Hex(`${previous}${canonicalJson(entryWithoutData)}`);
}
