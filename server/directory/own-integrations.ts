/** Integrations of the desk itself: whoever raises an alert is one, and is made when it first has something to raise. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Directory, OwnKind } from "../../core/desk/directory.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import { transact } from "../platform/database.ts";
import { bumpDirectory } from "./load.ts";

type Known = {
  readonly pool: pg.Pool;
  readonly now: () => number;
  readonly directory: () => Directory;
  readonly changed: () => Promise<void>;
  readonly nameOf: (kind: OwnKind, language: Language) => string;
};

export type OwnIntegration = (kind: OwnKind) => Promise<string>;

export function createOwnIntegrations({ pool, now, directory, changed, nameOf }: Known): OwnIntegration {
  const known = (kind: OwnKind): string | undefined =>
    [...directory().integrations.values()].find((one) => one.kind === kind)?.id;
  return async (kind) => {
    const found = known(kind);
    if (found !== undefined) return found;
    /* Two nodes may need it at once. */
    const id = await transact(pool, 8_000, async (client) => {
      await client.query("select pg_advisory_xact_lock(hashtextextended($1, 7420))", [`integration/${kind}`]);
      const { rows } = await client.query<{ id: string }>("select id from integrations where kind = $1", [kind]);
      if (rows[0]) return rows[0].id;
      const made = randomUUID();
      await client.query("insert into integrations (id, kind, name, made_at) values ($1, $2, $3, $4)", [
        made,
        kind,
        nameOf(kind, directory().language),
        toIso(now()),
      ]);
      await bumpDirectory(client);
      return made;
    });
    await changed();
    return id;
  };
}
