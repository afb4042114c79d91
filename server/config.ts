/** The environment, read once. A wrong value stops the start with one line that names the variable. */
import { readFileSync } from "node:fs";
import { BlockList, isIP } from "node:net";
import { resolve } from "node:path";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import { addressTokenLength, ConfigError, emailPattern, isLoopback, localPartMax } from "./platform/addresses.ts";

export type Config = {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly adminEmail: string | null;
  readonly adminPassword: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Where answers by mail are read; null: nowhere. */
  readonly imapUrl: string | null;
  /** Where they are to be written, `*` standing for what tells them apart; null: to `mailFrom`. */
  readonly replyTo: string | null;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  readonly trustedProxies: BlockList | null;
  readonly trustedProxyText: readonly string[];
  readonly secretKey: Buffer | null;
  readonly logLevel: string;
  /** Listening beyond loopback in plain HTTP was asked for: said on every page. */
  readonly insecureHttp: boolean;
};

const secrets = ["DATABASE_URL", "TOCSIN_ADMIN_PASSWORD", "TOCSIN_SMTP_URL", "TOCSIN_IMAP_URL", "TOCSIN_SECRET_KEY"];
const levels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

type Environment = Readonly<Record<string, string | undefined>>;

export function readConfig(environment: Environment): Config {
  const get = (name: string): string | null => readVariable(environment, name);
  const host = get("TOCSIN_HOST") ?? "127.0.0.1";
  const port = readPort(get("TOCSIN_PORT") ?? "7400");
  const tls = readTls(get("TOCSIN_TLS_CERT"), get("TOCSIN_TLS_KEY"));
  const proxies = readProxies(get("TOCSIN_TRUSTED_PROXIES"));
  const insecureHttp = oneOf("TOCSIN_INSECURE_HTTP", ["0", "1"], get("TOCSIN_INSECURE_HTTP") ?? "0") === "1";
  if (!isLoopback(host) && !tls && !proxies && !insecureHttp) {
    throw new ConfigError(
      `TOCSIN_HOST: listening on ${host} without TLS needs TOCSIN_TLS_CERT and TOCSIN_TLS_KEY, TOCSIN_TRUSTED_PROXIES, or TOCSIN_INSECURE_HTTP=1`,
    );
  }
  if ((host === "0.0.0.0" || host === "::") && get("TOCSIN_URL") === null) {
    throw new ConfigError(`TOCSIN_URL: needed when TOCSIN_HOST is ${host}, since links in mails carry it`);
  }
  const url = get("TOCSIN_URL") ?? `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const smtpUrl = get("TOCSIN_SMTP_URL");
  if (smtpUrl !== null && checkUrl("TOCSIN_SMTP_URL", smtpUrl, ["smtp:", "smtps:"]).hostname === "")
    throw new ConfigError("TOCSIN_SMTP_URL: names no host");
  const imapUrl = readImap(get("TOCSIN_IMAP_URL"), smtpUrl);
  const databaseUrl = get("DATABASE_URL");
  if (
    databaseUrl !== null &&
    checkUrl("DATABASE_URL", databaseUrl, ["postgres:", "postgresql:"]).searchParams.has("options")
  ) {
    throw new ConfigError("DATABASE_URL: options are set by Tocsin; leave them out");
  }
  return {
    host,
    port,
    url: readOrigin(url),
    dataDir: resolve(get("TOCSIN_DATA_DIR") ?? "./data"),
    databaseUrl,
    adminEmail: readEmail("TOCSIN_ADMIN_EMAIL", get("TOCSIN_ADMIN_EMAIL")),
    adminPassword: readPassword(get("TOCSIN_ADMIN_PASSWORD")),
    smtpUrl,
    mailFrom: readEmail("TOCSIN_MAIL_FROM", get("TOCSIN_MAIL_FROM")) ?? "tocsin@localhost",
    imapUrl,
    replyTo: readReplyTo(get("TOCSIN_REPLY_TO"), imapUrl),
    tls,
    trustedProxies: proxies?.list ?? null,
    trustedProxyText: proxies?.text ?? [],
    secretKey: readKey(get("TOCSIN_SECRET_KEY")),
    logLevel: oneOf("TOCSIN_LOG", levels, get("TOCSIN_LOG") ?? "info"),
    insecureHttp: insecureHttp && !isLoopback(host) && !tls && !proxies,
  };
}

/** An empty variable counts as unset; a secret may come from the file named by its `_FILE` twin. An empty file is a secret
 *  that was not mounted: going on without it would start another desk than the one that was meant. */
function readVariable(environment: Environment, name: string): string | null {
  const direct = environment[name] || null;
  const file = secrets.includes(name) ? environment[`${name}_FILE`] || null : null;
  if (file === null) return direct;
  if (direct !== null) throw new ConfigError(`${name}_FILE: ${name} is set too; leave one of them out`);
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch {
    throw new ConfigError(`${name}_FILE: ${file} cannot be read`);
  }
  if (text === "") throw new ConfigError(`${name}_FILE: ${file} is empty`);
  return text;
}

function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (!(port <= 65_535)) throw new ConfigError(`TOCSIN_PORT: "${value}" is not a port (0 to 65535)`);
  return port;
}

function oneOf(name: string, values: readonly string[], value: string): string {
  if (!values.includes(value)) throw new ConfigError(`${name}: "${value}" is none of ${values.join(", ")}`);
  return value;
}

/** Links are made by adding a path: whatever else an address may hold would be lost without a word. */
function readOrigin(value: string): string {
  const { origin, pathname, search, hash, username } = checkUrl("TOCSIN_URL", value, ["http:", "https:"]);
  if (pathname !== "/" || search !== "" || hash !== "" || username !== "")
    throw new ConfigError(`TOCSIN_URL: only a scheme, a host and a port, as in ${origin}`);
  return origin;
}

function checkUrl(name: string, value: string, protocols: readonly string[]): URL {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new ConfigError(`${name}: not an address`);
  }
  if (!protocols.includes(url.protocol)) {
    throw new ConfigError(`${name}: must start with ${protocols.map((one) => `${one}//`).join(" or ")}`);
  }
  return url;
}

function readEmail(name: string, value: string | null): string | null {
  if (value !== null && !emailPattern.test(value))
    throw new ConfigError(`${name}: "${value}" is not an e-mail address`);
  return value;
}

function readImap(value: string | null, smtpUrl: string | null): string | null {
  if (value === null) return null;
  const { hostname, username, pathname } = checkUrl("TOCSIN_IMAP_URL", value, ["imap:", "imaps:"]);
  if (hostname === "") throw new ConfigError("TOCSIN_IMAP_URL: names no host");
  if (username === "") throw new ConfigError("TOCSIN_IMAP_URL: names no user");
  for (const part of [username, new URL(value).password, pathname]) {
    try {
      decodeURIComponent(part);
    } catch {
      throw new ConfigError("TOCSIN_IMAP_URL: a % in a name or a password is written %25");
    }
  }
  if (smtpUrl === null)
    throw new ConfigError("TOCSIN_IMAP_URL: nothing is sent that could be answered: set TOCSIN_SMTP_URL too");
  return value;
}

function readReplyTo(value: string | null, imapUrl: string | null): string | null {
  if (value === null) return null;
  if (imapUrl === null) throw new ConfigError("TOCSIN_REPLY_TO: nobody reads answers: set TOCSIN_IMAP_URL too");
  const filled = value.replace("*", "0".repeat(addressTokenLength));
  if (filled.indexOf("@") > localPartMax)
    throw new ConfigError(
      `TOCSIN_REPLY_TO: the * becomes ${addressTokenLength} characters, and there may be ${localPartMax} before the @`,
    );
  if (!emailPattern.test(filled) || filled.includes("*"))
    throw new ConfigError(`TOCSIN_REPLY_TO: "${value}" is not an e-mail address, with one * or none`);
  return value;
}

function readPassword(value: string | null): string | null {
  if (value !== null && [...value].length < 12) throw new ConfigError("TOCSIN_ADMIN_PASSWORD: at least 12 characters");
  return value;
}

function readTls(cert: string | null, key: string | null): Config["tls"] {
  if (cert === null && key === null) return null;
  if (cert === null || key === null) {
    throw new ConfigError(`${cert === null ? "TOCSIN_TLS_CERT" : "TOCSIN_TLS_KEY"}: both files are needed`);
  }
  const read = (name: string, file: string): Buffer => {
    try {
      return readFileSync(file);
    } catch {
      throw new ConfigError(`${name}: ${file} cannot be read`);
    }
  };
  const pair = { cert: read("TOCSIN_TLS_CERT", cert), key: read("TOCSIN_TLS_KEY", key) };
  const tryTls = (name: string, options: SecureContextOptions, fault: string): void => {
    try {
      createSecureContext(options);
    } catch {
      throw new ConfigError(`${name}: ${fault}`);
    }
  };
  tryTls("TOCSIN_TLS_CERT", { cert: pair.cert }, `${cert} holds no certificate in PEM`);
  tryTls("TOCSIN_TLS_KEY", { key: pair.key }, `${key} holds no private key in PEM, or one under a passphrase`);
  tryTls("TOCSIN_TLS_KEY", pair, `${key} is not the key of ${cert}`);
  return pair;
}

function readProxies(value: string | null): { list: BlockList; text: string[] } | null {
  if (value === null) return null;
  const list = new BlockList();
  const text = value
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  if (text.length === 0) throw new ConfigError("TOCSIN_TRUSTED_PROXIES: names no address");
  for (const cidr of text) {
    const [address = "", bits, ...more] = cidr.split("/");
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
    if (family === 0 || more.length > 0 || !(prefix <= most))
      throw new ConfigError(`TOCSIN_TRUSTED_PROXIES: "${cidr}" is not an address or a CIDR range`);
    list.addSubnet(address, prefix, family === 6 ? "ipv6" : "ipv4");
  }
  return { list, text };
}

/** Node's decoder skips what is not base64: half a key would be taken for another one. */
function readKey(value: string | null): Buffer | null {
  if (value === null) return null;
  const key = Buffer.from(value, "base64");
  if (key.length !== 32 || key.toString("base64").replace("=", "") !== value.replace("=", ""))
    throw new ConfigError("TOCSIN_SECRET_KEY: 32 bytes in base64 are needed");
  return key;
}
