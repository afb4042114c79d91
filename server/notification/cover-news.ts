/** Tells people of requests to be covered: a row of the outbox for each way that is right for them, in the transaction of what
 *  happened. */
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import { dayMs } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { pointsForNews } from "../../core/notification/turns.ts";
import type { CoverNews } from "../../core/oncall/cover.ts";
import type { Clock } from "../platform/clock.ts";
import { insertOutbox } from "../platform/outbox.ts";

type Times = { readonly from: number; readonly until: number };

export type CoverPayload = Times & {
  readonly news: CoverNews;
  readonly request: string;
  readonly schedule: string;
  readonly owner: string;
  readonly by: string;
  readonly inReturn: Times | null;
  readonly message: string | null;
  readonly named: boolean;
};

type Known = { readonly clock: Clock; readonly directory: () => Directory };
type Told = CoverPayload & { readonly personId: string };

/** Old news is worse than none: it goes out while the turn is to come, and not for longer than this. */
const newsNotAfterMs = 3 * dayMs;

export function createCoverNews({ clock, directory }: Known) {
  return async (client: pg.PoolClient, told: readonly Told[]): Promise<void> => {
    const now = clock.now();
    for (const { personId, ...payload } of told) {
      const person = directory().people.get(personId);
      if (!person?.active) continue;
      for (const point of pointsForNews(person, now))
        await insertOutbox(client, {
          key: `cover/${payload.request}/${payload.news}/${point.id}`,
          kind: "cover",
          personId,
          channel: point.kind,
          pointId: point.id,
          payload: payload as unknown as JsonObject,
          now,
          notAfter: Math.min(payload.until, now + newsNotAfterMs),
        });
    }
  };
}
