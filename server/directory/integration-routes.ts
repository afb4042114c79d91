/** Integrations over HTTP, for administrators: the doors by which machines come in, and the keys that open them. */
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import * as account from "../../contract/account.ts";
import * as contract from "../../contract/integrations.ts";
import { type Integration, isOwn } from "../../core/desk/directory.ts";
import { checkMapping } from "../../core/intake/generic.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { viewerOf } from "../access/viewer.ts";
import { everything, type Serve } from "../platform/http.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import {
  insertIntegration,
  insertIntegrationKey,
  readIntegrationKeys,
  readLastEvents,
  revokeKey,
  updateIntegration,
} from "./integration-store.ts";
import { one, refuseUnknown } from "./references.ts";
import { changeBy, type DirectoryKnown } from "./routes.ts";
import { integrationView, refuseUnsignable, sealingWith } from "./signing.ts";
import { change } from "./store.ts";

export function integrationRoutes(serve: Serve, known: DirectoryKnown): void {
  serve(account.listIntegrations, async () => {
    const all = [...known.directory().integrations.values()].filter((one) => !isOwn(one));
    const last = await readLastEvents(
      known.pool,
      all.map(({ id }) => id),
    );
    return everything(
      all.map((integration) => {
        const event = last.get(integration.id);
        const lastEvent = event ? { at: toIso(event.at), outcome: event.outcome } : null;
        return { ...integrationView(integration), lastEvent };
      }),
    );
  });
  serve(account.addIntegration, async ({ request, body }) => {
    const { kind, name, service = null, mapping = null, signature = null } = body;
    refuseUnsignable(kind, signature);
    refuseMapping(mapping);
    const sign = signature === null ? null : sealingWith(known.seal, signature);
    const createdBy = viewerOf(request).person.id;
    const by = changeBy(known, request);
    const made = await change(by, async (client) => {
      await refuseUnknown(client, one("service", service, "/service"));
      const result = await insertIntegration(client, { kind, name, service, mapping, createdBy, sign }, by.at);
      return { id: result.id, kind: "integration", type: "integration.added", data: { kind, name }, result };
    });
    await known.changed();
    return { ...integrationView(await findIntegration(known, made.id)), key: made.key };
  });
  serve(account.changeIntegration, async ({ request, params, body }) => {
    await changeIntegration(known, request, params.id, body);
    return integrationView(await findIntegration(known, params.id));
  });
  keyRoutes(serve, known);
}

type Body = z.output<typeof account.changeIntegration.body>;

/** A change of nothing leaves no trace. Of a signature the audit says that there is one, and no more. */
async function changeIntegration(
  known: DirectoryKnown,
  request: FastifyRequest,
  id: string,
  { signature, ...plain }: Body,
): Promise<void> {
  const { kind, serviceId: held } = await findIntegration(known, id);
  if (signature === undefined && Object.keys(plain).length === 0) return;
  refuseUnsignable(kind, signature ?? null);
  refuseMapping(plain.mapping ?? null);
  const sealed = signature ? sealingWith(known.seal, signature)(id) : signature;
  await change(changeBy(known, request), async (client) => {
    await refuseUnknown(client, one("service", plain.service, "/service"), [held]);
    await updateIntegration(client, id, { ...plain, signature: sealed });
    const data = { ...plain, ...(sealed !== undefined && { signed: sealed !== null }) } as JsonObject;
    return { id, kind: "integration", type: "integration.changed", data, result: null };
  });
  await known.changed();
}

/** That somebody had a test sent, and so had people called, is kept. */
export const auditTrial =
  (known: DirectoryKnown) =>
  (request: FastifyRequest, id: string, ends: boolean): Promise<void> =>
    change(changeBy(known, request), async () => {
      return { id, kind: "integration", type: "integration.tried", data: { ends }, result: undefined };
    });

function refuseMapping(mapping: Readonly<Record<string, string>> | null): void {
  const checked = mapping === null ? { ok: true as const } : checkMapping(mapping);
  if (!checked.ok) throw refused("mapping-invalid", { field: checked.field, error: checked.error });
}

function keyRoutes(serve: Serve, known: DirectoryKnown): void {
  serve(contract.listIntegrationKeys, async ({ params }) => {
    await findIntegration(known, params.id);
    const keys = await readIntegrationKeys(known.pool, params.id);
    return everything(
      keys.map(({ id, ending, madeAt, usedAt }) => ({
        id,
        ending,
        madeAt: toIso(madeAt),
        usedAt: usedAt === null ? null : toIso(usedAt),
      })),
    );
  });
  serve(account.addIntegrationKey, async ({ request, params }) => {
    await findIntegration(known, params.id);
    const by = changeBy(known, request);
    const key = await change(by, async (client) => {
      const result = await insertIntegrationKey(client, params.id, by.at);
      return { id: params.id, kind: "integration", type: "integration.key-added", data: {}, result };
    });
    return { key };
  });
  serve(contract.revokeIntegrationKey, async ({ request, params }) => {
    await findIntegration(known, params.id);
    const by = changeBy(known, request);
    await change(by, async (client) => {
      const ending = await revokeKey(client, { integrationId: params.id, keyId: params.key, at: by.at });
      if (ending === undefined) throw new HttpProblem(404, "not-found");
      return { id: params.id, kind: "integration", type: "integration.key-revoked", data: { ending }, result: null };
    });
    return {};
  });
}

/** Made a moment ago elsewhere, it may not be known here yet. */
async function findIntegration(known: DirectoryKnown, id: string): Promise<Integration> {
  if (!known.directory().integrations.has(id)) await known.changed();
  const found = known.directory().integrations.get(id);
  if (!found || isOwn(found)) throw new HttpProblem(404, "not-found");
  return found;
}
