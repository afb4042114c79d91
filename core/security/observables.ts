/** What was seen of an attack, one way of writing each: so that the same is found again, here and on other incidents. What people
 *  paste is often defanged, so that nobody follows it by mistake; it is shown so, and kept whole. */
import { type ObservableKind, observableKinds } from "../kernel/security-words.ts";

export const valueMax = 2_000;

export type Observed = { readonly kind: ObservableKind; readonly value: string };

/** Marks that no eye sees, and what mail puts around an address. */
const unseen = /[\p{Cc}\p{Cf}]/gu;
const before = /^[<"'«“\s]+/;
const behind = /[>"'»”\s,;]/;

/** From its end, sign by sign: a pattern looks for the end at every sign of a long text. */
function unwrapped(text: string): string {
  let end = text.length;
  while (end > 0 && behind.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).replace(before, "");
}

/** Back to what it was: `hxxps://bad[.]example`, `someone[@]bad(.)example`. */
export function refanged(text: string): string {
  return unwrapped(text.replace(unseen, ""))
    .replace(/^h(?:xx|\*\*|XX)p(s?)(?=(?:\[?:|\[:))/i, "http$1")
    .replace(/^fxp(?=\[?:)/i, "ftp")
    .replace(/[[({]\s*(?:\.|dot|point)\s*[\])}]/gi, ".")
    .replace(/[[({]\s*(?:@|at)\s*[\])}]/gi, "@")
    .replace(/\[:\/\/\]/g, "://")
    .replace(/\[:\]/g, ":")
    .replace(/\[\/\]/g, "/");
}

/** One way of writing it; null where it is none of its kind. */
export function normalised(kind: ObservableKind, raw: string): string | null {
  const text = refanged(raw.normalize("NFC"));
  if (text === "" || text.length > valueMax) return null;
  switch (kind) {
    case "ip":
      return ipv4(text) ?? ipv6(text);
    case "domain":
      return domain(text);
    case "url":
      return url(text);
    case "email":
      return email(text);
    case "hash":
      return hash(text);
    case "host":
      return host(text);
    case "account":
      return /^\S(?:.{0,318}\S)?$/u.test(text) ? text.toLowerCase() : null;
    case "other":
      return text.length <= 1_000 ? text.replace(/\s+/g, " ") : null;
  }
}

/** What it looks like, most telling first; a name without a dot is left to whoever knows. */
const guesses = ["ip", "hash", "url", "email", "domain"] as const satisfies readonly ObservableKind[];
export const guessedKind = (raw: string): ObservableKind =>
  guesses.find((kind) => normalised(kind, raw) !== null) ?? "other";

function ipv4(text: string): string | null {
  const parts = text.split(".");
  const good = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return good ? text : null;
}

/** RFC 5952: lower case, no leading zeros, the longest run of zeros left out. */
function ipv6(raw: string): string | null {
  const text = raw.replace(/^\[|\]$/g, "").toLowerCase();
  const halves = text.split("::");
  if (!text.includes(":") || halves.length > 2) return null;
  const [left, right] = halves.map((half) => groupsOf(half));
  if (!left || (halves.length === 2 && !right)) return null;
  const missing = 8 - left.length - (right?.length ?? 0);
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = right ? [...left, ...new Array<string>(missing).fill("0"), ...right] : left;
  return shortened(groups);
}

function groupsOf(half: string): string[] | null {
  if (half === "") return [];
  const parts = half.split(":");
  const last = parts.at(-1) ?? "";
  if (last.includes(".")) {
    if (ipv4(last) === null) return null;
    const [a = 0, b = 0, c = 0, d = 0] = last.split(".").map(Number);
    parts.splice(-1, 1, (a * 256 + b).toString(16), (c * 256 + d).toString(16));
  }
  return parts.every((part) => /^[0-9a-f]{1,4}$/.test(part)) ? parts.map((part) => part.replace(/^0+(?=.)/, "")) : null;
}

function shortened(groups: readonly string[]): string {
  const runs = [...groups.join(":").matchAll(/\b0(?::0\b)+/g)].map(([run]) => run);
  const longest = runs.toSorted((one, other) => other.length - one.length)[0];
  if (longest === undefined) return groups.join(":");
  const text = groups.join(":");
  const at = text.search(new RegExp(`(^|:)${longest}(:|$)`));
  const [before, after] = [text.slice(0, at), text.slice(at).replace(new RegExp(`^:?${longest}:?`), "")];
  return `${before}::${after}`;
}

const label = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?$/u;

function domain(raw: string): string | null {
  const text = raw.toLowerCase().replace(/\.$/, "");
  const labels = text.split(".");
  const good = labels.length > 1 && text.length <= 253 && labels.every((one) => label.test(one));
  return good && /\p{L}/u.test(labels.at(-1) ?? "") ? text : null;
}

const host = (raw: string): string | null => {
  const text = raw.toLowerCase().replace(/\.$/, "");
  return text.length <= 253 && text.split(".").every((one) => label.test(one)) ? text : null;
};

function url(text: string): string | null {
  const [, scheme = "", user = "", named = "", port = "", rest = ""] =
    /^([a-z][a-z0-9+.-]{1,20}):\/\/([^\s/?#@]*@)?(\[[0-9a-f:.]+\]|[^\s/?#:@]+)(:\d{1,5})?([/?#]\S*)?$/i.exec(text) ??
    [];
  if (scheme === "") return null;
  const address = named.startsWith("[") ? ipv6(named) : (ipv4(named) ?? host(named));
  if (address === null) return null;
  const place = named.startsWith("[") ? `[${address}]` : address;
  return `${scheme.toLowerCase()}://${user}${place}${port}${rest}`;
}

function email(text: string): string | null {
  const [, local = "", at = ""] = /^([^\s@<>"(),:;]{1,64})@([^\s@]+)$/.exec(text) ?? [];
  const place = at === "" ? null : domain(at);
  return place === null ? null : `${local.toLowerCase()}@${place}`;
}

/** MD5, SHA-1, SHA-256, SHA-512, told apart by their length. */
const lengths: Readonly<Record<number, string>> = { 32: "MD5", 40: "SHA-1", 64: "SHA-256", 128: "SHA-512" };
export const hashName = (value: string): string | undefined => lengths[value.length];
const hash = (raw: string): string | null => {
  const text = raw.replace(/^(md5|sha-?(1|256|512))\s*[:=]\s*/i, "").toLowerCase();
  return /^[0-9a-f]+$/.test(text) && hashName(text) !== undefined ? text : null;
};

/** As it may be shown and sent: nothing makes a link of it. */
export function defanged({ kind, value }: Observed): string {
  switch (kind) {
    case "ip":
      return value.includes(":") ? value.replace(":", "[:]") : value.replaceAll(".", "[.]");
    case "domain":
    case "host":
      return value.replaceAll(".", "[.]");
    case "email":
      return value.replace("@", "[@]").replaceAll(".", "[.]");
    case "url": {
      const [, scheme = "", place = "", rest = ""] = /^([^:]+):\/\/([^/?#]*)(.*)$/.exec(value) ?? [];
      return `${scheme.replace(/^http/, "hxxp").replace(/^ftp/, "fxp")}://${place.replaceAll(".", "[.]")}${rest}`;
    }
    default:
      /* Not a link that holds, and a program that reads it may still make one of it. */
      return value.replace(/\b(?:http(?=s?:\/\/)|ftp(?=s?:\/\/))/gi, (scheme) =>
        scheme.length === 4 ? "hxxp" : "fxp",
      );
  }
}

export const isObservableKind = (text: string): text is ObservableKind => observableKinds.some((one) => one === text);
