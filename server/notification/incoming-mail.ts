/** A mail as it came, read once: who says to have sent it, its headers, and its text, cleaned. Its files are left where they are. */
import { createHash } from "node:crypto";
import PostalMime, { addressParser } from "postal-mime";
import { cleanText, cleanTitle } from "../../core/intake/text.ts";
import type { IncomingMail } from "../../core/notification/mail-replies.ts";

export type ReadMail = IncomingMail & {
  /** The same for every copy. */
  readonly hash: string;
  /** With its angle brackets; null when it bears none that could be named in an answer. */
  readonly messageId: string | null;
};

const headerMax = 4_000;
const textMax = 8_000;
const htmlMax = 100_000;
const headersMaxBytes = 100_000;
const messageIdForm = /^<[\x21-\x3b\x3d\x3f-\x7e]{3,400}>$/;

export async function readMail(raw: Buffer): Promise<ReadMail> {
  const email = await PostalMime.parse(raw, {
    maxHeadersSize: headersMaxBytes,
    maxNestingDepth: 20,
    maxRfc822NestingDepth: 0,
    rfc822Attachments: true,
  });
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { key, value } of email.headers) {
    const before = headers[key];
    headers[key] = cleanTitle(before === undefined ? value : `${before}, ${value}`, headerMax).text;
  }
  const senders = email.headers.filter(({ key }) => key === "from").map(({ value }) => value);
  const from = addressParser(senders.join(", "), { flatten: true }).flatMap(({ address }) =>
    address ? [address.toLowerCase()] : [],
  );
  const messageId = messageIdForm.test(email.messageId ?? "") ? (email.messageId ?? null) : null;
  const text = email.text?.trim() ? email.text : textOfHtml(email.html ?? "");
  return {
    from: [...new Set(from)],
    headers,
    text: cleanText(text, textMax).text,
    messageId,
    hash: createHash("sha256")
      .update(messageId ?? raw)
      .digest("base64url"),
  };
}

/** Enough to find the first lines of what somebody wrote: blocks are lines, what is quoted is left out. What is written is read as
 *  text and never again as markup. */
export function textOfHtml(html: string): string {
  const own = html
    .slice(0, htmlMax)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/<(script|style|head|title|template)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "\n");
  return linesOf(aboveQuoted(own));
}

function linesOf(html: string): string {
  const lines = html
    .replace(/\s+/g, " ")
    .replace(/<(?:br|p|div|li|tr|h\d|hr|\/p|\/div|\/li|\/tr|\/h\d)\b[^<>]{0,500}>/gi, "\n")
    .replace(/<[^<>]{0,2000}>/g, "")
    .split("\n")
    .map((line) =>
      decoded(line)
        .replace(/[ \t\u00a0]+/g, " ")
        .trim(),
    );
  /* A block that ends where the next begins is one end of a line, not an empty line. */
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Where mail programs say that what follows is the mail they answer. */
const quotes =
  /<[a-z]+\b[^<>]{0,500}(?:class|id)\s*=\s*["']?[^"'<>]{0,200}\b(?:gmail_quote|gmail_quote_container|yahoo_quoted|protonmail_quote|moz-cite-prefix|divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|zmail_extra|ms-outlook-mobile-reference-message)\b/i;

/** What was written above; whoever answers below is read without what is quoted above them. */
function aboveQuoted(html: string): string {
  const at = html.search(quotes);
  if (at >= 0 && linesOf(html.slice(0, at)) !== "") return html.slice(0, at);
  return withoutBlockquotes(html);
}

/** One may hold others. */
function withoutBlockquotes(html: string): string {
  let depth = 0;
  let kept = "";
  let from = 0;
  for (const found of html.matchAll(/<(\/?)blockquote\b[^<>]{0,500}>/gi)) {
    if (depth === 0) kept += html.slice(from, found.index);
    depth = Math.max(0, depth + (found[1] === "/" ? -1 : 1));
    from = found.index + found[0].length;
    if (depth === 0) kept += "<br>";
  }
  return depth === 0 ? kept + html.slice(from) : kept;
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "’",
  nbsp: "\u00a0",
  laquo: "«",
  raquo: "»",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  oelig: "œ",
  OElig: "Œ",
  aelig: "æ",
  AElig: "Æ",
  euro: "€",
  deg: "°",
};
/** `eacute` and its like: a letter, and the mark that stands on it. */
const marksOf: Readonly<Record<string, string>> = {
  acute: "\u0301",
  grave: "\u0300",
  circ: "\u0302",
  uml: "\u0308",
  cedil: "\u0327",
  tilde: "\u0303",
};

/** Each once: what it stands for is not read again. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? letterOf(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    if (code === 39) return "’";
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : "";
  });
}

function letterOf(name: string): string | undefined {
  const [, letter = "", mark = ""] = /^([a-z])(acute|grave|circ|uml|cedil|tilde)$/i.exec(name) ?? [];
  const combining = marksOf[mark];
  return combining === undefined ? undefined : (letter + combining).normalize("NFC");
}
