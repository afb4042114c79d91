/** E-mail through SMTP. Addresses are given as objects and checked strictly: a string would be read as a list, and page
 *  somebody else. "Accepted" by the server is not "delivered", and is never called so. */
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import nodemailer from "nodemailer";
import { emailPattern } from "../../platform/addresses.ts";
import type { Sent } from "./sent.ts";

export type Mail = {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** The first message of the incident: mail programs thread by it. */
  readonly thread: string;
  readonly language: string;
  /** Where an answer is read; absent: at the address that it comes from. */
  readonly replyTo?: string | null;
  /** The message of somebody that it answers: its id, with angle brackets. */
  readonly answers?: string | null;
};

export type EmailChannel = {
  readonly send: (mail: Mail) => Promise<Sent>;
  readonly verify: () => Promise<Sent>;
  readonly close: () => void;
};

const connectTimeoutMs = 5_000;
const socketTimeoutMs = 10_000;
/** In all: a server that drips a byte at a time must not hold a page beyond its lease. */
const sendTimeoutMs = 12_000;
export const sendingMax = 10;

export function openEmailChannel(smtpUrl: string, from: string): EmailChannel {
  const url = new URL(smtpUrl);
  const transport = nodemailer.createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || (url.protocol === "smtps:" ? 465 : 25)),
    secure: url.protocol === "smtps:",
    requireTLS: url.searchParams.get("tls") === "required",
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
    pool: true,
    maxConnections: sendingMax,
    maxMessages: 500,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: socketTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  /* The server reads a message only once it has taken its sender and its recipient: one that was never read has not left. */
  const messages = new Map<string, Readable>();
  transport.use("stream", ({ data, message }, done) => {
    message.processFunc((stream) => {
      messages.set(String(data.messageId), stream);
      return stream;
    });
    done();
  });
  return {
    send: (mail) => {
      if (!emailPattern.test(mail.to.address)) return Promise.resolve({ kind: "never", error: "invalid-address" });
      const sending = transport.sendMail({
        from: { name: "Tocsin", address: from },
        to: [mail.to],
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        ...(mail.replyTo ? { replyTo: { name: "Tocsin", address: mail.replyTo } } : {}),
        ...threading(mail),
        headers: {
          "Auto-Submitted": mail.answers ? "auto-replied" : "auto-generated",
          "Content-Language": mail.language,
          "X-Auto-Response-Suppress": "All",
        },
        signal: AbortSignal.timeout(sendTimeoutMs),
      });
      const mayHaveLeft = (): boolean => messages.get(mail.messageId)?.readableDidRead === true;
      return attempt(sending, mayHaveLeft).finally(() => messages.delete(mail.messageId));
    },
    verify: () => attempt(Promise.race([transport.verify(), tooLong()]), () => false),
    close: () => transport.close(),
  };
}

function threading({ answers, thread, messageId }: Mail): { inReplyTo?: string; references?: string[] } {
  if (answers) return { inReplyTo: answers, references: [thread, answers] };
  return thread === messageId ? {} : { inReplyTo: thread, references: [thread] };
}

async function tooLong(): Promise<never> {
  await sleep(sendTimeoutMs, undefined, { ref: false });
  throw new Error(`no answer in ${sendTimeoutMs} ms`);
}

async function attempt(work: Promise<unknown>, mayHaveLeft: () => boolean): Promise<Sent> {
  try {
    await work;
    return { kind: "accepted" };
  } catch (error) {
    return classify(error, mayHaveLeft());
  }
}

/** Only what a server says of this recipient or of this message is for ever; a refused sender or a changed password is
 *  mended by somebody, and the pages must still be there then. Where the server said nothing after it had begun to read,
 *  it may have delivered. */
function classify(error: unknown, mayHaveLeft: boolean): Sent {
  const fault = error as { responseCode?: number; message?: string; code?: string; command?: string };
  const words = `${fault.code ?? ""} ${fault.message ?? "unknown"}`.trim().slice(0, 300);
  const ofThisMail = fault.command === "RCPT TO" || fault.command === "DATA";
  if (ofThisMail && fault.responseCode !== undefined && fault.responseCode >= 500)
    return { kind: "never", error: words };
  const unknown = fault.responseCode === undefined && mayHaveLeft;
  return { kind: "later", error: words, unknown, nobody: !ofThisMail && !mayHaveLeft };
}
