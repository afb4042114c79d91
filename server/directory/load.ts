/** The whole directory as one frozen value. It is small, so it is kept in memory and read again only when its version
 *  has moved; each transaction asks for the version, so that two nodes never decide from different directories. */
import type pg from "pg";
import type { Directory, Integration } from "../../core/desk/directory.ts";
import type {
  ContactPoint,
  DutyFunction,
  Person,
  Preference,
  Service,
  Team,
  Webhook,
} from "../../core/directory/types.ts";
import type { Policy } from "../../core/escalation/policy.ts";
import { type Language, type Level, type Locale, languageOfLocale } from "../../core/kernel/vocabulary.ts";
import { type LayerDefinition, layerOf, spanOf } from "../../core/oncall/definition.ts";
import type { Absence, Override } from "../../core/oncall/final-schedule.ts";
import { placesOf } from "../../core/oncall/holidays.ts";
import { type Schedule, withStandIns } from "../../core/oncall/schedule.ts";
import type { Clock } from "../platform/clock.ts";
import { holidaysOf, type Years, yearsAround } from "../platform/public-holidays.ts";
import { readKnownErrors } from "./known-error-store.ts";
import { readCalendars } from "./load-calendars.ts";
import { readCatalogue } from "./load-categories.ts";
import { readLaws } from "./load-laws.ts";
import { readNoise } from "./load-noise.ts";
import { readSuppliers } from "./supplier-store.ts";

type Client = Pick<pg.PoolClient, "query">;

export type DirectoryCache = {
  /** As of this transaction. */
  readonly inside: (client: Client) => Promise<Directory>;
  /** The latest known: for reading, where a moment's delay does no harm. */
  readonly latest: () => Directory;
};

export async function createDirectoryCache(pool: pg.Pool, clock: Clock): Promise<DirectoryCache> {
  const read = async (client: Client) => {
    const years = yearsAround(clock.now());
    return { years, directory: await readDirectory(client, years) };
  };
  let known = await read(pool);
  return {
    inside: async (client) => {
      const { rows } = await client.query<{ directory_version: number }>({
        name: "directory-version",
        text: "select directory_version from settings",
      });
      const stale = rows[0]?.directory_version !== known.directory.version;
      /* Holidays are read some years ahead. */
      if (stale || known.years.from !== yearsAround(clock.now()).from) known = await read(client);
      return known.directory;
    },
    latest: () => known.directory,
  };
}

/** Every change of people, teams, services, schedules, policies or integrations ends with this, in its transaction. */
export async function bumpDirectory(client: Client): Promise<void> {
  await client.query("update settings set directory_version = directory_version + 1");
}

const byId = <T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((one) => [one.id, one]));

async function readDirectory(client: Client, years: Years): Promise<Directory> {
  const rowsOf = async <Row extends pg.QueryResultRow>(text: string): Promise<Row[]> =>
    (await client.query<Row>(text)).rows;
  const [settings] = await rowsOf<{
    language: Locale;
    zone: string;
    default_policy_id: string | null;
    public_reports: boolean;
    private_addresses: string[];
    directory_version: number;
  }>("select language, zone, default_policy_id, public_reports, private_addresses, directory_version from settings");
  const people = await readPeople(rowsOf);
  const policies = await rowsOf<Policy>(
    `select id, name, steps, repeat, coalesce(zone, (select zone from settings)) as zone, act_within_minutes as "actWithinMinutes" from escalation_policies order by made_at, id`,
  );
  return {
    version: settings?.directory_version ?? 0,
    people: byId(people),
    teams: byId(await readTeams(rowsOf)),
    functions: byId(await readFunctions(rowsOf)),
    services: byId(await readServices(rowsOf)),
    schedules: byId(await readSchedules(rowsOf, years)),
    absences: await rowsOf<Absence>(
      `select person_id as "personId", from_at as "from", until_at as "until" from absences order by until_at desc, id limit ${putOverMax}`,
    ),
    policies: byId(policies),
    webhooks: byId(await rowsOf<Webhook>("select id, name from policy_webhooks order by name, id")),
    integrations: byId(await readIntegrations(rowsOf)),
    administrators: people.filter((one) => one.admin && one.active).map((one) => one.id),
    ...(await readCatalogue(rowsOf)),
    calendars: await readCalendars(rowsOf, years, settings?.zone ?? "UTC"),
    suppliers: byId(await readSuppliers(rowsOf)),
    knownErrors: byId(await readKnownErrors(rowsOf)),
    laws: await readLaws(rowsOf, years, settings?.zone ?? "UTC"),
    defaultPolicyId: settings?.default_policy_id ?? null,
    publicReports: settings?.public_reports ?? true,
    privateAddresses: settings?.private_addresses ?? [],
    noise: await readNoise(rowsOf),
    ...localeOfRow(settings?.language ?? "en"),
    zone: settings?.zone ?? "UTC",
  };
}

/** Kept as the tag that somebody chose. */
const localeOfRow = (locale: Locale): { readonly language: Language; readonly locale: Locale } => ({
  language: languageOfLocale(locale),
  locale,
});

/** Those that end last, for reports and replays of what is over too; of older ones the rows are asked. */
const putOverMax = 5_000;

async function readSchedules(rowsOf: RowsOf, years: Years): Promise<Schedule[]> {
  const overrides = await rowsOf<Override & { readonly schedule_id: string }>(
    `select id, schedule_id, person_id as "personId", from_at as "from", until_at as "until", made_at as "madeAt" from schedule_overrides order by until_at desc, id limit ${putOverMax}`,
  );
  const of = Map.groupBy(overrides, ({ schedule_id }) => schedule_id);
  const rows = await rowsOf<{
    id: string;
    name: string;
    layers: LayerDefinition[];
    declared_gaps: { readonly from: string; readonly until: string }[];
    for: string | null;
    from: number;
    until: number;
  }>(
    `select id, name, layers, declared_gaps, stands_in_for as "for", stands_from as "from", stands_until as "until" from schedules order by name, id`,
  );
  const holidays = await holidaysOf(placesOf(rows.flatMap(({ layers }) => layers)), years);
  const all: Schedule[] = rows.map(({ id, name, layers, declared_gaps, ...standsIn }) => ({
    id,
    name,
    layers: layers.map((one) => layerOf(one, holidays)),
    holidays: holidays.filter(({ place }) => placesOf(layers).includes(place)),
    overrides: (of.get(id) ?? []).map(({ schedule_id: _, ...one }) => one),
    declaredGaps: declared_gaps.map(spanOf),
    standsIn: standsIn.for === null ? null : { ...standsIn, for: standsIn.for },
  }));
  return withStandIns(all);
}

type RowsOf = <Row extends pg.QueryResultRow>(text: string) => Promise<Row[]>;

async function readPeople(rowsOf: RowsOf): Promise<Person[]> {
  const points = await rowsOf<ContactPoint & { person_id: string }>(
    "select id, person_id, kind, address, enabled and verified_at is not null as enabled from contact_points order by made_at, id",
  );
  const preferences = await rowsOf<Preference & { person_id: string }>(
    "select person_id, high, low, quiet from notification_preferences",
  );
  const preferenceOf = byId(preferences.map(({ person_id, ...said }) => ({ id: person_id, ...said })));
  const rows = await rowsOf<{
    id: string;
    name: string;
    email: string;
    language: Locale;
    zone: string;
    level: Level;
    admin: boolean;
    active: boolean;
  }>("select id, name, email, language, zone, level, admin, active from people order by made_at, id");
  const byPerson = Map.groupBy(points, (point) => point.person_id);
  return rows.map((row) => ({
    ...row,
    ...withPreference(preferenceOf.get(row.id)),
    ...localeOfRow(row.language),
    contactPoints: (byPerson.get(row.id) ?? []).map(({ id, kind, address, enabled }) => ({
      id,
      kind,
      address,
      enabled,
    })),
  }));
}

const withPreference = (said: Preference | undefined): Pick<Person, "preference"> =>
  said ? { preference: { high: said.high, low: said.low, quiet: said.quiet ?? null } } : {};

async function readTeams(rowsOf: RowsOf): Promise<Team[]> {
  return rowsOf<Team>(
    "select t.id, t.name, t.charter, coalesce(array_agg(m.person_id::text order by m.person_id) filter (where m.person_id is not null), '{}') as members from teams t left join team_members m on m.team_id = t.id group by t.id order by t.name",
  );
}

async function readFunctions(rowsOf: RowsOf): Promise<DutyFunction[]> {
  return rowsOf<DutyFunction>(
    `select f.id, f.name_fr as "nameFr", f.name_en as "nameEn", coalesce(array_agg(m.person_id::text order by m.person_id) filter (where m.person_id is not null), '{}') as members from functions f left join function_members m on m.function_id = f.id group by f.id order by f.name_fr`,
  );
}

async function readServices(rowsOf: RowsOf): Promise<Service[]> {
  return rowsOf<Service>(
    `select s.id, s.name_fr as "nameFr", s.name_en as "nameEn", s.owner_id as "ownerId", s.team_id as "teamId", s.policy_id as "policyId", s.calendar_id as "calendarId", s.retired,
  jsonb_build_object('fr', s.aliases_fr, 'en', s.aliases_en) as aliases,
  coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'nameFr', v.name_fr, 'nameEn', v.name_en, 'ownerId', v.owner_id,
    'criticality', v.criticality, 'tolerableMinutes', v.tolerable_minutes)) filter (where v.id is not null), '[]') as vital,
  (select coalesce(jsonb_agg(jsonb_build_object('on', d.on_id, 'kind', d.kind) order by o.name_fr, o.id), '[]')
    from service_dependencies d join services o on o.id = d.on_id where d.service_id = s.id) as "dependsOn"
from services s left join service_vital_functions x on x.service_id = s.id
  left join vital_functions v on v.id = x.vital_function_id and not v.retired
group by s.id order by s.name_fr`,
  );
}

async function readIntegrations(rowsOf: RowsOf): Promise<Integration[]> {
  return rowsOf<Integration>(
    `select id, kind, name, service_id as "serviceId", created_by as "createdBy", mapping, signature from integrations order by made_at, id`,
  );
}
