/** The seam behind which companies carry text messages and calls. Each speaks its own API; what it answers is put in the same
 *  words, so that one may stand in for another. */
import type { Locale } from "../../../core/kernel/vocabulary.ts";
import type { Answered } from "../../platform/outgoing.ts";

/** What is said in a call: the message, then which keys to press, said again when nothing is pressed. */
export type Script = {
  readonly language: Locale;
  readonly lines: readonly string[];
  /** Null where there is nothing to press. */
  readonly keys: string | null;
  readonly goodbye: string;
};

/** What somebody is asked to say. Their own provider writes it down while they speak; no sound is kept. */
export type Listening = { readonly language: Locale; readonly line: string; readonly saidUrl: string };

export type Text = { readonly to: string; readonly text: string; readonly statusUrl: string | null };
export type PhoneCall = {
  readonly to: string;
  readonly script: Script;
  readonly statusUrl: string;
  readonly keysUrl: string;
};

/** `recipient`: this number, whoever carries it. `account`: ours with them. `provider`: they are busy, away, or said what
 *  nobody can read. */
export type Given =
  | { readonly kind: "taken"; readonly id: string }
  | {
      readonly kind: "refused";
      readonly fault: "recipient" | "account" | "provider";
      readonly error: string;
      /** It may have been taken all the same. */
      readonly unknown: boolean;
    };

export type SignedRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: string;
  readonly now: number;
};

/** What a provider tells of itself: what became of something, a key that was pressed, a message that came. */
export type Told =
  | { readonly kind: "state"; readonly state: "delivered" | "answered" | "undelivered"; readonly detail: string | null }
  | { readonly kind: "key"; readonly digits: string }
  /** `id`: of that message, by whoever carries it. */
  | { readonly kind: "text"; readonly from: string; readonly text: string; readonly id: string | null }
  /** What was understood of what was said; empty: nothing. `id`: of that call. */
  | { readonly kind: "speech"; readonly text: string; readonly id: string | null }
  /** A step on the way that says nothing new. */
  | { readonly kind: "nothing" };

export type Provider<Account> = {
  readonly sendText: (account: Account, text: Text, now: number) => Promise<Given>;
  readonly call: (account: Account, call: PhoneCall, now: number) => Promise<Given>;
  /** A request that costs nothing and that only a good account is answered. */
  readonly check: (account: Account, now: number) => Promise<Given>;
  readonly isSigned: (account: Account, request: SignedRequest) => boolean;
  readonly readState: (raw: string) => Told;
  readonly readKeys: (raw: string) => Told;
  readonly readText: (raw: string) => Told;
  readonly readSpeech: (raw: string) => Told;
  /** What is said next in a call, in the form in which this provider expects its answer. */
  readonly scriptOf: (script: Script, keysUrl: string) => { readonly type: string; readonly body: string };
  readonly listenTo: (listening: Listening) => { readonly type: string; readonly body: string };
  /** The answer to what asks for none. */
  readonly nothing: { readonly type: string; readonly body: string };
};

/** Voices that providers have, under the same names at both. */
export const voiceOf: Readonly<Record<Locale, string>> = {
  fr: "fr-CA",
  "fr-CA": "fr-CA",
  "fr-FR": "fr-FR",
  en: "en-US",
  "en-CA": "en-US",
};

/** How long a note may be spoken, how long they may think before, and which silence ends it. */
export const spokenSeconds = { most: 60, before: 8, silence: 3 };

/** Two of them must fit into the lease of one claimed effect. */
export const askTimeoutMs = 5_000;

const wordsMax = 200;
const busy = [408, 425, 429];

/** What is common to all: silence, busy, refused. What its body says is for the caller to read. */
export function refusedBy(
  answered: Answered,
  readError: (body: unknown) => { readonly words: string; readonly recipient: boolean } | null,
): Extract<Given, { kind: "refused" }> {
  const refused = (
    fault: "recipient" | "account" | "provider",
    error: string,
    unknown = false,
  ): Extract<Given, { kind: "refused" }> => ({ kind: "refused", fault, error: error.slice(0, wordsMax), unknown });
  if (answered.kind === "forbidden") return refused("account", answered.because);
  if (answered.kind === "unanswered") return refused("provider", answered.error, answered.arrived);
  const { status } = answered;
  const said = readError(jsonOf(answered.body));
  const words = said === null ? `HTTP ${status}` : `HTTP ${status}: ${said.words}`;
  /* A yes that holds no identifier is no yes; what was in it nobody can tell. */
  if (status < 300) return refused("provider", said === null ? `${words}: unreadable` : words, said === null);
  if (status >= 500 || busy.includes(status)) return refused("provider", words);
  return refused(said?.recipient ? "recipient" : "account", words);
}

export function jsonOf(body: string | null | undefined): unknown {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return null;
  }
}

export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

export const textOf = (value: unknown): string | null =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : null;
