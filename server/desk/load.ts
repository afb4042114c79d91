/** Loads the states that the desk asks for, under locks taken in one order: desk states by key (an integration's storm
 *  covers all its alerts; a rule across integrations, what it looks at in all of them), incidents by id, whom policies called
 *  in turn, counters last. */
import type pg from "pg";
import { type Admission, noLonger } from "../../core/access/restriction.ts";
import { type Alert, isLive, isWaiting } from "../../core/alerts/decide.ts";
import type { StormState } from "../../core/alerts/storm.ts";
import { calm } from "../../core/alerts/storm.ts";
import { setAtKey } from "../../core/desk/by-key.ts";
import type { Draft, LiveAlert, ReportGate, StateKey } from "../../core/desk/draft.ts";
import type { TargetKind } from "../../core/directory/category-process.ts";
import type { CalledInTurn } from "../../core/escalation/in-turn.ts";
import type { PagingState } from "../../core/escalation/paging-state.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { nothingYet, type Together } from "../../core/noise/across.ts";
import { isAcross } from "../../core/noise/grouping.ts";

/** Where each loaded incident's record stands. */
export type Heads = Map<string, { readonly seq: number; readonly head: string }>;

const storms = "storm/";
const rules = "together/";
export const stormKey = (integrationId: string): string => `${storms}${integrationId}`;
export const togetherKey = (ruleId: string): string => `${rules}${ruleId}`;
export const inTurnKey = (policyId: string): string => `in-turn/${policyId}`;
const reportGateKey = "report-gate";

export async function loadStates(
  client: pg.PoolClient,
  draft: Draft,
  heads: Heads,
  keys: readonly StateKey[],
): Promise<void> {
  /* The alerts are asked for behind the lock of their storm, so they are read once it is held. */
  const locked = loadDeskStates(client, draft, keys);
  const [{ made }] = await Promise.all([locked, loadAlerts(client, draft, keys), loadLive(client, draft, keys)]);
  if (made) await Promise.all([loadAlerts(client, draft, keys), loadLive(client, draft, keys)]);
  await loadCases(client, draft, heads, keys);
  await loadAdmissions(client, draft, keys);
}

type DeskStateRow = { key: string; state: unknown };

/** Keys that a connection has seen: nothing is asked in order to make these. */
const seen = new WeakMap<object, Set<string>>();

function thereFor(client: pg.PoolClient): Set<string> {
  const known = seen.get(client) ?? new Set<string>();
  seen.set(client, known);
  return known;
}

/** One that is not there yet is made, and only locked then. */
async function loadDeskStates(
  client: pg.PoolClient,
  draft: Draft,
  keys: readonly StateKey[],
): Promise<{ readonly made: boolean }> {
  const wanted = new Set<string>();
  for (const key of keys) {
    if (key.kind === "storm") wanted.add(stormKey(key.integrationId));
    if (key.kind === "together") wanted.add(togetherKey(key.ruleId));
    if (key.kind === "report-gate") wanted.add(reportGateKey);
    if (key.kind === "in-turn") wanted.add(inTurnKey(key.policyId));
  }
  if (wanted.size === 0) return { made: false };
  const names = [...wanted].sort();
  const lock = () =>
    client.query<DeskStateRow>({
      name: "lock-desk-states",
      text: "select key, state from desk_states where key = any($1) order by key for update",
      values: [names],
    });
  const make = () =>
    client.query({
      name: "make-desk-states",
      text: "insert into desk_states (key, state) select unnest($1::text[]), 'null' on conflict do nothing",
      values: [names],
    });
  /* Made before any is locked: whoever waits for another to make one holds none that the other may want. */
  const there = thereFor(client);
  const unseen = names.some((name) => !there.has(name));
  const [, found] = await Promise.all([unseen ? make() : null, lock()]);
  const made = found.rows.length < names.length;
  if (made) await make();
  const { rows } = made ? await lock() : found;
  for (const { key } of rows) there.add(key);
  for (const { key, state } of rows) {
    if (key === reportGateKey) draft.reportGate = (state as ReportGate | null) ?? { lastPageAt: null };
    else if (key.startsWith(inTurnKey("")))
      draft.calledInTurn.set(key.slice(inTurnKey("").length), (state as CalledInTurn | null) ?? []);
    else if (key.startsWith(rules))
      draft.together.set(key.slice(rules.length), (state as Together | null) ?? nothingYet);
    else draft.storms.set(key.slice(storms.length), (state as StormState | null) ?? calm);
  }
  return { made };
}

const alertColumns =
  "id, integration_id, alerts.key, coalesce(group_key, alerts.key) as group_key, status, incident_id, title, severity, source, stateful, starts_at, lease_until, opened_at, last_at, ended_at, count, waits, placed, case when waits is not null and status = 'open' then details end as details";

/** The live one of each key, and its latest that is over. */
const readAlerts = `select a.* from unnest($2::text[]) as wanted(key) cross join lateral (
  select ${alertColumns} from alerts where integration_id = $1 and alerts.key = wanted.key and status in ('open', 'quiet')
  union all
  (select ${alertColumns} from alerts where integration_id = $1 and alerts.key = wanted.key and status not in ('open', 'quiet')
    order by opened_at desc limit 1)) as a`;
const readGroups = `select wanted.group_key, a.incident_id, a.opened_at from unnest($2::text[]) as wanted(group_key) cross join lateral (
  select incident_id, opened_at from alerts where integration_id = $1 and alerts.group_key = wanted.group_key and incident_id is not null order by opened_at desc limit 1) as a`;

/** Of all integrations together, by a rule: the name of such a group says that it is one. */
const readGroupsAcross = `select wanted.group_key, a.incident_id, a.opened_at from unnest($1::text[]) as wanted(group_key) cross join lateral (
  select incident_id, opened_at from alerts where alerts.group_key = wanted.group_key and starts_with(alerts.group_key, 'across/') and incident_id is not null order by opened_at desc limit 1) as a`;

type AlertRow = {
  id: string;
  integration_id: string;
  key: string;
  group_key: string;
  status: Alert["status"];
  incident_id: string | null;
  waits: Alert["waits"];
  placed: Alert["placed"];
  details: Alert["details"];
  title: string;
  severity: Alert["severity"];
  source: string | null;
  stateful: boolean;
  starts_at: number | null;
  lease_until: number | null;
  opened_at: number;
  last_at: number;
  ended_at: number | null;
  count: number;
};

async function loadAlerts(client: pg.PoolClient, draft: Draft, keys: readonly StateKey[]): Promise<void> {
  const byIntegration = new Map<string, Map<string, string>>();
  for (const key of keys) {
    if (key.kind !== "alert") continue;
    const known = byIntegration.get(key.integrationId) ?? new Map<string, string>();
    known.set(key.key, key.groupKey);
    byIntegration.set(key.integrationId, known);
  }
  for (const [integrationId, wanted] of byIntegration) await loadAlertsOf(client, draft, integrationId, wanted);
}

async function loadAlertsOf(
  client: pg.PoolClient,
  draft: Draft,
  integrationId: string,
  wanted: ReadonlyMap<string, string>,
): Promise<void> {
  const [alerts, groups] = await Promise.all([
    client.query<AlertRow>({ name: "read-alerts", text: readAlerts, values: [integrationId, [...wanted.keys()]] }),
    loadGroups(client, integrationId, wanted),
  ]);
  const found = new Map<string, Alert>();
  for (const row of alerts.rows) {
    if (!isLive(found.get(row.key) ?? null)) found.set(row.key, alertOf(row));
  }
  const incidents = new Map(groups.map((row) => [row.group_key, row]));
  for (const [key, groupKey] of wanted) {
    const last = found.get(key) ?? null;
    const group = incidents.get(groupKey);
    setAtKey(draft.alerts, integrationId, key, {
      last,
      groupIncidentId: groupOf(last, groupKey === key, group?.incident_id),
      groupAt: group?.opened_at ?? null,
    });
  }
}

async function loadGroups(
  client: pg.PoolClient,
  integrationId: string,
  wanted: ReadonlyMap<string, string>,
): Promise<GroupRow[]> {
  const grouped = new Set([...wanted].filter(([key, groupKey]) => groupKey !== key).map(([, groupKey]) => groupKey));
  const across = [...grouped].filter(isAcross);
  const within = [...grouped].filter((groupKey) => !isAcross(groupKey));
  const asked = [
    within.length > 0 && { name: "read-alert-groups", text: readGroups, values: [integrationId, within] },
    across.length > 0 && { name: "read-groups-across", text: readGroupsAcross, values: [across] },
  ].filter((one) => one !== false);
  const found = await Promise.all(asked.map((one) => client.query<GroupRow>(one)));
  return found.flatMap(({ rows }) => rows);
}

/** Enough of what is live to know what mutes what: more, and those that arrived first are passed over, so that what they might
 *  have muted calls. */
const liveMax = 2_000;

const readLive = `select id, integration_id as "integrationId", key, title, severity, source, details from alerts where integration_id = $1 and status in ('open', 'quiet') order by id desc limit ${liveMax}`;
const readLiveAcross = `select id, integration_id as "integrationId", key, title, severity, source, details from alerts where status in ('open', 'quiet') order by id desc limit ${liveMax}`;

async function loadLive(client: pg.PoolClient, draft: Draft, keys: readonly StateKey[]): Promise<void> {
  for (const key of keys) {
    if (key.kind !== "live") continue;
    const { integrationId } = key;
    const { rows } = await client.query<LiveAlert>(
      integrationId === null
        ? { name: "read-live-across", text: readLiveAcross, values: [] }
        : { name: "read-live-alerts", text: readLive, values: [integrationId] },
    );
    draft.live.set(integrationId, rows);
  }
}

type GroupRow = { group_key: string; incident_id: string; opened_at: number };

/** A live alert is where it is, whatever its group does, unless it waits. */
function groupOf(last: Alert | null, alone: boolean, found: string | undefined): string | null {
  if (alone) return last?.incidentId ?? null;
  return isLive(last) && !isWaiting(last) ? null : (found ?? null);
}

function alertOf(row: AlertRow): Alert {
  return {
    id: row.id,
    integrationId: row.integration_id,
    key: row.key,
    groupKey: row.group_key,
    status: row.status,
    incidentId: row.incident_id,
    title: row.title,
    severity: row.severity,
    source: row.source,
    stateful: row.stateful,
    startsAt: row.starts_at,
    leaseUntil: row.lease_until,
    openedAt: row.opened_at,
    lastAt: row.last_at,
    endedAt: row.ended_at,
    count: row.count,
    waits: row.waits,
    placed: row.placed,
    details: row.details,
  };
}

type CaseRow = {
  id: string;
  seq: number;
  head: string;
  incident: IncidentState;
  paging: PagingState;
  open_alerts: number;
  firing_alerts: number;
  due_at: number | null;
  due_target: TargetKind | null;
};

/** An incident that is not there is left out: whoever asked for it by name is refused before the desk is. */
async function loadCases(client: pg.PoolClient, draft: Draft, heads: Heads, keys: readonly StateKey[]): Promise<void> {
  const ids = [...new Set(keys.flatMap((key) => (key.kind === "case" ? [key.id] : [])))].sort();
  if (ids.length === 0) return;
  const { rows } = await client.query<CaseRow>({
    name: "lock-incidents",
    text: "select id, seq, head, incident, paging, open_alerts, firing_alerts, due_at, due_target from incidents where id = any($1) order by id for update",
    values: [ids],
  });
  for (const row of rows) {
    heads.set(row.id, { seq: row.seq, head: row.head });
    draft.cases.set(row.id, {
      id: row.id,
      isNew: false,
      seq: row.seq,
      incident: row.incident,
      paging: row.paging,
      openAlerts: row.open_alerts,
      firingAlerts: row.firing_alerts,
      due: row.due_at === null || row.due_target === null ? null : { kind: row.due_target, dueAt: row.due_at },
      appended: [],
      touched: false,
    });
  }
}

async function loadAdmissions(client: pg.PoolClient, draft: Draft, keys: readonly StateKey[]): Promise<void> {
  const ids = [...new Set(keys.flatMap((key) => (key.kind === "admission" ? [key.id] : [])))];
  if (ids.length === 0) return;
  const { rows } = await client.query<Admission & { readonly id: string }>({
    name: "read-admissions",
    text: "select id, restricted, admitted from incidents where id = any($1)",
    values: [ids],
  });
  for (const id of ids) draft.admissions.set(id, rows.find((row) => row.id === id) ?? noLonger);
}
