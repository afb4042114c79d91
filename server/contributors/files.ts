/** Files of contributors: kept as they come, attached once the answer is sent. */
import type pg from "pg";
import type { Attached } from "../../core/incidents/attaching.ts";
import { type Ask, type ContributorDraft, keepFileOf } from "./store.ts";

export type Files = {
  readonly keep: (sent: {
    readonly incidentId: string;
    readonly name: string;
    readonly contributor: string;
    readonly content: AsyncIterable<unknown>;
    readonly until: number;
  }) => Promise<Attached>;
  readonly drop: (id: string) => Promise<void>;
  readonly isKept: (id: string) => Promise<boolean>;
  readonly whenAttached: (
    incidentId: string,
    attached: Attached,
    at: number,
  ) => (client: pg.PoolClient) => Promise<boolean>;
};

type Keeping = { readonly pool: pg.Pool; readonly files: Files };

/** What was there before, nobody will send now. */
export async function replaceFile({ pool, files }: Keeping, ask: Ask, draft: ContributorDraft): Promise<void> {
  const other = await keepFileOf(pool, ask, draft);
  if (other) await files.drop(other.attachmentId);
}
