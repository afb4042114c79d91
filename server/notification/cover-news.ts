/** Tells people of requests to be covered: a row of the outbox for each way that is right for them, in the transaction of what
 *  happened. */
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import type { CoverNews } from "../../core/oncall/cover.ts";
import type { Clock } from "../platform/clock.ts";
import { insertNews } from "./news.ts";

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

export function createCoverNews({ clock, directory }: Known) {
  return async (client: pg.PoolClient, told: readonly Told[]): Promise<void> => {
    const now = clock.now();
    for (const { personId, ...payload } of told) {
      const person = directory().people.get(personId);
      if (!person?.active) continue;
      await insertNews(client, {
        kind: "cover",
        key: `cover/${payload.request}/${payload.news}`,
        person,
        payload: payload as unknown as JsonObject,
        now,
        over: payload.until,
      });
    }
  };
}
