/** The directory over HTTP: lists for all who are signed in, changes for administrators. */

import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/directory.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { refuseDependencies } from "../../core/directory/dependencies.ts";
import { grantLevel } from "../../core/directory/responsibility.ts";
import type { Person, Service, Team } from "../../core/directory/types.ts";
import type { Policy } from "../../core/escalation/policy.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { hashPassword } from "../access/password.ts";
import { refuseGuessable } from "../access/password-strength.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import { everything, type Serve } from "../platform/http.ts";
import { refusalProblem, refused } from "../platform/problems.ts";
import { giveBackAll, giveBackCoordination, type LeavingKnown } from "./leaving.ts";
import { each, eachNamed, eachNeeded, one, type Reference, refuseUnknown } from "./references.ts";
import {
  type Change,
  change,
  insertFunction,
  insertPerson,
  insertPolicy,
  insertService,
  insertTeam,
  updatePerson,
  updateSettings,
} from "./store.ts";
import { insertVitalFunction, readVitalFunctions } from "./vital-store.ts";

export type DirectoryKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly directory: () => Directory;
  readonly changed: () => Promise<void>;
  readonly seal: (place: string, text: string) => string;
};

export const personView = ({ id, name, email, language, locale, zone, level, admin, active }: Person) => ({
  id,
  name,
  email,
  language: locale ?? language,
  zone,
  level,
  admin,
  active,
});
export const teamView = ({ id, name, members, charter }: Team) => ({
  ...{ id, name, members: [...members] },
  mandated: charter != null,
});
export const serviceView = (one: Service) => ({
  id: one.id,
  nameFr: one.nameFr,
  nameEn: one.nameEn,
  owner: one.ownerId,
  team: one.teamId,
  policy: one.policyId,
  vital: one.vital.map((vital) => vital.id),
  dependsOn: [...(one.dependsOn ?? [])],
  calendar: one.calendarId ?? null,
  retired: one.retired ?? false,
  aliases: one.aliases,
});

export const policyView = (one: Policy, { defaultPolicyId, zone }: Directory) => ({
  ...one,
  zone: one.zone ?? zone,
  actWithinMinutes: one.actWithinMinutes ?? null,
  default: one.id === defaultPolicyId,
});

export function directoryRoutes(serve: Serve, known: DirectoryKnown & LeavingKnown): void {
  listRoutes(serve, known);
  peopleRoutes(serve, known);
  organisationRoutes(serve, known);
  settingsRoutes(serve, known);
}

export function changeBy(known: DirectoryKnown, request: FastifyRequest): Change & { readonly at: number } {
  const at = known.clock.now();
  return {
    pool: known.pool,
    at,
    envelope: { at, actor: viewerOf(request).actor, cause: { kind: "request", id: request.id } },
  };
}

function listRoutes(serve: Serve, known: DirectoryKnown): void {
  const { directory, pool } = known;
  serve(contract.listPeople, async () => everything([...directory().people.values()].map(personView)));
  serve(contract.listTeams, async () => everything([...directory().teams.values()].map(teamView)));
  serve(contract.listFunctions, async () => everything([...directory().functions.values()]));
  serve(contract.listServices, async () => everything([...directory().services.values()].map(serviceView)));
  serve(contract.listPolicies, async () =>
    everything([...directory().policies.values()].map((one) => policyView(one, directory()))),
  );
  serve(contract.listVitalFunctions, async () => everything(await readVitalFunctions(pool)));
}

function peopleRoutes(serve: Serve, known: DirectoryKnown & LeavingKnown): void {
  serve(contract.addPerson, async ({ request, body }) => {
    const level = grantLevel(body.level ?? null);
    if (isRefusal(level)) throw refusalProblem(level);
    const by = changeBy(known, request);
    const { password, ...fields } = body;
    const passwordHash = await newPassword(password, [fields.name, fields.email]);
    const { language, locale = language, zone } = known.directory();
    const id = await change(by, async (client) => {
      const made = await insertPerson(client, { language: locale, zone, ...fields, level, passwordHash }, by.at);
      return {
        id: made,
        kind: "person",
        type: "person.added",
        data: { name: fields.name, level, admin: fields.admin ?? false },
        result: made,
      };
    });
    return readPerson(known, id);
  });
  serve(contract.changePerson, async ({ request, params, body }) => {
    const level = body.level === undefined ? undefined : grantLevel(body.level);
    if (isRefusal(level)) throw refusalProblem(level);
    const { password, ...fields } = body;
    const person = known.directory().people.get(params.id);
    const passwordHash = await newPassword(password, [person?.name, person?.email, fields.name, fields.email]);
    await change(changeBy(known, request), async (client) => {
      await updatePerson(client, params.id, { ...fields, level, passwordHash });
      const { admin, active } = body;
      const rights = { level, admin, active };
      const granted = Object.fromEntries(Object.entries(rights).filter(([, value]) => value !== undefined));
      const data = { fields: Object.keys(body), ...granted } as JsonObject;
      return { id: params.id, kind: "person", type: "person.changed", data, result: null };
    });
    if (body.active === false && person?.active) {
      /* Or they would be called for what they give back. */
      await known.changed();
      await giveBackAll(known, person, request);
    } else if (level !== undefined && person && (level ?? 0) < (person.level ?? 0)) {
      await known.changed();
      await giveBackCoordination(known, { before: person, level }, request);
    }
    return readPerson(known, params.id);
  });
}

async function newPassword(
  password: string | undefined,
  about: readonly (string | undefined)[],
): Promise<string | undefined> {
  if (password === undefined) return undefined;
  await refuseGuessable(
    password,
    about.filter((text) => text !== undefined),
  );
  return hashPassword(password);
}

async function readPerson(known: DirectoryKnown, id: string) {
  await known.changed();
  const person = known.directory().people.get(id);
  if (!person) throw refused("person-unknown", { person: id });
  return personView(person);
}

type Adding = {
  readonly kind: string;
  readonly data: JsonObject;
  readonly names?: readonly Reference[];
  readonly insert: (client: pg.PoolClient, at: number) => Promise<string>;
};

/** One audited addition, after which the directory is read anew; gives the id made. */
async function add(known: DirectoryKnown, request: FastifyRequest, adding: Adding): Promise<string> {
  const { kind, data, names = [], insert } = adding;
  const by = changeBy(known, request);
  const id = await change(by, async (client) => {
    await refuseUnknown(client, names);
    const made = await insert(client, by.at);
    return { id: made, kind, type: `${kind}.added`, data, result: made };
  });
  await known.changed();
  return id;
}

function organisationRoutes(serve: Serve, known: DirectoryKnown): void {
  serve(contract.addTeam, async ({ request, body }) => {
    const names = each("person", body.members, "/members");
    const insert: Adding["insert"] = (client, at) => insertTeam(client, body.name, body.members, at);
    return { id: await add(known, request, { kind: "team", data: { ...body }, names, insert }), ...body };
  });
  serve(contract.addFunction, async ({ request, body }) => {
    const names = each("person", body.members, "/members");
    const insert: Adding["insert"] = (client, at) => insertFunction(client, body, body.members, at);
    return { id: await add(known, request, { kind: "function", data: { ...body }, names, insert }), ...body };
  });
  serve(contract.addVitalFunction, async ({ request, body }) => {
    const names = one("person", body.owner, "/owner");
    const insert: Adding["insert"] = (client, at) => insertVitalFunction(client, body, at);
    const id = await add(known, request, { kind: "vital-function", data: { ...body }, names, insert });
    return { id, ...body, retired: false };
  });
  serve(contract.addService, async ({ request, body }) => {
    const names = [
      ...one("person", body.owner, "/owner"),
      ...one("team", body.team, "/team"),
      ...one("policy", body.policy, "/policy"),
      ...each("vital-function", body.vital, "/vital"),
      ...one("calendar", body.calendar, "/calendar"),
      ...eachNeeded(body.dependsOn),
    ];
    const refusal = refuseDependencies(null, body.dependsOn);
    if (refusal) throw refusalProblem(refusal);
    const insert: Adding["insert"] = (client, at) => insertService(client, body, at);
    return {
      id: await add(known, request, { kind: "service", data: { ...body }, names, insert }),
      ...body,
      retired: false,
    };
  });
  serve(contract.addPolicy, async ({ request, body }) => {
    const names = eachNamed(body.steps);
    const data = { name: body.name, default: body.default };
    const insert: Adding["insert"] = (client, at) => insertPolicy(client, body, at);
    const zone = body.zone ?? known.directory().zone;
    const { actWithinMinutes = null } = body;
    return { id: await add(known, request, { kind: "policy", data, names, insert }), ...body, zone, actWithinMinutes };
  });
}

const settingsView = ({ language, locale, zone, defaultPolicyId, publicReports, privateAddresses }: Directory) => ({
  language: locale ?? language,
  zone,
  defaultPolicy: defaultPolicyId,
  publicReports,
  privateAddresses,
});

function settingsRoutes(serve: Serve, known: DirectoryKnown): void {
  serve(contract.readSettings, async () => settingsView(known.directory()));
  serve(contract.changeSettings, async ({ request, body }) => {
    if (Object.keys(body).length > 0) {
      await change(changeBy(known, request), async (client) => {
        await refuseUnknown(client, one("policy", body.defaultPolicy, "/defaultPolicy"));
        await updateSettings(client, body);
        return { id: "desk", kind: "settings", type: "settings.changed", data: body as JsonObject, result: null };
      });
      await known.changed();
    }
    return settingsView(known.directory());
  });
}
