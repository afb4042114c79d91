/** What an answer by mail asks for. The call it answers is known by what the call's own mail carried; its first line decides, in
 *  the words of a text message, and whatever is no such word is a note. A machine that answers by itself is never obeyed. */
import { dayMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { readReply } from "./replies.ts";

export type IncomingMail = {
  /** Everybody it says that it comes from, in lower case. */
  readonly from: readonly string[];
  /** By name in lower case; several of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

/** The message that it answers. */
export type AnsweredMessage = {
  readonly kind: "page" | "notice" | "test";
  /** `412`, or `EX-3`; null for a test. */
  readonly number: string | null;
  readonly askedAt: Instant;
  /** Null: whoever it was sent to has left the desk. */
  readonly person: { readonly addresses: readonly string[] } | null;
};

export type MailAct = { readonly act: "accept" | "decline" | "note"; readonly text: string };

export type MailJudged =
  /** Nobody is told: an answer to a machine or to a stranger would do harm. */
  | { readonly kind: "ignored"; readonly because: "automatic" | "no-call" | "stranger" }
  | { readonly kind: "told"; readonly what: "over" | "help" }
  | { readonly kind: "told"; readonly what: "other-number"; readonly number: string }
  /** `unasked`: no word said that it is a note. */
  | { readonly kind: "obeyed"; readonly acts: readonly MailAct[]; readonly unasked: boolean };

/** As long as the link of the same mail. */
export const mailReplyMs = dayMs;

export type JudgedMail = {
  readonly mail: IncomingMail;
  readonly answers: AnsweredMessage | null;
  readonly now: Instant;
};

export function judgeMail({ mail, answers, now }: JudgedMail): MailJudged {
  if (isAutomatic(mail.headers)) return { kind: "ignored", because: "automatic" };
  if (answers === null) return { kind: "ignored", because: "no-call" };
  const [from, ...others] = mail.from;
  if (from === undefined || others.length > 0 || !answers.person?.addresses.includes(from))
    return { kind: "ignored", because: "stranger" };
  const read = readMailReply(mail.text);
  if (read === null) return { kind: "told", what: "help" };
  if (now > answers.askedAt + mailReplyMs) return { kind: "told", what: "over" };
  if (read.number !== null && read.number !== answers.number)
    return { kind: "told", what: "other-number", number: read.number };
  return { kind: "obeyed", acts: read.acts, unasked: read.unasked };
}

const bulk = /^(bulk|junk|list|auto[_-]?reply)\b/i;
const ofMachines = [
  "x-autoreply",
  "x-autorespond",
  "x-autoresponse",
  "x-failed-recipients",
  "list-id",
  "list-unsubscribe",
];

/** RFC 3834, and what came before it. Reports of mail servers name nobody to send them back to. */
export function isAutomatic(headers: IncomingMail["headers"]): boolean {
  const submitted = headers["auto-submitted"];
  if (submitted !== undefined && !/^\s*no\b/i.test(submitted)) return true;
  if (bulk.test(headers.precedence?.trim() ?? "")) return true;
  if (/^\s*<\s*>/.test(headers["return-path"] ?? "")) return true;
  if (/multipart\/report|delivery-status|disposition-notification/i.test(headers["content-type"] ?? "")) return true;
  return ofMachines.some((name) => headers[name] !== undefined);
}

export type MailReply = {
  readonly acts: readonly MailAct[];
  readonly number: string | null;
  readonly unasked: boolean;
};

/** "No luck so far" is a note; "no" alone, or with a comma, a number or `N` before its reason, is a refusal. */
const onlyBegins = /^(?:no|non)\s+\p{L}/iu;
const asksHow = /^(?:\?+|help|aide)$/i;

/** Null: it asks how, or says nothing. */
export function readMailReply(raw: string): MailReply | null {
  const own = ownWords(raw);
  const [first = "", ...following] = own.split("\n");
  const after = following.join("\n").trim();
  if (own === "" || (asksHow.test(first.trim()) && after === "")) return null;
  const { act, number, text } = readReply(first);
  const both = [text, after].filter((one) => one !== "").join("\n");
  if (act === "accept") {
    const note: MailAct[] = after === "" ? [] : [{ act: "note", text: after }];
    return { acts: [{ act, text: "" }, ...note], number, unasked: false };
  }
  const said = act === "note" || (act === "decline" && (number !== null || !onlyBegins.test(first.trim())));
  if (said) return { acts: [{ act, text: both }], number, unasked: false };
  return { acts: [{ act: "note", text: own }], number: null, unasked: true };
}

/** Of what a mail program writes above what it quotes; some break it over two lines. */
const introduces = /^(?:on|le)\b.{0,400}(?:wrote|a écrit)\s*:$/i;
const cuts = [
  /^>/,
  /^-- ?$/,
  /^_{5,}$/,
  /^-{2,}\s*(?:original message|message d.origine|message original|forwarded message|message transféré)\s*-{2,}/i,
  /^\*?(?:from|de|expéditeur)\s*:\*?\s/i,
  /^(?:sent from|get outlook for|envoyé (?:de|depuis|à partir de)|obtenez outlook pour|télécharger outlook)\b/i,
];
const lineMax = 1_000;

/** What they wrote themselves: above the quoted mail and the signature. */
export function ownWords(raw: string): string {
  const lines = raw
    .replace(/\r\n?/g, "\n")
    .replace(/[\u00a0\u202f]/g, " ")
    .split("\n")
    .map((line) => line.slice(0, lineMax).trimEnd());
  const end = lines.findIndex((line, index) => {
    const bare = line.trimStart();
    if (cuts.some((one) => one.test(line))) return true;
    return introduces.test(bare) || introduces.test(`${bare} ${(lines[index + 1] ?? "").trim()}`);
  });
  return (end < 0 ? lines : lines.slice(0, end)).join("\n").trim();
}
