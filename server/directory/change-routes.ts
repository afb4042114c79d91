/** What the directory holds, one by one: read, and changed by administrators. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/organisation.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import type { Serve } from "../platform/http.ts";
import { HttpProblem } from "../platform/problems.ts";
import { updateFunction, updatePolicy, updateTeam } from "./change-store.ts";
import { each, eachNamed, type Reference, refuseUnknown } from "./references.ts";
import { changeBy, type DirectoryKnown, personView, policyView, serviceView, teamView } from "./routes.ts";
import { change } from "./store.ts";

export function directoryChangeRoutes(serve: Serve, known: DirectoryKnown): void {
  readingRoutes(serve, known);
  changingRoutes(serve, known);
}

/** Made a moment ago on another node, it may not be known here yet. */
async function find<T>(
  known: DirectoryKnown,
  of: (directory: Directory) => ReadonlyMap<string, T>,
  id: string,
): Promise<T> {
  if (!of(known.directory()).has(id)) await known.changed();
  const found = of(known.directory()).get(id);
  if (found === undefined) throw new HttpProblem(404, "not-found");
  return found;
}

const people = (directory: Directory) => directory.people;
const teams = (directory: Directory) => directory.teams;
const functions = (directory: Directory) => directory.functions;
const services = (directory: Directory) => directory.services;
const policies = (directory: Directory) => directory.policies;

function readingRoutes(serve: Serve, known: DirectoryKnown): void {
  serve(contract.readPerson, async ({ params }) => personView(await find(known, people, params.id)));
  serve(contract.readTeam, async ({ params }) => teamView(await find(known, teams, params.id)));
  serve(contract.readFunction, ({ params }) => find(known, functions, params.id));
  serve(contract.readService, async ({ params }) => serviceView(await find(known, services, params.id)));
  serve(contract.readPolicy, async ({ params }) =>
    policyView(await find(known, policies, params.id), known.directory()),
  );
}

type Changing = {
  readonly kind: string;
  readonly id: string;
  readonly body: object;
  readonly names: readonly Reference[];
  /** Services that it names already. */
  readonly held?: readonly string[];
  readonly update: (client: pg.PoolClient) => Promise<void>;
};

/** One audited change, after which the directory is read anew. A change of nothing leaves no trace. */
export async function changeOne(known: DirectoryKnown, request: FastifyRequest, changing: Changing): Promise<void> {
  const { kind, id, body, names, held, update } = changing;
  if (Object.keys(body).length === 0) return;
  await change(changeBy(known, request), async (client) => {
    await refuseUnknown(client, names, held);
    await update(client);
    return { id, kind, type: `${kind}.changed`, data: body as JsonObject, result: null };
  });
  await known.changed();
}

function changingRoutes(serve: Serve, known: DirectoryKnown): void {
  serve(contract.changeTeam, async ({ request, params: { id }, body }) => {
    const names = each("person", body.members ?? [], "/members");
    const update: Changing["update"] = (client) => updateTeam(client, id, body);
    await changeOne(known, request, { kind: "team", id, body, names, update });
    return teamView(await find(known, teams, id));
  });
  serve(contract.changeFunction, async ({ request, params: { id }, body }) => {
    const names = each("person", body.members ?? [], "/members");
    const update: Changing["update"] = (client) => updateFunction(client, id, body);
    await changeOne(known, request, { kind: "function", id, body, names, update });
    return find(known, functions, id);
  });
  serve(contract.changePolicy, async ({ request, params: { id }, body }) => {
    const update: Changing["update"] = (client) => updatePolicy(client, id, body);
    const held = (known.directory().policies.get(id)?.steps ?? []).flatMap(({ when }) => when?.services ?? []);
    await changeOne(known, request, { kind: "policy", id, body, names: eachNamed(body.steps ?? []), held, update });
    return policyView(await find(known, policies, id), known.directory());
  });
}
