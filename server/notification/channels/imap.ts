/** A mailbox that is read by IMAP. One connection is kept open and says by itself when something has come; whatever goes wrong
 *  closes it, and the next reading opens another. Nothing is moved or deleted there: what was ours is marked as read. */
import { ImapFlow } from "imapflow";
import { dayMs } from "../../../core/kernel/time.ts";

export type FoundMail = { readonly uid: number; readonly raw: Buffer };

/** How far it was read; UIDs count anew when their validity changes. */
export type ReadSoFar = { readonly uidValidity: string | null; readonly uidSeen: number };

export type Mailbox = {
  /** Those that came after, oldest first, at most so many. Where nothing tells how far it was read: those of the last day. */
  readonly list: (
    soFar: ReadSoFar,
    now: number,
  ) => Promise<{ readonly uidValidity: string; readonly uids: readonly number[]; readonly skipTo: number }>;
  readonly fetch: (uid: number) => Promise<FoundMail | null>;
  readonly markRead: (uid: number) => Promise<void>;
  readonly close: () => void;
};

const connectTimeoutMs = 10_000;
const answerTimeoutMs = 20_000;
/** What is read of one mail: its headers and its text come first, and files behind them are not kept. */
const mailMaxBytes = 256 * 1_024;
const listedMax = 200;

export function openMailbox(imapUrl: string, onArrival: () => void): Mailbox {
  const url = new URL(imapUrl);
  const folder = folderOf(url);
  let open: Promise<ImapFlow> | null = null;
  const close = (): void => {
    const closing = open;
    open = null;
    void closing?.then((client) => client.close()).catch(() => {});
  };
  const connect = (): Promise<ImapFlow> => {
    const client = new ImapFlow(optionsOf(url));
    const connecting = client
      .connect()
      .then(() => client.mailboxOpen(folder))
      .then(
        () => client,
        (error: unknown) => {
          client.close();
          throw error;
        },
      );
    /* One that ended late must not take its successor with it. */
    const over = (): void => {
      if (open === connecting) close();
    };
    /* An error that nobody listens for would end the process. */
    client.on("error", over);
    client.on("close", over);
    client.on("exists", onArrival);
    return connecting;
  };
  const asked = async <T>(ask: (client: ImapFlow) => Promise<T>): Promise<T> => {
    open ??= connect();
    const tooLong = setTimeout(close, connectTimeoutMs + answerTimeoutMs);
    try {
      return await ask(await open);
    } catch (error) {
      close();
      throw error;
    } finally {
      clearTimeout(tooLong);
    }
  };
  return {
    list: (soFar, now) => asked((client) => listNew(client, soFar, now)),
    fetch: (uid) =>
      asked(async (client) => {
        const found = await client.fetchOne(uid, { source: { maxLength: mailMaxBytes } }, { uid: true });
        return found && found.source !== undefined ? { uid, raw: found.source } : null;
      }),
    markRead: (uid) => asked(async (client) => void (await client.messageFlagsAdd(uid, ["\\Seen"], { uid: true }))),
    close,
  };
}

export const folderOf = (url: URL): string => decodeURIComponent(url.pathname.slice(1)) || "INBOX";

function optionsOf(url: URL): ConstructorParameters<typeof ImapFlow>[0] {
  const secure = url.protocol === "imaps:";
  const mustEncrypt = !secure && url.searchParams.get("tls") === "required";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || (secure ? 993 : 143)),
    secure,
    ...(mustEncrypt ? { doSTARTTLS: true } : {}),
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    clientInfo: { name: "Tocsin" },
    logger: false,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    autoIdleDelay: 1_000,
    maxLiteralSize: 4 * mailMaxBytes,
  };
}

async function listNew(
  client: ImapFlow,
  { uidValidity, uidSeen }: ReadSoFar,
  now: number,
): ReturnType<Mailbox["list"]> {
  await client.noop();
  const { mailbox } = client;
  if (!mailbox) throw new Error("the mailbox is not open");
  const current = String(mailbox.uidValidity);
  /* Of a server that counts anew without saying so, the next UID is one that was read. */
  const known = current === uidValidity && !(mailbox.uidNext <= uidSeen);
  const from = known ? uidSeen : 0;
  const query = known ? { uid: `${from + 1}:*` } : { since: new Date(now - dayMs) };
  const found = await client.search(query, { uid: true });
  if (!found) throw new Error("the mailbox could not be searched");
  /* `n:*` names the last one even where it comes before. */
  const uids = found.filter((uid) => uid > from).toSorted((a, b) => a - b);
  const skipTo = uids.length > 0 || known ? from : mailbox.uidNext - 1;
  return { uidValidity: current, uids: uids.slice(0, listedMax), skipTo };
}
