/** Accounts of providers over HTTP, for administrators: added, put in order, tried by a real request, taken away. */
import { createPrivateKey, randomBytes, randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/providers.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { phoneOf } from "../../core/notification/phone.ts";
import { everything, type Serve } from "../platform/http.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import { type Changed, changeOne } from "./changing.ts";
import type { Given } from "./channels/provider.ts";
import { openSlack } from "./channels/slack.ts";
import { openTelegram } from "./channels/telegram.ts";
import type { ContactKnown } from "./contact-routes.ts";
import { fieldProblem, judged } from "./new-point.ts";
import { carrierOf, openCarriers, type PhoneKnown } from "./phone-ways.ts";
import {
  type Accounts,
  findProvider,
  insertProvider,
  noteProvider,
  openAccount,
  type ProviderKind,
  type ProviderRow,
  readProviders,
  sealAccount,
  updateProvider,
} from "./provider-store.ts";

type Known = ContactKnown & PhoneKnown;
type Account = Accounts[ProviderKind];

export function providerRoutes(serve: Serve, known: Known): void {
  const carriers = openCarriers(known.outgoing);
  const telegram = openTelegram(known.outgoing);
  const slack = openSlack(known.outgoing);
  const check = (row: ProviderRow, kind: ProviderKind): Promise<Given> => {
    if (kind === "telegram")
      return telegram.check(openAccount(known.secrets, row), `${known.url}/channels/${row.id}/updates`);
    if (kind === "slack") return slack.check(openAccount(known.secrets, row));
    return carrierOf(carriers, kind).check(openAccount(known.secrets, row), known.clock.now());
  };
  const view = async (id: string) => viewOf(known, await found(known, id));
  serve(contract.listProviders, async () =>
    everything((await readProviders(known.pool)).map((row) => viewOf(known, row))),
  );
  serve(contract.addProvider, async ({ request, body }) => {
    const id = randomUUID();
    const sealed = sealAccount(known.secrets, id, accountOf(known, body));
    await changeProvider(known, request, { id, what: "added", data: { kind: body.kind } }, async (client) => {
      await client.query("select 1 from settings for update");
      if ((await readProviders(client)).length >= contract.providersMax) throw refused("providers-full");
      await insertProvider(client, { id, kind: body.kind, name: body.name ?? null, sealed, now: known.clock.now() });
    });
    return view(id);
  });
  serve(contract.changeProvider, async ({ request, params, body }) => {
    await changeProvider(
      known,
      request,
      { id: params.id, what: "changed", data: { ...body } as JsonObject },
      async (client) => {
        if (!(await updateProvider(client, params.id, body))) throw new HttpProblem(404, "not-found");
      },
    );
    return view(params.id);
  });
  serve(contract.removeProvider, async ({ request, params }) => {
    await changeProvider(known, request, { id: params.id, what: "removed", data: {} }, async (client) => {
      const { rowCount } = await client.query("delete from channel_providers where id = $1", [params.id]);
      if (rowCount === 0) throw new HttpProblem(404, "not-found");
    });
    return {};
  });
  serve(contract.tryProvider, async ({ params }) => {
    const row = await found(known, params.id);
    const { kind } = row;
    const given = await check(row, kind);
    await noteProvider(known.pool, row.id, given.kind === "taken" ? null : given.error, known.clock.now());
    return view(params.id);
  });
}

async function found(known: Known, id: string): Promise<ProviderRow> {
  const row = await findProvider(known.pool, id);
  if (!row) throw new HttpProblem(404, "not-found");
  return row;
}

type Body = (typeof contract.addProvider)["body"]["_output"];

function accountOf(known: Known, body: Body): Account {
  const server = judged(known, body.server, "/server").origin;
  if (body.kind === "telegram")
    return { server, botToken: body.botToken, secret: randomBytes(32).toString("base64url") };
  if (body.kind === "slack") return { server, botToken: body.botToken, signingSecret: body.signingSecret };
  const from = phoneOf(body.from);
  if (from === null) throw fieldProblem("/from", "not-a-phone");
  if (body.kind === "twilio") return { server, from, accountSid: body.accountSid, authToken: body.authToken };
  const { applicationId, privateKey, signatureSecret } = body;
  if (!isPrivateKey(privateKey)) throw fieldProblem("/privateKey", "not-a-key");
  return { server, from, applicationId, privateKey, signatureSecret };
}

/** An RSA key without a passphrase: the only one that signs what they ask for. */
function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

const changeProvider = (
  known: Known,
  request: FastifyRequest,
  changed: Changed,
  write: (client: pg.PoolClient) => Promise<void>,
): Promise<void> => changeOne(known, request, { ...changed, kind: "provider" }, write);

function viewOf(known: Known, row: ProviderRow) {
  const account = openAccount<Account>(known.secrets, row);
  const paused = row.pausedUntil !== null && row.pausedUntil > known.clock.now();
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    server: account.server,
    account: accountName(account),
    from: "from" in account ? account.from : null,
    state: row.enabled ? (paused ? "paused" : "usable") : "off",
    triedAt: row.triedAt === null ? null : toIso(row.triedAt),
    lastError: row.lastError,
    returnUrl:
      row.kind === "telegram" ? null : `${known.url}/channels/${row.id}/${row.kind === "slack" ? "buttons" : "texts"}`,
  };
}

/** Which one it is, and nothing that opens it: a bot's number stands before its token. */
function accountName(account: Account): string {
  if ("accountSid" in account) return account.accountSid;
  if ("applicationId" in account) return account.applicationId;
  if ("secret" in account) return account.botToken.split(":")[0] ?? "";
  return `…${account.botToken.slice(-4)}`;
}
