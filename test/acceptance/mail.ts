/** A real mail server at the other end: it keeps what it takes, and does as scripted with each message. */
import type { AddressInfo, Socket } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

export type Letter = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly raw: string;
  readonly email: Email;
};

/** `ok`: taken. `later`: 4xx. `never`: 5xx. `hang`: nothing is ever answered. `drop`: taken whole, and the connection ends
 *  without an answer. `closed`: it ends before any of the message is asked for. */
export type Reply = "ok" | "later" | "never" | "hang" | "drop" | "closed";

export type PostOffice = {
  readonly url: string;
  /** Asked for each message: to whom, and how many attempts there were at all. */
  script: (to: string, attempt: number) => Reply;
  /** Taken and not yet looked at, oldest first. */
  readonly letters: Letter[];
  readonly attempts: () => number;
  readonly close: () => Promise<void>;
};

export async function openPostOffice(): Promise<PostOffice> {
  const letters: Letter[] = [];
  const sockets = new Set<Socket>();
  let attempts = 0;
  const drop = (remotePort: number): void => {
    for (const socket of sockets) if (socket.remotePort === remotePort) socket.destroy();
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    logger: false,
    onRcptTo: ({ address }, session, done) => {
      if (office.script(address, attempts + 1) !== "closed") return done();
      attempts += 1;
      drop(session.remotePort);
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map((one) => one.address).join(", ");
        const reply = office.script(to, ++attempts);
        if (reply === "hang") return;
        if (reply === "drop") return void keep(letters, to, Buffer.concat(chunks)).then(() => drop(session.remotePort));
        if (reply !== "ok") {
          const responseCode = reply === "later" ? 451 : 550;
          return done(Object.assign(new Error(`scripted: ${reply}`), { responseCode }));
        }
        void keep(letters, to, Buffer.concat(chunks)).then(() => done(), done);
      });
    },
  });
  server.on("error", () => {});
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const office: PostOffice = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    script: () => "ok",
    letters,
    attempts: () => attempts,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return office;
}

async function keep(letters: Letter[], to: string, raw: Buffer): Promise<void> {
  const email = await PostalMime.parse(raw);
  letters.push({
    to,
    subject: email.subject ?? "",
    text: email.text ?? "",
    html: email.html ?? "",
    messageId: email.messageId ?? "",
    raw: raw.toString("utf8"),
    email,
  });
}

/** The acknowledge link of a page; undefined in any other letter. */
export const ackPath = (letter: Letter): string | undefined =>
  /https?:\/\/[^/\s"]+(\/ack\/[\w.-]+)/.exec(letter.text)?.[1];
