/** From a key that a client sent to its integration. Keys are kept hashed; what was found is remembered for a short time
 *  only, so that a revoked key dies on every node within seconds. */
import type pg from "pg";
import type { Clock } from "../platform/clock.ts";
import { hashSecret } from "../platform/secrets.ts";

export type KeyRing = { readonly integrationOf: (key: string) => Promise<string | null> };

const rememberedMs = 5_000;
const rememberedMax = 10_000;

export function createKeyRing(pool: pg.Pool, clock: Clock): KeyRing {
  const known = new Map<string, { readonly id: string | null; readonly until: number }>();
  return {
    integrationOf: async (key) => {
      if (!/^[A-Za-z0-9]{16,64}$/.test(key)) return null;
      const remembered = known.get(key);
      const now = clock.now();
      if (remembered && remembered.until > now) return remembered.id;
      const { rows } = await pool.query<{ integration_id: string }>({
        name: "read-integration-key",
        text: "select integration_id from integration_keys where key_hash = $1 and revoked_at is null",
        values: [hashSecret(key)],
      });
      const id = rows[0]?.integration_id ?? null;
      if (known.size > rememberedMax) known.clear();
      known.set(key, { id, until: now + rememberedMs });
      return id;
    },
  };
}
