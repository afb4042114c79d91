/** The city's people and things, written by the directory's own store, each with its audit entry at the time of the story. */
import type pg from "pg";
import type { Dependency } from "../../core/directory/dependencies.ts";
import type { KnownError } from "../../core/directory/known-errors.ts";
import type { Supplier } from "../../core/directory/suppliers.ts";
import type { Charter } from "../../core/directory/team-charter.ts";
import type { Criticality } from "../../core/kernel/impact-words.ts";
import { stampOf, systemActor } from "../../core/kernel/stamp.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { spelledLayer } from "../../core/oncall/definition.ts";
import { type Cast, namesOf } from "../../demo/cast.ts";
import { exercisesOf } from "../../demo/mandates.ts";
import * as city from "../../demo/organisation.ts";
import type { Story } from "../../demo/story.ts";
import { appendAudit } from "../platform/event-log.ts";

type Names = { readonly nameFr: string; readonly nameEn: string };

/** Of server/directory/store.ts and server/oncall/schedule-store.ts: everything that is added here, with the identity that the story knows it by. */
export type DirectoryStore = {
  readonly insertPerson: (client: pg.PoolClient, fields: PersonFields, at: number, id: string) => Promise<unknown>;
  readonly insertTeam: (
    client: pg.PoolClient,
    name: string,
    members: readonly string[],
    at: number,
    id: string,
  ) => Promise<unknown>;
  /** Of server/directory/team-store.ts, as what follows. */
  readonly updateCharter: (client: pg.PoolClient, id: string, charter: Charter | null) => Promise<void>;
  readonly insertExercise: (
    client: pg.PoolClient,
    team: string,
    noted: { readonly on: string; readonly what: string; readonly by: string; readonly at: number },
  ) => Promise<void>;
  readonly insertFunction: (
    client: pg.PoolClient,
    names: Names,
    members: readonly string[],
    at: number,
    id: string,
  ) => Promise<unknown>;
  readonly insertVitalFunction: (
    client: pg.PoolClient,
    fields: VitalFields,
    at: number,
    id: string,
  ) => Promise<unknown>;
  readonly linkServices: (client: pg.PoolClient, service: string, dependsOn: readonly Dependency[]) => Promise<void>;
  readonly insertService: (client: pg.PoolClient, fields: ServiceFields, at: number, id: string) => Promise<unknown>;
  readonly insertSchedule: (client: pg.PoolClient, fields: ScheduleFields, at: number, id: string) => Promise<unknown>;
  readonly insertPolicy: (client: pg.PoolClient, fields: PolicyFields, at: number, id: string) => Promise<unknown>;
  readonly insertIntegration: (
    client: pg.PoolClient,
    fields: IntegrationFields,
    at: number,
    id: string,
  ) => Promise<unknown>;
  /** Of server/directory/known-error-store.ts. */
  readonly insertKnownError: (client: pg.PoolClient, error: KnownError, at: number) => Promise<void>;
  /** Of server/directory/supplier-store.ts. */
  readonly insertSupplier: (client: pg.PoolClient, supplier: Supplier, at: number) => Promise<void>;
  readonly updateSettings: (
    client: pg.PoolClient,
    fields: { readonly language: string; readonly zone: string },
  ) => Promise<void>;
};

type PersonFields = {
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly zone: string;
  readonly level: number | null;
  readonly passwordHash?: string | undefined;
  /** Identity of the contact point that the account's address becomes. */
  readonly accountMail: string;
};
type VitalFields = Names & {
  readonly owner: string | null;
  readonly criticality: Criticality;
  readonly tolerableMinutes: number | null;
};
type ServiceFields = Names & {
  readonly owner: string | null;
  readonly team: string | null;
  readonly policy: string | null;
  readonly vital: readonly string[];
  readonly dependsOn: readonly Dependency[];
  readonly aliases: { readonly fr: readonly string[]; readonly en: readonly string[] };
};
type ScheduleFields = {
  readonly name: string;
  readonly layers: readonly ReturnType<typeof spelledLayer>[];
  readonly declaredGaps: readonly [];
};
type PolicyFields = {
  readonly name: string;
  readonly steps: readonly object[];
  readonly repeat: number;
  readonly default: boolean;
};
type IntegrationFields = {
  readonly kind: string;
  readonly name: string;
  readonly service: string | null;
  readonly mapping: null;
  readonly sign: null;
  readonly createdBy: string;
};

export type Founding = {
  readonly client: pg.PoolClient;
  readonly store: DirectoryStore;
  readonly story: Pick<Story, "cast" | "directory" | "from">;
  readonly createdBy: string;
  /** The end of the story. */
  readonly at: number;
  /** By name of persona. */
  readonly passwords: ReadonlyMap<city.PersonName, string>;
};

/** In the order in which they refer to one another. */
export async function foundCity(founding: Founding): Promise<void> {
  await foundPeople(founding);
  await foundGroups(founding);
  await foundMandates(founding);
  await foundServices(founding);
}

async function foundPeople({ client, store, story, passwords }: Founding): Promise<void> {
  const { cast, directory, from } = story;
  await store.updateSettings(client, { language: directory.language, zone: directory.zone });
  for (const name of namesOf(city.people)) {
    const { id, name: words, email, language, zone, level, contactPoints } = known(directory.people, cast.people[name]);
    const [mail, ...others] = contactPoints;
    if (mail?.kind !== "email" || others.length > 0) throw new Error(`the story calls ${words} by more than a mail`);
    const passwordHash = passwords.get(name);
    const fields = { name: words, email, language, zone, level, passwordHash, accountMail: mail.id };
    await store.insertPerson(client, fields, from, id);
    await audit(client, from, { kind: "person", id, data: { name: words, level, admin: false } });
  }
}

async function foundGroups({ client, store, story }: Founding): Promise<void> {
  const { directory, from } = story;
  for (const { id, name, members } of directory.teams.values()) {
    await store.insertTeam(client, name, members, from, id);
    await audit(client, from, { kind: "team", id, data: { name, members } });
  }
  for (const { id, members, nameFr, nameEn } of directory.functions.values()) {
    await store.insertFunction(client, { nameFr, nameEn }, members, from, id);
    await audit(client, from, { kind: "function", id, data: { nameFr, nameEn, members } });
  }
  for (const { id, name, layers } of directory.schedules.values()) {
    const fields = { name, layers: layers.map(spelledLayer), declaredGaps: [] } as const;
    await store.insertSchedule(client, fields, from, id);
    await audit(client, from, { kind: "schedule", id, data: fields as unknown as JsonObject });
  }
  for (const { id, name, steps, repeat } of directory.policies.values()) {
    const fields = { name, steps, repeat, default: id === directory.defaultPolicyId };
    await store.insertPolicy(client, fields, from, id);
    await audit(client, from, { kind: "policy", id, data: fields as unknown as JsonObject });
  }
}

/** Once the schedules that they name are there. */
async function foundMandates({ client, store, story: { cast, directory, from }, at }: Founding): Promise<void> {
  for (const { id, charter } of directory.teams.values()) {
    if (!charter) continue;
    await store.updateCharter(client, id, charter);
    const data = { charter } as unknown as JsonObject;
    await audit(client, from, { kind: "team", id, data, became: "changed" });
  }
  for (const { team, ...noted } of exercisesOf(cast, at)) {
    await store.insertExercise(client, team, noted);
    const { on, what } = noted;
    await audit(client, noted.at, { kind: "team", id: team, data: { on, what }, became: "exercised" });
  }
}

async function foundServices({ client, store, story, createdBy }: Founding): Promise<void> {
  const { cast, directory, from } = story;
  for (const name of namesOf(city.vitalFunctions)) {
    const { owner, ...borne } = city.vitalFunctions[name];
    const fields = { ...borne, owner: cast.people[owner] };
    await store.insertVitalFunction(client, fields, from, vitalId(cast, name));
    await audit(client, from, { kind: "vital-function", id: vitalId(cast, name), data: fields });
  }
  for (const service of directory.services.values()) {
    const { id, nameFr, nameEn, ownerId, teamId, policyId, vital, aliases } = service;
    const fields = {
      nameFr,
      nameEn,
      owner: ownerId,
      team: teamId,
      policy: policyId,
      vital: vital.map((one) => one.id),
      aliases,
      dependsOn: [],
    };
    await store.insertService(client, fields, from, id);
    await audit(client, from, { kind: "service", id, data: { ...fields, dependsOn: service.dependsOn ?? [] } });
  }
  for (const supplier of directory.suppliers.values()) {
    await store.insertSupplier(client, supplier, from);
    await audit(client, from, { kind: "supplier", id: supplier.id, data: supplier as unknown as JsonObject });
  }
  for (const error of directory.knownErrors.values()) {
    await store.insertKnownError(client, error, from);
    await audit(client, from, { kind: "known-error", id: error.id, data: error as unknown as JsonObject });
  }
  /* Once all that are needed are there. */
  for (const { id, dependsOn = [] } of directory.services.values()) await store.linkServices(client, id, dependsOn);
  for (const { id, kind, name, serviceId } of directory.integrations.values()) {
    const fields = { kind, name, service: serviceId, mapping: null, sign: null, createdBy };
    await store.insertIntegration(client, fields, from, id);
    await audit(client, from, { kind: "integration", id, data: { kind, name } });
  }
}

const vitalId = (cast: Cast, name: city.VitalName): string => cast.vitalFunctions[name];

function known<T>(all: ReadonlyMap<string, T>, id: string): T {
  const found = all.get(id);
  if (found === undefined) throw new Error(`the story does not know ${id}`);
  return found;
}

type Added = { readonly kind: string; readonly id: string; readonly data: JsonObject; readonly became?: string };

async function audit(client: pg.PoolClient, at: number, { kind, id, data, became = "added" }: Added): Promise<void> {
  const envelope = { at, actor: systemActor("console"), cause: { kind: "demonstration" } };
  await appendAudit(client, {
    stream: `${kind}/${id}`,
    type: `${kind}.${became}`,
    stamp: stampOf(envelope, null, false),
    data,
  });
}
