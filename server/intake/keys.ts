/** From a key that a client sent to its integration. Keys are kept hashed; what was found is remembered for a short time
 *  only, so that a revoked key dies on every node within seconds. */
import type pg from "pg";
import { toIso } from "../../core/kernel/time.ts";
import type { Clock } from "../platform/clock.ts";
import { hashSecret } from "../platform/secrets.ts";

export type KeyRing = { readonly integrationOf: (key: string) => Promise<string | null> };

const rememberedMs = 5_000;
const rememberedMax = 10_000;
/** That a key is used is known to the minute: it costs one write a minute, whatever comes in. */
const usedEveryMs = 60_000;

export function createKeyRing(pool: pg.Pool, clock: Clock): KeyRing {
  const known = new Map<string, { readonly id: string | null; readonly until: number }>();
  return {
    integrationOf: async (key) => {
      if (!/^[A-Za-z0-9]{16,64}$/.test(key)) return null;
      const remembered = known.get(key);
      const now = clock.now();
      if (remembered && remembered.until > now) return remembered.id;
      const keyHash = hashSecret(key);
      const { rows } = await pool.query<{ integration_id: string; used_at: number | null }>({
        name: "read-integration-key",
        text: "select integration_id, used_at from integration_keys where key_hash = $1 and revoked_at is null",
        values: [keyHash],
      });
      const [row] = rows;
      const id = row?.integration_id ?? null;
      if (row && now >= (row.used_at ?? 0) + usedEveryMs) noteUsed(pool, keyHash, now);
      if (known.size > rememberedMax) known.clear();
      known.set(key, { id, until: now + rememberedMs });
      return id;
    },
  };
}

/** Nobody waits for it, and nothing is lost if it fails: what is shown beside the key is a minute older. */
function noteUsed(pool: pg.Pool, keyHash: string, now: number): void {
  void pool
    .query("update integration_keys set used_at = $2 where key_hash = $1", [keyHash, toIso(now)])
    .catch(() => {});
}
