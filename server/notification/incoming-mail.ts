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

/** Enough to find the first lines of what somebody wrote: blocks are lines, what is quoted is left out. */
export function textOfHtml(html: string): string {
  return html
    .slice(0, htmlMax)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/<(script|style|head|blockquote)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "\n")
    .replace(/\s+/g, " ")
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d|hr)\b[^<>]{0,500}>/gi, "\n")
    .replace(/<[^<>]{0,2000}>/g, "")
    .replace(/&nbsp;|&#160;/gi, " ")
    .replace(/&lt;/gi, "<")
    .replace(/&gt;/gi, ">")
    .replace(/&quot;|&#34;/gi, '"')
    .replace(/&#39;|&apos;|&rsquo;/gi, "’")
    .replace(/&amp;/gi, "&");
}
