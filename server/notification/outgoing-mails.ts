/** A message as a mail. */
import { createHash } from "node:crypto";
import { renderAccountMail } from "./account-mails.ts";
import type { Mail } from "./channels/email.ts";
import { type RenderedMail, renderNotice, renderPage } from "./mails.ts";
import type { Message } from "./message.ts";
import { markedId, type ReplyMark } from "./reply-marks.ts";

/** `mark`: where this mail may be answered. */
export type Mailing = { readonly mailHost: string; readonly mark: ReplyMark | null };

export function mailOf(message: Message, address: string, { mailHost, mark }: Mailing): Mail {
  const { subject, text, html } = rendered(message);
  const id = (of: string): string => `<${createHash("sha256").update(of).digest("hex").slice(0, 32)}@${mailHost}>`;
  return {
    to: { name: message.recipient, address },
    subject,
    text,
    html,
    messageId: mark === null ? id(message.key) : markedId(mark, mailHost),
    thread: id(message.thread),
    language: message.language,
    replyTo: mark?.address ?? null,
  };
}

function rendered(message: Message): RenderedMail {
  const { content, language } = message;
  switch (content.kind) {
    case "page":
      return renderPage(content.view, language);
    case "notice":
      return renderNotice(content.view, language);
    default:
      return renderAccountMail(content, message);
  }
}
