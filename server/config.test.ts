/** The environment: what is taken, and for whatever is wrong, one line that names the variable. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readConfig } from "./config.ts";

type Environment = Readonly<Record<string, string>>;

const home = mkdtempSync(join(tmpdir(), "tocsin-config-"));
after(() => rmSync(home, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
}

const key = Buffer.alloc(32, 7).toString("base64");
/** Of a key that is nowhere any more. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUU8QCFoU1WZ9TcvDE+dhCYZHLwA0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTIyMDg0M1oYDzIxMjYxMTAx
MjIwODQzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQ0wGrQiDCqzE7+Ejp9i0KVj+DGDUG5XrDZj2uAWDZuSjVUXN2vjsQX
LeBLtN9Cx53FklZG+BScLaWQC9oS6l3Mo1MwUTAdBgNVHQ4EFgQUT/LCtaF6KCs6
rCpZLWmmyIZ/boUwHwYDVR0jBBgwFoAUT/LCtaF6KCs6rCpZLWmmyIZ/boUwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA8DhfXE3LaYHYpfWHNh6t
W9j9MDdRtivUAmSzhv9wQ04CIQD+43qaZ048A+QM0ILqgnqOzRXD4tdMvn3gxIn4
YLnRpw==
-----END CERTIFICATE-----
`;
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const otherKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

test("with nothing set: this machine alone, the embedded database, mail from nobody in particular", () => {
  const config = readConfig({});
  assert.deepEqual([config.host, config.port, config.url], ["127.0.0.1", 7400, "http://127.0.0.1:7400"]);
  assert.deepEqual([config.databaseUrl, config.smtpUrl, config.tls, config.secretKey], [null, null, null, null]);
  assert.equal(config.logLevel, "info");
  assert.equal(config.insecureHttp, false);
});

test("an empty variable counts as unset", () => {
  const { dataDir: _, ...unset } = readConfig({});
  const names = [
    "HOST",
    "PORT",
    "URL",
    "DATA_DIR",
    "ADMIN_EMAIL",
    "ADMIN_PASSWORD",
    "SMTP_URL",
    "MAIL_FROM",
    "IMAP_URL",
  ];
  const more = ["TLS_CERT", "TLS_KEY", "TRUSTED_PROXIES", "INSECURE_HTTP", "SECRET_KEY", "SECRET_KEY_FILE", "LOG"];
  const all = ["DATABASE_URL", "DATABASE_URL_FILE", ...[...names, ...more].map((name) => `TOCSIN_${name}`)];
  const { dataDir: __, ...empty } = readConfig(Object.fromEntries(all.map((name) => [name, ""])));
  assert.deepEqual(empty, unset);
});

test("each secret may come from a file, its last line ended or not", () => {
  const from = {
    DATABASE_URL: "postgres://desk@db.example.org/desk",
    TOCSIN_ADMIN_PASSWORD: "twelve or more",
    TOCSIN_SMTP_URL: "smtp://mail.example.org:587",
    TOCSIN_SECRET_KEY: key,
  };
  const files = Object.entries(from).map(([name, value]) => [`${name}_FILE`, file(name, `${value}\n`)]);
  const config = readConfig(Object.fromEntries(files));
  assert.equal(config.databaseUrl, from.DATABASE_URL);
  assert.equal(config.adminPassword, from.TOCSIN_ADMIN_PASSWORD);
  assert.equal(config.smtpUrl, from.TOCSIN_SMTP_URL);
  assert.equal(config.secretKey?.toString("base64"), key);
});

test("beyond loopback: refused in plain HTTP, unless asked for, and then it is known", () => {
  const away = { TOCSIN_HOST: "192.0.2.1" };
  assert.throws(() => readConfig(away), /^ConfigError: TOCSIN_HOST: .* TOCSIN_INSECURE_HTTP=1$/);
  assert.equal(readConfig({ ...away, TOCSIN_INSECURE_HTTP: "1" }).insecureHttp, true);
  assert.equal(readConfig({ ...away, TOCSIN_TRUSTED_PROXIES: "192.0.2.0/24" }).insecureHttp, false);
  for (const host of ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
    assert.equal(readConfig({ TOCSIN_HOST: host, TOCSIN_INSECURE_HTTP: "1" }).insecureHttp, false, host);
});

test("a public address is a scheme, a host and a port", () => {
  assert.equal(readConfig({ TOCSIN_URL: "https://desk.example.org/" }).url, "https://desk.example.org");
  assert.equal(readConfig({ TOCSIN_HOST: "::1" }).url, "http://[::1]:7400");
});

const smtp = { TOCSIN_SMTP_URL: "smtp://mail.example.org" };
const imap = { ...smtp, TOCSIN_IMAP_URL: "imaps://desk:x@mail.example.org/INBOX" };

test("answers by mail are read where a mailbox is named, and written to an address with its place for a token", () => {
  const config = readConfig({ ...imap, TOCSIN_REPLY_TO: "desk+*@example.org" });
  assert.deepEqual([config.imapUrl, config.replyTo], [imap.TOCSIN_IMAP_URL, "desk+*@example.org"]);
  assert.equal(readConfig(imap).replyTo, null);
});

const wrong: readonly (readonly [variable: string, environment: Environment])[] = [
  ["TOCSIN_PORT", { TOCSIN_PORT: "http" }],
  ["TOCSIN_PORT", { TOCSIN_PORT: "65536" }],
  ["TOCSIN_PORT", { TOCSIN_PORT: "0x1f" }],
  ["TOCSIN_PORT", { TOCSIN_PORT: "1e3" }],
  ["TOCSIN_PORT", { TOCSIN_PORT: "-1" }],
  ["TOCSIN_HOST", { TOCSIN_HOST: "0.0.0.0" }],
  ["TOCSIN_HOST", { TOCSIN_HOST: "127.example.org" }],
  ["TOCSIN_URL", { TOCSIN_HOST: "0.0.0.0", TOCSIN_INSECURE_HTTP: "1" }],
  ["TOCSIN_URL", { TOCSIN_URL: "desk.example.org" }],
  ["TOCSIN_URL", { TOCSIN_URL: "ftp://desk.example.org" }],
  ["TOCSIN_URL", { TOCSIN_URL: "https://example.org/desk" }],
  ["TOCSIN_URL", { TOCSIN_URL: "https://me:word@example.org" }],
  ["TOCSIN_INSECURE_HTTP", { TOCSIN_INSECURE_HTTP: "yes" }],
  ["DATABASE_URL", { DATABASE_URL: "mysql://db.example.org/desk" }],
  ["DATABASE_URL", { DATABASE_URL: "db.example.org" }],
  ["DATABASE_URL", { DATABASE_URL: "postgres://db.example.org/desk?options=-c%20role%3Dx" }],
  ["DATABASE_URL_FILE", { DATABASE_URL_FILE: join(home, "none") }],
  ["DATABASE_URL_FILE", { DATABASE_URL_FILE: file("empty", " \n") }],
  ["DATABASE_URL_FILE", { DATABASE_URL_FILE: file("one", "postgres://a/b"), DATABASE_URL: "postgres://c/d" }],
  ["TOCSIN_ADMIN_EMAIL", { TOCSIN_ADMIN_EMAIL: "a@example.org, b@example.org" }],
  ["TOCSIN_ADMIN_PASSWORD", { TOCSIN_ADMIN_PASSWORD: "eleven char" }],
  ["TOCSIN_SMTP_URL", { TOCSIN_SMTP_URL: "mail.example.org:25" }],
  ["TOCSIN_SMTP_URL", { TOCSIN_SMTP_URL: "smtp://" }],
  ["TOCSIN_SMTP_URL", { TOCSIN_SMTP_URL: "smtp://mail.example.org:port" }],
  ["TOCSIN_MAIL_FROM", { TOCSIN_MAIL_FROM: "desk" }],
  ["TOCSIN_IMAP_URL", { ...smtp, TOCSIN_IMAP_URL: "https://mail.example.org" }],
  ["TOCSIN_IMAP_URL", { ...smtp, TOCSIN_IMAP_URL: "imaps://mail.example.org" }],
  ["TOCSIN_IMAP_URL", { ...smtp, TOCSIN_IMAP_URL: "imaps://desk:50%@mail.example.org" }],
  ["TOCSIN_IMAP_URL", { TOCSIN_IMAP_URL: "imaps://desk:x@mail.example.org" }],
  ["TOCSIN_REPLY_TO", { TOCSIN_REPLY_TO: "desk@example.org" }],
  ["TOCSIN_REPLY_TO", { ...imap, TOCSIN_REPLY_TO: "desk" }],
  ["TOCSIN_REPLY_TO", { ...imap, TOCSIN_REPLY_TO: "desk+*+*@example.org" }],
  ["TOCSIN_REPLY_TO", { ...imap, TOCSIN_REPLY_TO: "a-service-desk-of-a-city+*@example.org" }],
  ["TOCSIN_TLS_KEY", { TOCSIN_TLS_CERT: file("cert", certificate) }],
  ["TOCSIN_TLS_CERT", { TOCSIN_TLS_KEY: file("key", otherKey) }],
  ["TOCSIN_TLS_CERT", { TOCSIN_TLS_CERT: join(home, "none"), TOCSIN_TLS_KEY: join(home, "key") }],
  ["TOCSIN_TLS_CERT", { TOCSIN_TLS_CERT: file("no-cert", "x"), TOCSIN_TLS_KEY: join(home, "key") }],
  ["TOCSIN_TLS_KEY", { TOCSIN_TLS_CERT: join(home, "cert"), TOCSIN_TLS_KEY: file("no-key", "x") }],
  ["TOCSIN_TLS_KEY", { TOCSIN_TLS_CERT: join(home, "cert"), TOCSIN_TLS_KEY: join(home, "key") }],
  ["TOCSIN_TRUSTED_PROXIES", { TOCSIN_TRUSTED_PROXIES: "proxy.example.org" }],
  ["TOCSIN_TRUSTED_PROXIES", { TOCSIN_TRUSTED_PROXIES: "10.0.0.0/33" }],
  ["TOCSIN_TRUSTED_PROXIES", { TOCSIN_TRUSTED_PROXIES: "10.0.0.0/" }],
  ["TOCSIN_TRUSTED_PROXIES", { TOCSIN_TRUSTED_PROXIES: "10.0.0.0/8/8" }],
  ["TOCSIN_TRUSTED_PROXIES", { TOCSIN_TRUSTED_PROXIES: " , " }],
  ["TOCSIN_SECRET_KEY", { TOCSIN_SECRET_KEY: "short" }],
  ["TOCSIN_SECRET_KEY", { TOCSIN_SECRET_KEY: `!!${key}` }],
  ["TOCSIN_LOG", { TOCSIN_LOG: "loud" }],
];

for (const [variable, environment] of wrong) {
  test(`refused, naming ${variable}: ${JSON.stringify(environment).replaceAll(home, "")}`, () => {
    assert.throws(
      () => readConfig(environment),
      (error: Error) => error.name === "ConfigError" && error.message.startsWith(`${variable}: `),
    );
  });
}

test("what is refused never says a secret again", () => {
  const secret = "do-not-repeat";
  for (const name of ["DATABASE_URL", "TOCSIN_SMTP_URL", "TOCSIN_IMAP_URL", "TOCSIN_SECRET_KEY"])
    assert.throws(
      () => readConfig({ [name]: `x://${secret}` }),
      (error: Error) => !error.message.includes(secret),
    );
});
