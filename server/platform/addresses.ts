/** What counts as an address, of mail or of this machine. */
import { isIPv4 } from "node:net";

/** Strict on purpose: an address that a mail library could read as a list would page somebody else. */
export const emailPattern = /^[^\s@<>"',;:()\\[\]\p{Cc}]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$/u;

/** What stands in place of the `*` of an address for answers, in characters. */
export const addressTokenLength = 40;
/** Mail servers take no more before the `@`. */
export const localPartMax = 64;

/** A name that only begins like a loopback address (`127.example.org`) may be anywhere. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

/** A start that cannot go on, shown as one line without a stack: the reader is installing, not debugging. */
export class ConfigError extends Error {
  override name = "ConfigError";
}
