/** Words that come from outside by a call or a message, taken once: whoever carries them knocks again when our answer was late or
 *  lost, with the same identifiers and the same words. */
import { createHash } from "node:crypto";
import type pg from "pg";
import { dayMs } from "../../core/kernel/time.ts";
import type { Alongside } from "../desk/commit.ts";

export type Once = {
  readonly alongside: Alongside;
  /** Whether it was done, now or before. */
  readonly isDone: () => Promise<boolean>;
};

/** Nobody knocks again after that. */
const keptMs = 7 * dayMs;

export function carriedOnce(pool: pg.Pool, now: number, identifiers: readonly string[]): Once {
  const hash = createHash("sha256").update(JSON.stringify(identifiers)).digest("base64url");
  return {
    isDone: async () => {
      const { rowCount } = await pool.query("select from carried_words where hash = $1 and done", [hash]);
      return rowCount === 1;
    },
    alongside: {
      /* Waits for whoever has the same in hand; what they could not do is done again. */
      before: async (client) => {
        await client.query("delete from carried_words where made_at < $1", [now - keptMs]);
        const { rowCount } = await client.query(
          `insert into carried_words as kept (hash, tx, made_at) values ($1, pg_current_xact_id(), $2)
on conflict (hash) do update set tx = excluded.tx, made_at = excluded.made_at where not kept.done and kept.tx <> excluded.tx`,
          [hash, now],
        );
        return rowCount === 1;
      },
      after: async (client, outcome) => {
        if (outcome.kind === "incident")
          await client.query("update carried_words set done = true where hash = $1", [hash]);
      },
    },
  };
}
