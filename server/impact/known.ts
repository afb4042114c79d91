/** What telling what an incident hurts needs of the rest of the desk. */

import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";

export type ImpactKnown = {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly submit: Submit;
  readonly directory: () => Directory;
  readonly incidentOf: (viewer: Viewer, idOrNumber: string) => Promise<string | undefined>;
  readonly titleOf: (incident: IncidentState, language: Language) => string;
};
