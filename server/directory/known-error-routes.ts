/** Known errors over HTTP: read by all, kept by level 5 and administrators. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import * as contract from "../../contract/known-errors.ts";
import type { KnownError } from "../../core/directory/known-errors.ts";
import { everything, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { refuseUnlessKeeper } from "./catalogue-routes.ts";
import { insertKnownError, lockKnownError, refuseFull, updateKnownError } from "./known-error-store.ts";
import { each, refuseUnknown } from "./references.ts";
import { changeBy, type DirectoryKnown } from "./routes.ts";
import { change } from "./store.ts";

const viewOf = (one: KnownError): contract.KnownErrorView => ({ ...one, services: [...one.services] });

export function knownErrorRoutes(serve: Serve, known: DirectoryKnown): void {
  serve(contract.listKnownErrors, async () => everything([...known.directory().knownErrors.values()].map(viewOf)));
  serve(contract.addKnownError, async ({ request, body }) => {
    refuseUnlessKeeper(request);
    const error: KnownError = { ...body, id: randomUUID(), retired: false };
    const by = changeBy(known, request);
    await change(by, async (client) => {
      await refuseFaulty(client, error);
      await refuseFull(client);
      await insertKnownError(client, error, by.at);
      return written(error, "known-error.added");
    });
    await known.changed();
    return viewOf(error);
  });
  serve(contract.changeKnownError, async ({ request, params, body }) => {
    refuseUnlessKeeper(request);
    const changed = await change(changeBy(known, request), async (client) => {
      const before = await lockKnownError(client, params.id);
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const after: KnownError = { ...before, ...given };
      await refuseFaulty(client, after, before.services);
      if (before.retired && !after.retired) await refuseFull(client);
      await updateKnownError(client, after);
      return written(after, "known-error.changed");
    });
    await known.changed();
    return viewOf(changed);
  });
}

const written = (error: KnownError, type: string) => ({
  ...{ id: error.id, kind: "known-error", type, result: error },
  data: { ...error, services: [...error.services] },
});

async function refuseFaulty(client: pg.PoolClient, error: KnownError, held: readonly string[] = []): Promise<void> {
  await refuseUnknown(client, each("service", error.services, "/services"), held);
  if (error.workaroundFr === null && error.workaroundEn === null) throw refused("workaround-required");
}
