/** What the routes of on-call duty are handed. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import type { CoverNews } from "../../core/oncall/cover.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import { refused } from "../platform/problems.ts";

export type Written<T> = {
  readonly id: string;
  readonly kind: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly result: T;
};

/** News of a request to be covered, for one person. Instants are milliseconds. */
export type CoverTelling = {
  readonly personId: string;
  readonly news: CoverNews;
  readonly request: string;
  readonly schedule: string;
  /** Whose turn it is, and who did what is told. */
  readonly owner: string;
  readonly by: string;
  readonly from: number;
  readonly until: number;
  readonly inReturn: { readonly from: number; readonly until: number } | null;
  readonly message: string | null;
  /** Asked by name, and not among others. */
  readonly named: boolean;
};

export type OnCallKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly directory: () => Directory;
  /** As of this transaction. */
  readonly readDirectory: (client: pg.PoolClient) => Promise<Directory>;
  /** One audited change of the directory, after which it is read anew. */
  readonly change: <T>(request: FastifyRequest, write: (client: pg.PoolClient) => Promise<Written<T>>) => Promise<T>;
  readonly changed: () => Promise<void>;
  /** In the transaction of what is told. */
  readonly tellOfCover: (client: pg.PoolClient, told: readonly CoverTelling[]) => Promise<void>;
  /** Refuses ids of people that do not exist, each by its pointer. */
  readonly refuseUnknownPeople: (
    client: pg.PoolClient,
    named: readonly { readonly id: string; readonly pointer: string }[],
  ) => Promise<void>;
};

/** One's own affairs are one's own; anybody else's are an administrator's. */
export function refuseForOthers(request: FastifyRequest, personId: string): void {
  const { person } = viewerOf(request);
  if (person.id !== personId && !person.admin) throw refused("not-administrator");
}
