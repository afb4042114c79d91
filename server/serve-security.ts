/** The response to security incidents, with what it needs of the other capabilities. */
import type { Viewer } from "./access/viewer.ts";
import { titleIn } from "./answering-back.ts";
import { hashContent } from "./attachments/store.ts";
import type { Serve } from "./platform/http.ts";
import { securityRoutes } from "./security/routes.ts";
import type { Parts } from "./serve-all.ts";

type IncidentOf = (viewer: Viewer, idOrNumber: string) => Promise<string | undefined>;

export function serveSecurity(serve: Serve, parts: Parts, incidentOf: IncidentOf): void {
  const { pools, clock, log, committer, directory } = parts;
  securityRoutes(serve, {
    db: pools.db,
    pool: pools.reading,
    clock,
    log,
    submit: committer.submit,
    directory: directory.latest,
    incidentOf,
    titleOf: titleIn,
    hashOf: (attachmentId) => hashContent(pools.reading, attachmentId),
  });
}
