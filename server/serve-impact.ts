/** What an incident hurts, with what telling it needs of the other capabilities. */
import type { Viewer } from "./access/viewer.ts";
import { titleIn } from "./answering-back.ts";
import { impactRoutes } from "./impact/routes.ts";
import type { Serve } from "./platform/http.ts";
import type { Parts } from "./serve-all.ts";

type IncidentOf = (viewer: Viewer, idOrNumber: string) => Promise<string | undefined>;

export function serveImpact(serve: Serve, parts: Parts, incidentOf: IncidentOf): void {
  const { pools, clock, log, committer, directory } = parts;
  impactRoutes(serve, {
    db: pools.db,
    pool: pools.reading,
    clock,
    log,
    submit: committer.submit,
    directory: directory.latest,
    incidentOf,
    titleOf: titleIn,
  });
}
