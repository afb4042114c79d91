/** What writing an incident asks of its own row. Its facts are written by the desk's committer. */
import type { Alongside } from "../desk/commit.ts";

/** `If-Match` with the entity tag that was read: somebody else's change in between refuses this one. */
export function unchangedSince(entityTag: string, id: string): Alongside | undefined {
  if (entityTag === "*") return undefined;
  const wanted = Number(/^"(\d{1,9})"$/.exec(entityTag)?.[1] ?? Number.NaN);
  return {
    before: async (client) => {
      const { rows } = await client.query<{ seq: number }>("select seq from incidents where id = $1 for update", [id]);
      return rows[0]?.seq === wanted;
    },
  };
}
