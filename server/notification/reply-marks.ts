/** What a mail bears so that an answer to it is known: its token, in its id, and in the address for answers where that has a place
 *  for it. */
import type { Secrets } from "../platform/secrets.ts";
import { makeReplyToken } from "./reply-token.ts";

export type ReplyMark = { readonly token: string; readonly address: string | null };

/** The `*` of `desk+*@example.org` is where the token goes. */
export const addressFor = (replyTo: string | null, token: string): string | null =>
  replyTo?.replace("*", token) ?? null;

/** What comes after distinguishes an answer to an answer; none for the message itself, the same for each of its attempts. */
export const markedId = ({ token }: ReplyMark, mailHost: string, after = ""): string =>
  `<${token}${after}@${mailHost}>`;

export type MarkReplies = (outboxId: number) => ReplyMark;

export const createReplyMarks =
  (secrets: Secrets, replyTo: string | null): MarkReplies =>
  (outboxId) => {
    const token = makeReplyToken(secrets, outboxId);
    return { token, address: addressFor(replyTo, token) };
  };
