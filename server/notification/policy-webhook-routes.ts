/** The addresses that steps of policies post to, over HTTP: kept by administrators, tried by a real request. */
import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/policy-webhooks.ts";
import { dayMs, toIso } from "../../core/kernel/time.ts";
import { everything, type Serve } from "../platform/http.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import { type Changed, changeOne } from "./changing.ts";
import { makeSigningSecret, openWebhookChannel } from "./channels/webhook.ts";
import type { ContactKnown } from "./contact-routes.ts";
import { deliveryView } from "./delivery-view.ts";
import { judged } from "./new-point.ts";
import {
  findPolicyWebhook,
  insertPolicyWebhook,
  isNamedByPolicy,
  lockPolicyWebhook,
  notePost,
  openWebhook,
  type PolicyWebhookRow,
  postsOf,
  readPolicyWebhooks,
  sealWebhook,
  updatePolicyWebhook,
} from "./policy-webhook-store.ts";
import { testEvent } from "./posting.ts";
import { readEvidence } from "./provider-store.ts";

export function policyWebhookRoutes(serve: Serve, known: ContactKnown): void {
  const { pool } = known;
  serve(contract.listPolicyWebhooks, async () => everything((await readPolicyWebhooks(pool)).map(viewOf)));
  serve(contract.addPolicyWebhook, async ({ request, body }) => {
    const id = randomUUID();
    const secret = makeSigningSecret();
    const url = judged(known, body.url, "/url");
    const sealed = sealWebhook(known.secrets, id, { url: url.href, secrets: [{ secret, until: null }] });
    await changeWebhook(
      known,
      request,
      { id, what: "added", data: { name: body.name, host: url.host } },
      async (client) => {
        await client.query("select 1 from settings for update");
        const others = await readPolicyWebhooks(client);
        if (others.length >= contract.policyWebhooksMax) throw refused("policy-webhooks-full");
        refuseTaken(others, { id, name: body.name });
        await insertPolicyWebhook(client, { id, name: body.name, host: url.host, sealed, now: known.clock.now() });
      },
    );
    return { ...viewOf(await found(known, id)), secret };
  });
  serve(contract.changePolicyWebhook, async ({ request, params: { id }, body }) => {
    const url = body.url === undefined ? null : judged(known, body.url, "/url");
    const data = { ...(body.name !== undefined && { name: body.name }), ...(url && { host: url.host }) };
    await changeWebhook(known, request, { id, what: "changed", data }, async (client) => {
      await client.query("select 1 from settings for update");
      const row = await locked(client, id);
      const name = body.name ?? row.name;
      refuseTaken(await readPolicyWebhooks(client), { id, name });
      const sealed = url
        ? sealWebhook(known.secrets, id, { ...openWebhook(known.secrets, row), url: url.href })
        : row.sealed;
      await updatePolicyWebhook(client, { id, name, host: url?.host ?? row.host, sealed });
    });
    return viewOf(await found(known, id));
  });
  serve(contract.removePolicyWebhook, async ({ request, params: { id } }) => {
    await changeWebhook(known, request, { id, what: "removed", data: {} }, async (client) => {
      await client.query("select 1 from settings for update");
      await locked(client, id);
      if (await isNamedByPolicy(client, id)) throw refused("policy-webhook-in-use");
      await client.query("delete from policy_webhooks where id = $1", [id]);
    });
    return {};
  });
  usingRoutes(serve, known);
}

function usingRoutes(serve: Serve, known: ContactKnown): void {
  const { pool, secrets, clock } = known;
  const channel = openWebhookChannel(known.outgoing);
  serve(contract.renewPolicyWebhookSecret, async ({ request, params: { id } }) => {
    const secret = makeSigningSecret();
    const until = clock.now() + dayMs;
    await changeWebhook(known, request, { id, what: "secret-renewed", data: {} }, async (client) => {
      const row = await locked(client, id);
      const target = openWebhook(secrets, row);
      const last = target.secrets.find((one) => one.until === null);
      const both = [{ secret, until: null }, ...(last ? [{ secret: last.secret, until }] : [])];
      await updatePolicyWebhook(client, { ...row, sealed: sealWebhook(secrets, id, { ...target, secrets: both }) });
    });
    return { secret, previousUntil: toIso(until) };
  });
  serve(contract.testPolicyWebhook, async ({ params: { id } }) => {
    const row = await found(known, id);
    const now = clock.now();
    const sent = await channel.send(openWebhook(secrets, row), testEvent(known.directory(), row.name, now), now);
    await notePost(pool, id, sent.kind === "accepted" ? null : sent.error, now);
    return viewOf(await found(known, id));
  });
  serve(contract.listPolicyWebhookDeliveries, async ({ params: { id } }) => {
    await found(known, id);
    const rows = await postsOf(pool, id);
    const evidence = await readEvidence(
      pool,
      rows.map((row) => row.id),
    );
    return everything(rows.map((row) => deliveryView(row, evidence.get(row.id) ?? [])));
  });
}

const viewOf = ({ id, name, host, askedAt, lastError }: PolicyWebhookRow) => ({
  id,
  name,
  host,
  askedAt: askedAt === null ? null : toIso(askedAt),
  lastError,
});

async function found({ pool }: ContactKnown, id: string): Promise<PolicyWebhookRow> {
  const row = await findPolicyWebhook(pool, id);
  if (!row) throw new HttpProblem(404, "not-found");
  return row;
}

async function locked(client: pg.PoolClient, id: string): Promise<PolicyWebhookRow> {
  const row = await lockPolicyWebhook(client, id);
  if (!row) throw new HttpProblem(404, "not-found");
  return row;
}

function refuseTaken(others: readonly PolicyWebhookRow[], { id, name }: { id: string; name: string }): void {
  if (others.some((one) => one.name === name && one.id !== id)) throw refused("name-taken", { name });
}

const changeWebhook = (
  known: ContactKnown,
  request: FastifyRequest,
  changed: Changed,
  write: (client: pg.PoolClient) => Promise<void>,
): Promise<void> => changeOne(known, request, { ...changed, kind: "policy-webhook" }, write);
