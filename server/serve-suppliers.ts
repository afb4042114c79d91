/** Suppliers on incidents, with what they need of the other capabilities. */
import { languageOfLocale } from "../core/kernel/vocabulary.ts";
import { readIncident } from "./contributors/store.ts";
import type { DirectoryKnown } from "./directory/routes.ts";
import { titleOf } from "./incidents/views.ts";
import { localeOf } from "./platform/http.ts";
import type { Parts } from "./serve-all.ts";
import type { EngagingKnown } from "./suppliers/routes.ts";

type Asked = Pick<EngagingKnown, "incidentOf"> & { readonly organisation: DirectoryKnown };

export function engagingKnown(
  { pools, clock, log, directory, committer }: Parts,
  { incidentOf, organisation }: Asked,
): EngagingKnown {
  return {
    pool: pools.reading,
    db: pools.db,
    clock,
    log,
    submit: committer.submit,
    directory: directory.latest,
    changed: organisation.changed,
    incidentOf,
    readIncident,
    titleOf: ({ title }, request) => titleOf(title, languageOfLocale(localeOf(request))),
  };
}
