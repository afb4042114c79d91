/** An id made from what it is of: the same thing has the same one, wherever it is made. Source: RFC 9562 (2024), version 5. */
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** `namespace`: an id too. */
export function namedId(namespace: string, text: string): string {
  const hash = sha1(concatBytes(hexToBytes(namespace.replaceAll("-", "")), utf8ToBytes(text))).slice(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytesToHex(hash);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
