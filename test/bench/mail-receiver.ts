/** A mail server that takes everything and notes when: the other end of "handed over". */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { monotonicMs } from "./load.ts";

export type MailReceiver = {
  readonly port: number;
  /** When the mail that holds `n<number>n` was taken. */
  readonly takenAt: ReadonlyMap<number, number>;
  readonly count: () => number;
  /** What was taken so far is not news any more. */
  readonly forget: () => void;
  readonly stop: () => Promise<void>;
};

export async function startMailReceiver(): Promise<MailReceiver> {
  const takenAt = new Map<number, number>();
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, _session, done) => {
      let text = "";
      stream.on("data", (chunk: Buffer) => {
        text += chunk.toString("latin1");
      });
      stream.on("end", () => {
        count += 1;
        const number = /n(\d{9})n/.exec(text)?.[1];
        if (number !== undefined && !takenAt.has(Number(number))) takenAt.set(Number(number), monotonicMs());
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  return {
    port: (server.server.address() as AddressInfo).port,
    takenAt,
    count: () => count,
    forget: () => takenAt.clear(),
    stop: () => new Promise((done) => server.close(() => done())),
  };
}
