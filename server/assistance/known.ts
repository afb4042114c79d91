/** What requests for assistance need of the rest of the desk. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import type { AssistanceState } from "../../core/assistance/state.ts";
import type { AssistanceNews } from "../../core/assistance/telling.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import type { JsonObject, Language } from "../../core/kernel/vocabulary.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";

/** What somebody is told of one. */
export type ToldNews = {
  readonly personId: string;
  readonly news: AssistanceNews;
  readonly id: string;
  /** Number of the entry that says so: each is told once. */
  readonly seq: number;
  readonly state: AssistanceState;
  readonly by: string;
  readonly reason: string | null;
};

/** What stating a fact needs. */
export type Recording = {
  readonly clock: Pick<Clock, "now">;
  readonly readDirectory: (client: Pick<pg.PoolClient, "query">) => Promise<Directory>;
  /** In the transaction of what happened. */
  readonly tell: (client: pg.PoolClient, told: readonly ToldNews[]) => Promise<void>;
};

export type AssistanceKnown = Recording & {
  readonly pool: pg.Pool;
  readonly db: Db;
  readonly directory: () => Directory;
  readonly submit: Submit;
};

/** For what is asked over HTTP, besides. */
export type AssistanceServed = AssistanceKnown & {
  readonly incidentOf: (viewer: Viewer, idOrNumber: string) => Promise<string | undefined>;
  readonly titleOf: (incident: IncidentState, language: Language) => string;
  readonly change: <T>(request: FastifyRequest, write: (client: pg.PoolClient) => Promise<Written<T>>) => Promise<T>;
  readonly refuseUnknown: (client: pg.PoolClient, named: readonly Named[], held: readonly string[]) => Promise<void>;
};

/** One audited change of the rules. */
export type Written<T> = {
  readonly id: string;
  readonly kind: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly result: T;
};
export type Named = {
  readonly kind: "function" | "team" | "service" | "policy";
  readonly id: string;
  readonly pointer: string;
};
