/** What an empty database needs: settings, the check of the key, and a first administrator. Two nodes starting at once do
 *  it once. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { toIso } from "../../core/kernel/time.ts";
import { hashPassword } from "../access/password.ts";
import { isGuessable } from "../access/password-strength.ts";
import type { Config } from "../config.ts";
import { ConfigError } from "../platform/addresses.ts";
import { databaseTime } from "../platform/clock.ts";
import { transact } from "../platform/database.ts";
import { loadSecrets, randomWord } from "../platform/secrets.ts";
import { insertAccountMail } from "./store.ts";

/** The password is given once, to be printed, when it was made here. */
export type FirstAdministrator = { readonly email: string; readonly password: string | null };

/** `show` is told before the commit: shown twice is better than never. */
export async function prepareFirstRun(
  pool: pg.Pool,
  config: Config,
  show: (first: FirstAdministrator) => void = () => {},
): Promise<FirstAdministrator | null> {
  const { check } = loadSecrets(config.secretKey, config.dataDir);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const language = /^fr/i.test(process.env.LC_ALL ?? process.env.LANG ?? "") ? "fr" : "en";
  const password = config.adminPassword ?? randomWord(20);
  const passwordHash = await hashPassword(password);
  return transact(pool, 10_000, async (client) => {
    await client.query("select pg_advisory_xact_lock(742020)");
    const { rows } = await client.query<{ key_check: string }>("select key_check from settings");
    if (rows.length === 0) {
      await client.query("insert into settings (language, zone, key_check) values ($1, $2, $3)", [
        language,
        zone,
        check,
      ]);
    } else if (rows[0]?.key_check !== check) {
      throw new ConfigError(
        "TOCSIN_SECRET_KEY: this key is not the one this database was made with; links already sent would be refused",
      );
    }
    const people = await client.query<{ some: boolean }>("select exists (select 1 from people) as some");
    if (people.rows[0]?.some) return null;
    const email = config.adminEmail ?? "admin@example.org";
    if (config.adminPassword !== null && (await isGuessable(config.adminPassword, [email])))
      throw new ConfigError(
        "TOCSIN_ADMIN_PASSWORD: too easy to guess; use several words, or leave it out to have one made",
      );
    const id = randomUUID();
    const madeAt = toIso(await databaseTime(client));
    await client.query(
      "insert into people (id, name, email, language, zone, level, admin, password_hash, made_at) values ($1, $2, $3, $4, $5, 5, true, $6, $7)",
      [id, nameFrom(email), email, language, zone, passwordHash, madeAt],
    );
    await insertAccountMail(client, { personId: id, address: email, madeAt });
    await client.query("update settings set directory_version = directory_version + 1");
    const first = { email, password: config.adminPassword === null ? password : null };
    show(first);
    return first;
  });
}

/** `camille.roy@…` reads « Camille Roy » until somebody says better. */
function nameFrom(email: string): string {
  return (email.split("@")[0] ?? "Admin")
    .split(/[._-]+/)
    .filter((word) => word !== "")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
