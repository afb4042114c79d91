/** The identity of a set of labels as Prometheus and Alertmanager compute it: FNV-1a of 64 bits over the sorted pairs, each
 *  text closed by the byte 0xff. The same alert then has the same key whether Prometheus sends it or its Alertmanager. Two
 *  halves of 32 bits: this is asked for every alert re-sent, and big integers take twenty times as long.
 *  Source: `labelSetToFingerprint` of prometheus/common, the same since 2013. */
import { utf8Bytes } from "../kernel/hash.ts";

const separator = 0xff;

/** Sixteen hexadecimal digits. Labels are sorted by code unit, which for names in ASCII is the order of their bytes. */
export function labelFingerprint(labels: Readonly<Record<string, string>>): string {
  const hash = { high: 0xcbf29ce4, low: 0x84222325 };
  for (const name of Object.keys(labels).sort()) {
    addText(hash, name);
    addByte(hash, separator);
    addText(hash, labels[name] ?? "");
    addByte(hash, separator);
  }
  return (hash.high.toString(16).padStart(8, "0") + hash.low.toString(16).padStart(8, "0")).toLowerCase();
}

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

/** Times 2^40 + 0x1b3, modulo 2^64; no product here passes 2^53. */
function addByte(hash: Hash, byte: number): void {
  const low = (hash.low ^ byte) >>> 0;
  const product = low * 0x1b3;
  hash.high = (hash.high * 0x1b3 + low * 0x100 + Math.floor(product / 0x1_0000_0000)) % 0x1_0000_0000;
  hash.low = product >>> 0;
}
