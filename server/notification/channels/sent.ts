/** What became of one attempt on a channel, in the same words for all of them. */
import type { Answered } from "../../platform/outgoing.ts";

export type Sent =
  | { readonly kind: "accepted" }
  /** Worth trying again: the network, a full mailbox, a busy server. `unknown`: it may have arrived all the same. `nobody`:
   *  the server takes nothing for anybody now, so that passing on to somebody else would gain nothing. `waitMs`: what the
   *  receiver asked for. */
  | {
      readonly kind: "later";
      readonly error: string;
      readonly unknown: boolean;
      readonly nobody: boolean;
      readonly waitMs?: number | null;
      /** Whoever carries it failed, and not this contact point. */
      readonly ofProvider?: boolean;
    }
  /** Will never work: an unknown address, a refused sender. `gone`: the receiver wants nothing more, ever. */
  | { readonly kind: "never"; readonly error: string; readonly gone?: boolean };

/** Longer than this a page would come too late to be of use: it is tried all the same. */
const retryAfterMaxMs = 5 * 60_000;
const busy = [408, 425, 429];

/** Only 2xx is a yes. A redirection is a no: whoever moved must say so to the owner of the contact point. */
export function sentBy(answered: Answered, now: number): Sent {
  switch (answered.kind) {
    case "forbidden":
      return { kind: "never", error: answered.because };
    case "unanswered":
      return { kind: "later", error: answered.error, unknown: answered.arrived, nobody: !answered.arrived };
    case "answered": {
      const { status } = answered;
      const error = `HTTP ${status}`;
      if (status >= 200 && status < 300) return { kind: "accepted" };
      if (status >= 500 || busy.includes(status))
        return { kind: "later", error, unknown: false, nobody: false, waitMs: waitOf(answered.retryAfter, now) };
      return { kind: "never", error, ...(status === 410 ? { gone: true } : {}) };
    }
  }
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function waitOf(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null) return null;
  const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, retryAfterMaxMs) : null;
}
