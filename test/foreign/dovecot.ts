/** Debian's Dovecot as a mailbox of its own: one user, one port, everything in one folder. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ImapFlow } from "imapflow";
import { closeAtEnd, newDirectory } from "../acceptance/cluster.ts";
import { freePort } from "../acceptance/world.ts";
import type { Authority } from "./authority.ts";
import { until } from "./clients.ts";

const program = "/usr/sbin/dovecot";
export const noDovecot: string | false = existsSync(program) ? false : `no ${program}`;

export const mailboxUser = "desk@example.org";

export type ImapServer = {
  /** With its password, as an environment has it. */
  readonly url: string;
  readonly password: string;
  /** Puts a mail in, as a delivery would. */
  readonly deliver: (raw: string, when?: Date) => Promise<void>;
  /** Flags of each mail in the inbox, oldest first. */
  readonly flags: () => Promise<string[][]>;
  /** Deletes the inbox and makes it anew: its UIDs begin again. */
  readonly renew: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
};

/** Root's own mail is refused by it; whoever is not root runs it all as themselves. */
const isRoot = process.getuid?.() === 0;
const owner = isRoot ? { uid: 65_534, gid: 65_534 } : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const roles = isRoot ? "" : "default_internal_user = $USER\ndefault_login_user = $USER\n";

/** Encrypted from the first byte, as port 993 is; nothing else is open. */
const tlsOf = ({ cert, key }: Authority): string =>
  `ssl = required\nssl_cert = <${cert}\nssl_key = <${key}\nssl_min_protocol = TLSv1.2`;

type Placing = {
  readonly home: string;
  readonly port: number;
  readonly password: string;
  readonly tls: Authority | null;
};

function configOf({ home, port, password, tls }: Placing): string {
  const user = process.env.USER ?? "nobody";
  writeFileSync(join(home, "users"), `${mailboxUser}:{PLAIN}${password}:${owner.uid}:${owner.gid}::${home}/mail\n`);
  return `${roles.replaceAll("$USER", user)}
base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/dovecot.log
protocols = imap
${tls === null ? "ssl = no" : tlsOf(tls)}
listen = 127.0.0.1
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
passdb {
  driver = passwd-file
  args = ${home}/users
}
userdb {
  driver = passwd-file
  args = ${home}/users
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${tls === null ? port : 0}
  }
  inet_listener imaps {
    port = ${tls === null ? 0 : port}
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
}

/** Under TLS it speaks only once it is spoken to. */
async function answers(port: number, speaksFirst: boolean): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once(speaksFirst ? "data" : "connect", () => done(true));
    socket.once("error", () => done(false));
    socket.once("close", () => done(false));
    setTimeout(() => socket.destroy(), 1_000);
  });
}

/** `tls`: by whose certificate it is known. */
export async function startDovecot({ tls = null }: { readonly tls?: Authority | null } = {}): Promise<ImapServer> {
  const home = newDirectory();
  const port = await freePort();
  const password = randomBytes(12).toString("hex");
  chmodSync(home, 0o755);
  mkdirSync(join(home, "mail"), { mode: 0o777 });
  chmodSync(join(home, "mail"), 0o777);
  const config = join(home, "dovecot.conf");
  writeFileSync(config, configOf({ home, port, password, tls }));
  let child: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    const ending = child;
    child = null;
    if (ending === null || ending.exitCode !== null) return;
    const ended = new Promise((done) => ending.once("exit", done));
    /* With those of its processes that serve a connection: they outlive it otherwise. */
    process.kill(-(ending.pid as number), "SIGKILL");
    await ended;
  };
  const start = async (): Promise<void> => {
    child = spawn(program, ["-F", "-c", config], { stdio: "ignore", detached: true });
    await until("Dovecot answers", () => answers(port, tls === null));
  };
  closeAtEnd(stop);
  await start();
  const asked = async <T>(ask: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const auth = { user: mailboxUser, pass: password };
    const trusted = tls === null ? {} : { tls: { ca: readFileSync(tls.ca) } };
    const client = new ImapFlow({ host: "127.0.0.1", port, secure: tls !== null, auth, logger: false, ...trusted });
    client.on("error", () => {});
    await client.connect();
    return ask(client).finally(() => client.logout().catch(() => client.close()));
  };
  return {
    url: `${tls === null ? "imap" : "imaps"}://${encodeURIComponent(mailboxUser)}:${password}@127.0.0.1:${port}`,
    password,
    deliver: (raw, when) =>
      asked(async (client) => void (await client.append("INBOX", raw.replace(/\r?\n/g, "\r\n"), [], when))),
    flags: () =>
      asked(async (client) => {
        await client.mailboxOpen("INBOX", { readOnly: true });
        const all = await client.fetchAll("1:*", { flags: true }).catch(() => []);
        return all.map(({ flags }) => [...(flags ?? [])].filter((flag) => flag !== "\\Recent"));
      }),
    renew: async () => {
      await stop();
      rmSync(join(home, "mail", "Maildir"), { recursive: true });
      /* What its UIDs are valid for is the second in which it was made. */
      await sleep(1_100);
      await start();
    },
    start,
    stop,
  };
}
