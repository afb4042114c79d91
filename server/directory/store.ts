/** Writes people, teams, functions, services and policies. Every change raises the directory's
 *  version and leaves an audit entry, in one transaction. An identity is made here, unless the one who asks has its own. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Dependency } from "../../core/directory/dependencies.ts";
import type { WordsByLanguage } from "../../core/directory/types.ts";
import type { Envelope } from "../../core/kernel/stamp.ts";
import { stampOf } from "../../core/kernel/stamp.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { transact } from "../platform/database.ts";
import { appendAudit } from "../platform/event-log.ts";
import { refused } from "../platform/problems.ts";
import { bumpDirectory } from "./load.ts";
import { linkFunctions, linkServices } from "./vital-store.ts";

export type Change = {
  readonly pool: pg.Pool;
  readonly envelope: Envelope;
};

type Written<T> = {
  readonly id: string;
  readonly type: string;
  readonly kind: string;
  readonly data: JsonObject;
  readonly result: T;
};

/** One audited change of configuration. */
export async function change<T>(
  { pool, envelope }: Change,
  write: (client: pg.PoolClient) => Promise<Written<T>>,
): Promise<T> {
  return transact(pool, 8_000, async (client) => {
    const written = await write(client);
    await bumpDirectory(client);
    await appendAudit(client, {
      stream: `${written.kind}/${written.id}`,
      type: written.type,
      stamp: stampOf(envelope, null, false),
      data: written.data,
    });
    return written.result;
  });
}

export type PersonFields = {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly language?: string | undefined;
  readonly zone?: string | undefined;
  readonly level?: number | null | undefined;
  readonly admin?: boolean | undefined;
  readonly active?: boolean | undefined;
  readonly passwordHash?: string | undefined;
};

/** Unique violations become a refusal, not a fault. */
export async function unlessTaken<T>(code: "email-taken" | "name-taken", write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if ((error as { code?: string }).code === "23505") throw refused(code);
    throw error;
  }
}

export async function insertPerson(
  client: pg.PoolClient,
  fields: PersonFields & { readonly name: string; readonly email: string; readonly accountMail?: string },
  at: number,
  id: string = randomUUID(),
): Promise<string> {
  await unlessTaken("email-taken", () =>
    client.query(
      "insert into people (id, name, email, language, zone, level, admin, password_hash, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      [
        id,
        fields.name,
        fields.email,
        fields.language ?? "en",
        fields.zone ?? "UTC",
        fields.level ?? null,
        fields.admin ?? false,
        fields.passwordHash ?? null,
        toIso(at),
      ],
    ),
  );
  await insertAccountMail(client, {
    id: fields.accountMail,
    personId: id,
    address: fields.email,
    madeAt: toIso(at),
  });
  return id;
}

export async function updatePerson(client: pg.PoolClient, id: string, fields: PersonFields): Promise<void> {
  const { rows } = await client.query<Rights>("select level, admin, active from people where id = $1 for update", [id]);
  const [before] = rows;
  if (!before) throw refused("person-unknown", { person: id });
  if (fields.email) await moveAccountMail(client, id, fields.email);
  await unlessTaken("email-taken", () =>
    client.query(
      `update people set name = coalesce($2, name), email = coalesce($3, email), language = coalesce($4, language), zone = coalesce($5, zone),
  level = case when $6::boolean then $7::smallint else level end, admin = coalesce($8, admin), active = coalesce($9, active), password_hash = coalesce($10, password_hash)
where id = $1`,
      [
        id,
        fields.name ?? null,
        fields.email ?? null,
        fields.language ?? null,
        fields.zone ?? null,
        fields.level !== undefined,
        fields.level ?? null,
        fields.admin ?? null,
        fields.active ?? null,
        fields.passwordHash ?? null,
      ],
    ),
  );
  if (fields.admin === false || fields.active === false) await refuseLastAdministrator(client);
  if (fields.passwordHash !== undefined || fields.active === false) {
    await client.query("update tokens set revoked_at = made_at where person_id = $1 and revoked_at is null", [id]);
  }
  /* A changed password or right ends what was opened under the old one; one that is as it was ends nothing. */
  if (fields.passwordHash !== undefined || isAnotherRight(before, fields))
    await client.query("delete from sessions where person_id = $1", [id]);
}

type Rights = { readonly level: number | null; readonly admin: boolean; readonly active: boolean };

const isAnotherRight = (before: Rights, { level, admin, active }: PersonFields): boolean =>
  (level !== undefined && level !== before.level) ||
  (admin !== undefined && admin !== before.admin) ||
  (active !== undefined && active !== before.active);

/** Whoever makes an account vouches for its address: it may be called from the start. */
export async function insertAccountMail(
  client: Pick<pg.PoolClient, "query">,
  mail: {
    readonly id?: string | undefined;
    readonly personId: string;
    readonly address: string;
    readonly madeAt: string;
  },
): Promise<void> {
  await client.query(
    "insert into contact_points (id, person_id, kind, address, made_at, verified_at) values ($1, $2, 'email', $3, $4, $4)",
    [mail.id ?? randomUUID(), mail.personId, mail.address, mail.madeAt],
  );
}

/** Of several addresses, only the account's own follows it. */
async function moveAccountMail(client: pg.PoolClient, personId: string, address: string): Promise<void> {
  await client.query(
    "update contact_points c set address = $2 from people p where p.id = $1 and c.person_id = p.id and c.kind = 'email' and lower(c.address) = lower(p.email)",
    [personId, address],
  );
}

export async function insertTeam(
  client: pg.PoolClient,
  name: string,
  members: readonly string[],
  at: number,
  id: string = randomUUID(),
): Promise<string> {
  await unlessTaken("name-taken", () =>
    client.query("insert into teams (id, name, made_at) values ($1, $2, $3)", [id, name, toIso(at)]),
  );
  await client.query(
    "insert into team_members (team_id, person_id) select $1, unnest($2::uuid[]) on conflict do nothing",
    [id, members],
  );
  return id;
}

type Names = { readonly nameFr: string; readonly nameEn: string };

export async function insertFunction(
  client: pg.PoolClient,
  names: Names,
  members: readonly string[],
  at: number,
  id: string = randomUUID(),
): Promise<string> {
  await client.query("insert into functions (id, name_fr, name_en, made_at) values ($1, $2, $3, $4)", [
    id,
    names.nameFr,
    names.nameEn,
    toIso(at),
  ]);
  await client.query(
    "insert into function_members (function_id, person_id) select $1, unnest($2::uuid[]) on conflict do nothing",
    [id, members],
  );
  return id;
}

type ServiceFields = Names & {
  readonly owner: string | null;
  readonly team: string | null;
  readonly policy: string | null;
  readonly vital: readonly string[];
  readonly dependsOn: readonly Dependency[];
  readonly calendar?: string | null;
  readonly aliases: WordsByLanguage;
};

export async function insertService(
  client: pg.PoolClient,
  fields: ServiceFields,
  at: number,
  id: string = randomUUID(),
): Promise<string> {
  await client.query(
    "insert into services (id, name_fr, name_en, owner_id, team_id, policy_id, made_at, aliases_fr, aliases_en, calendar_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    [
      id,
      fields.nameFr,
      fields.nameEn,
      fields.owner,
      fields.team,
      fields.policy,
      toIso(at),
      fields.aliases.fr,
      fields.aliases.en,
      fields.calendar ?? null,
    ],
  );
  await linkFunctions(client, id, fields.vital);
  await linkServices(client, id, fields.dependsOn);
  return id;
}

type PolicyFields = {
  readonly name: string;
  readonly steps: readonly object[];
  readonly repeat: number;
  readonly zone?: string | undefined;
  readonly actWithinMinutes?: number | null | undefined;
  readonly default: boolean;
};

export async function insertPolicy(
  client: pg.PoolClient,
  fields: PolicyFields,
  at: number,
  id: string = randomUUID(),
): Promise<string> {
  await client.query(
    `insert into escalation_policies (id, name, steps, repeat, zone, act_within_minutes, made_at)
  values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      fields.name,
      JSON.stringify(fields.steps),
      fields.repeat,
      fields.zone ?? null,
      fields.actWithinMinutes ?? null,
      toIso(at),
    ],
  );
  if (fields.default) await client.query("update settings set default_policy_id = $1", [id]);
  return id;
}

type SettingsFields = {
  readonly language?: string | undefined;
  readonly zone?: string | undefined;
  readonly defaultPolicy?: string | null | undefined;
  readonly publicReports?: boolean | undefined;
  readonly privateAddresses?: readonly string[] | undefined;
};

export async function updateSettings(client: pg.PoolClient, fields: SettingsFields): Promise<void> {
  await client.query(
    `update settings set language = coalesce($1, language), zone = coalesce($2, zone),
  default_policy_id = case when $3::boolean then $4::uuid else default_policy_id end, public_reports = coalesce($5, public_reports),
  private_addresses = coalesce($6::text[], private_addresses)`,
    [
      fields.language ?? null,
      fields.zone ?? null,
      fields.defaultPolicy !== undefined,
      fields.defaultPolicy ?? null,
      fields.publicReports ?? null,
      fields.privateAddresses ?? null,
    ],
  );
}

/** The settings row is locked first, so that two who leave at once do not each count on the other. */
async function refuseLastAdministrator(client: pg.PoolClient): Promise<void> {
  await client.query("select 1 from settings for update");
  const { rows } = await client.query<{ some: boolean }>(
    "select exists (select 1 from people where admin and active) as some",
  );
  if (!rows[0]?.some) throw refused("last-administrator");
}
