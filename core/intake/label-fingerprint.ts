/** The identity of a set of labels as Prometheus and Alertmanager compute it: FNV-1a of 64 bits over the sorted pairs, each
 *  text closed by the byte 0xff. The same alert then has the same key whether Prometheus sends it or its Alertmanager. Two
 *  halves of 32 bits: this is asked for every alert re-sent, and big integers take twenty times as long.
 *  Source: `labelSetToFingerprint` of prometheus/common, the same since 2013. */
import { utf8Bytes } from "../kernel/hash.ts";

const separator = 0xff;

/** Sixteen hexadecimal digits. Labels are sorted by code unit, which for names in ASCII is the order of their bytes. */
export function labelFingerprint(labels: Readonly<Record<string, string>>): string {
  const hash = { high: 0xcbf29ce4 | 0, low: 0x84222325 | 0 };
  for (const name of Object.keys(labels).sort()) {
    addText(hash, name);
    addByte(hash, separator);
    addText(hash, labels[name] ?? "");
    addByte(hash, separator);
  }
  return hexadecimal(hash.high) + hexadecimal(hash.low);
}

const hexadecimal = (half: number): string => (half >>> 0).toString(16).padStart(8, "0");

type Hash = { high: number; low: number };

function addText(hash: Hash, text: string): void {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) {
      for (const byte of utf8Bytes(text.slice(i))) addByte(hash, byte);
      return;
    }
    addByte(hash, unit);
  }
}

/** Times 2^40 + 0x1b3, modulo 2^64, in halves of halves: the machine's own integers all the way. */
function addByte(hash: Hash, byte: number): void {
  const low = hash.low ^ byte;
  const first = (low & 0xffff) * 0x1b3;
  const second = (low >>> 16) * 0x1b3 + (first >>> 16);
  hash.high = (Math.imul(hash.high, 0x1b3) + (low << 8) + (second >>> 16)) | 0;
  hash.low = (second << 16) | (first & 0xffff);
}
