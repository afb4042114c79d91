/** News for one person, by each way that is right for it now; what would sound in their hours of peace waits for their end. */
import type pg from "pg";
import type { Person } from "../../core/directory/types.ts";
import { dayMs } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { waysForNews } from "../../core/notification/turns.ts";
import { insertOutbox } from "../platform/outbox.ts";

type News = {
  readonly kind: "cover" | "holes";
  readonly key: string;
  readonly person: Person | undefined;
  readonly payload: JsonObject;
  readonly now: number;
  /** From when on it is of no use to anybody. */
  readonly over?: number;
};

/** Old news is worse than none. */
const newsNotAfterMs = 3 * dayMs;

export async function insertNews(client: pg.PoolClient, news: News): Promise<void> {
  const { kind, key, person, payload, now, over = Number.POSITIVE_INFINITY } = news;
  if (!person) return;
  const ways = waysForNews(person, now);
  const insert = (point: { readonly id: string; readonly kind: string }, dueAt: number, held: JsonObject) =>
    insertOutbox(client, {
      key: `${key}/${point.id}`,
      kind,
      personId: person.id,
      channel: point.kind,
      pointId: point.id,
      payload: { ...payload, ...held },
      now,
      dueAt,
      notAfter: Math.min(over, dueAt + newsNotAfterMs),
    });
  for (const point of ways.now) await insert(point, now, {});
  if (ways.later && ways.later.until < over) await insert(ways.later.point, ways.later.until, { held: "quiet" });
}
