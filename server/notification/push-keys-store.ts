/** The pair of keys by which push services know this desk (VAPID): made once, when somebody first asks, and the same ever after: a
 *  phone that subscribed under another would have to subscribe again. */
import type pg from "pg";
import webPush from "web-push";
import type { Clock } from "../platform/clock.ts";
import type { Secrets } from "../platform/secrets.ts";

export type PushKeys = { readonly publicKey: string; readonly privateKey: string };

type Known = { readonly pool: pg.Pool; readonly secrets: Secrets; readonly clock: Clock };

const place = "channel_keys/web-push";

export async function readPushKeys({ pool, secrets, clock }: Known): Promise<PushKeys> {
  const read = async (): Promise<PushKeys | null> => {
    const { rows } = await pool.query<{ public: string; sealed: string }>(
      "select public, sealed from channel_keys where name = 'web-push'",
    );
    const [row] = rows;
    return row ? { publicKey: row.public, privateKey: secrets.open(place, row.sealed) } : null;
  };
  const kept = await read();
  if (kept !== null) return kept;
  const made = webPush.generateVAPIDKeys();
  /* Two nodes may make one each: the first that is kept is that of both. */
  await pool.query(
    "insert into channel_keys (name, public, sealed, made_at) values ('web-push', $1, $2, $3) on conflict (name) do nothing",
    [made.publicKey, secrets.seal(place, made.privateKey), clock.now()],
  );
  return (await read()) ?? made;
}
