/** Requests for assistance, with what they need of the other capabilities. */

import { titleIn } from "./answering-back.ts";
import type { AssistanceKnown, AssistanceServed } from "./assistance/known.ts";
import { assistanceRoutes } from "./assistance/routes.ts";
import { assistanceRuleRoutes } from "./assistance/rule-routes.ts";
import { refuseUnknown } from "./directory/references.ts";
import { changeBy, type DirectoryKnown } from "./directory/routes.ts";
import { change } from "./directory/store.ts";
import { createAssistanceNews } from "./notification/assistance-news.ts";
import type { Serve } from "./platform/http.ts";
import type { Parts } from "./serve-all.ts";

export const assistanceKnown = ({ pools, clock, directory, committer }: Parts): AssistanceKnown => ({
  pool: pools.reading,
  db: pools.db,
  clock,
  directory: directory.latest,
  readDirectory: directory.inside,
  submit: committer.submit,
  tell: createAssistanceNews({ clock, directory: directory.latest }),
});

type Asked = Pick<AssistanceServed, "incidentOf"> & { readonly organisation: DirectoryKnown };

export function serveAssistance(serve: Serve, parts: Parts, { incidentOf, organisation }: Asked): void {
  const known: AssistanceServed = {
    ...assistanceKnown(parts),
    incidentOf,
    titleOf: titleIn,
    change: (request, write) => change(changeBy(organisation, request), write),
    refuseUnknown,
  };
  assistanceRoutes(serve, known);
  assistanceRuleRoutes(serve, known);
}
