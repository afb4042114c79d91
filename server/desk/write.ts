/** Writes what a draft became, in one transaction: entries of the record, the rows that lists show, alerts, and effects.
 *  Numbers are given last, so that the counter's lock is held for the shortest time and no number is lost to a refusal. */
import type pg from "pg";
import type { Alert } from "../../core/alerts/decide.ts";
import type { AlertSweep, Case, Draft } from "../../core/desk/draft.ts";
import type { Effect } from "../../core/desk/effects.ts";
import { nameSplit } from "../../core/desk/linking.ts";
import { nextPageAt } from "../../core/desk/watchdog.ts";
import { isToCheck } from "../../core/incidents/derogations.ts";
import { eventVersion, type IncidentFact, type Title } from "../../core/incidents/events.ts";
import { admissionOf } from "../../core/incidents/restricting.ts";
import { stageOf } from "../../core/incidents/state.ts";
import { genesis } from "../../core/kernel/hash.ts";
import type { SealedEntry } from "../../core/kernel/record.ts";
import { yearOf } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import type { Late } from "../platform/database.ts";
import { appending, effectsChannel, recordChannel, sealAll } from "../platform/event-log.ts";
import { type Heads, inTurnKey, stormKey, togetherKey } from "./load.ts";
import { writeWaiting } from "./waiting-store.ts";
import { writeEngagements } from "./write-engagements.ts";
import { writeLinks } from "./write-links.ts";
import { writeObligations } from "./write-obligations.ts";
import { writeSearch } from "./write-search.ts";

export const incidentStream = (id: string): string => `incident/${id}`;

/** Statements go out one behind the other; only the numbers are waited for. */
export type Writing = { readonly client: pg.PoolClient; readonly late: Late };

export async function writeDraft(writing: Writing, draft: Draft, heads: Heads): Promise<void> {
  const { late: write } = writing;
  for (const sweep of draft.sweeps) writeSweep(write, sweep);
  writeAlerts(write, draft);
  writeWaiting(write, draft);
  writeDeskStates(write, draft);
  writeEffects(write, draft);
  await writeCases(writing, draft, heads);
}

/** Seals and writes incidents; needs the numbers, so it comes last. */
async function writeCases({ client, late }: Writing, draft: Draft, heads: Heads): Promise<void> {
  const touched = [...draft.cases.values()].filter((on) => on.touched);
  if (touched.length === 0) return;
  await giveNumbers(
    client,
    draft,
    touched.filter((on) => on.isNew),
  );
  const entries: SealedEntry[] = [];
  const rows: CaseRow[] = [];
  const counted = touched.filter(onlyCounts);
  for (const on of touched) {
    if (onlyCounts(on)) continue;
    const from = heads.get(on.id) ?? { seq: 0, head: genesis };
    const sealed = sealAll(
      from,
      on.appended.map((fact) => unsealed(on, fact)),
    );
    entries.push(...sealed);
    const last = sealed.at(-1);
    const now = last ? { seq: last.seq, head: last.hash } : from;
    heads.set(on.id, now);
    rows.push(rowOf(on, now));
  }
  if (counted.length > 0) late(updateCounts(counted));
  if (rows.length === 0) return;
  if (entries.length > 0) late(appending(entries));
  late(upsertCases(rows));
  writeSearch(late, touched);
  for (const also of [writeObligations, writeEngagements, writeLinks]) also(late, touched);
  if (entries.length > 0) late({ name: "notify-record", text: `notify ${recordChannel}` });
}

/** No fact, only more or fewer alerts: what every flush of a storm does to its incident; or another due, where a calendar was
 *  changed. */
const onlyCounts = (on: Case): boolean => !on.isNew && on.appended.length === 0;

const updateCounts = (counted: readonly Case[]): pg.QueryConfig => ({
  name: "count-alerts",
  text: `update incidents set open_alerts = u.open, firing_alerts = u.firing, due_at = u.due_at, due_target = u.due_target
from unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[], $5::text[]) as u(id, open, firing, due_at, due_target) where incidents.id = u.id`,
  values: [
    counted.map((on) => on.id),
    counted.map((on) => on.openAlerts),
    counted.map((on) => on.firingAlerts),
    counted.map((on) => iso(on.due?.dueAt)),
    counted.map((on) => on.due?.kind ?? null),
  ],
});

function unsealed(on: Case, fact: IncidentFact) {
  return {
    stream: incidentStream(on.id),
    type: fact.type,
    version: eventVersion,
    process: on.incident.process,
    exercise: on.incident.exercise,
    stamp: fact.stamp,
    data: fact.data as unknown as JsonObject,
  };
}

async function giveNumbers(client: pg.PoolClient, draft: Draft, made: readonly Case[]): Promise<void> {
  const series = new Map<string, Case[]>();
  for (const on of made) {
    const prefix = on.incident.exercise ? "EX" : "INC";
    const name = `${prefix}-${yearOf(draft.at, draft.directory.zone)}`;
    series.set(name, [...(series.get(name) ?? []), on]);
  }
  for (const [name, cases] of [...series].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { rows } = await client.query<{ value: number }>({
      name: "take-numbers",
      text: `insert into counters (name, value) values ($1, $2)
on conflict (name) do update set value = counters.value + excluded.value returning value`,
      values: [name, cases.length],
    });
    const first = (rows[0]?.value ?? 0) - cases.length + 1;
    for (const [index, on] of cases.entries())
      setNumber(draft, on, `${name}-${String(first + index).padStart(6, "0")}`);
  }
}

function setNumber(draft: Draft, on: Case, number: string): void {
  nameSplit(draft.cases.values(), on, number);
  on.incident = { ...on.incident, number };
  const [first] = on.appended;
  if (first?.type === "incident.reported") on.appended[0] = { ...first, data: { ...first.data, number } };
}

type CaseRow = readonly unknown[];

const caseColumns = [
  ["id", "uuid"],
  ["number", "text"],
  ["seq", "int"],
  ["head", "text"],
  ["exercise", "boolean"],
  ["title", "text"],
  ["service_id", "uuid"],
  ["stage", "text"],
  ["is_open", "boolean"],
  ["to_check", "boolean"],
  ["priority", "smallint"],
  ["categories", "text"],
  ["assigned_person", "uuid"],
  ["assigned_team", "uuid"],
  ["assigned_function", "uuid"],
  ["accepted_by", "uuid"],
  ["restricted", "boolean"],
  ["admitted", "text"],
  ["next_page_at", "timestamptz"],
  ["open_alerts", "int"],
  ["firing_alerts", "int"],
  ["due_at", "timestamptz"],
  ["due_target", "text"],
  ["incident", "jsonb"],
  ["paging", "jsonb"],
  ["reported_at", "timestamptz"],
  ["updated_at", "timestamptz"],
] as const;

/** Lists travel as text, since arrays of arrays must be rectangular. */
const listed = (name: string, type: string): string =>
  `coalesce(string_to_array(nullif(u.${name}, ''), ',')::${type}[], '{}')`;
const selectCases = caseColumns
  .map(([name]) =>
    name === "categories" ? listed(name, "text") : name === "admitted" ? listed(name, "uuid") : `u.${name}`,
  )
  .join(", ");
const upsert = `insert into incidents (${caseColumns.map(([name]) => name).join(", ")})
select ${selectCases} from unnest(${caseColumns.map(([, type], index) => `$${index + 1}::${type}[]`).join(", ")})
  as u(${caseColumns.map(([name]) => name).join(", ")})
on conflict (id) do update set ${caseColumns
  .slice(2)
  .map(([name]) => `${name} = excluded.${name}`)
  .join(", ")}`;

const upsertCases = (rows: readonly CaseRow[]): pg.QueryConfig => ({
  name: "upsert-incidents",
  text: upsert,
  values: caseColumns.map((_, column) => rows.map((row) => row[column])),
});

const iso = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(at).toISOString();

/** An escalation may be addressed to what is no id. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function rowOf(on: Case, now: { readonly seq: number; readonly head: string }): CaseRow {
  const { incident, paging } = on;
  const { restricted, admitted } = admissionOf(incident);
  return [
    on.id,
    incident.number,
    now.seq,
    now.head,
    incident.exercise,
    plainTitle(incident.title),
    incident.service,
    stageOf(incident),
    incident.ended === null,
    isToCheck(incident),
    incident.priority,
    incident.categories.join(","),
    incident.assigned?.person ?? null,
    incident.assigned?.team ?? null,
    incident.assigned?.function ?? null,
    incident.acceptedBy?.id ?? null,
    restricted,
    admitted.filter((id) => uuid.test(id)).join(","),
    iso(nextPageAt(incident, paging)),
    on.openAlerts,
    on.firingAlerts,
    iso(on.due?.dueAt),
    on.due?.kind ?? null,
    JSON.stringify(incident),
    JSON.stringify(paging),
    iso(incident.milestones.reported ?? incident.updatedAt),
    iso(incident.updatedAt),
  ];
}

/** What search reads; readers see a coded title in their own language. */
function plainTitle(title: Title): string {
  return "text" in title ? title.text : title.values.integration;
}

/** Details go as one text: as elements of an array each quotation mark would be escaped, and unescaped on arrival. */
const insertAlerts = `insert into alerts (id, integration_id, key, group_key, status, incident_id, title, severity, source, stateful, starts_at, lease_until, opened_at, last_at, ended_at, count, details, placed)
select * from rows from (unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::boolean[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::int[]), jsonb_array_elements($17::jsonb), unnest($18::text[]))`;
const updateAlerts = `update alerts set status = u.status, last_at = u.last_at, ended_at = u.ended_at, count = u.count, starts_at = u.starts_at, lease_until = u.lease_until
from unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::int[], $6::bigint[], $7::bigint[]) as u(id, status, last_at, ended_at, count, starts_at, lease_until)
where alerts.id = u.id`;

function writeAlerts(write: Late, draft: Draft): void {
  const made: Alert[] = [];
  const changed: Alert[] = [];
  for (const { alert, isNew } of draft.changedAlerts.values()) (isNew ? made : changed).push(alert);
  const column = <T>(list: readonly Alert[], pick: (alert: Alert) => T): T[] => list.map(pick);
  if (changed.length > 0) {
    write({
      name: "update-alerts",
      text: updateAlerts,
      values: [
        column(changed, (one) => one.id),
        column(changed, (one) => one.status),
        column(changed, (one) => one.lastAt),
        column(changed, (one) => one.endedAt),
        column(changed, (one) => one.count),
        column(changed, (one) => one.startsAt),
        column(changed, (one) => one.leaseUntil),
      ],
    });
  }
  if (made.length === 0) return;
  write({
    name: "insert-alerts",
    text: insertAlerts,
    values: [
      column(made, (one) => one.id),
      column(made, (one) => one.integrationId),
      column(made, (one) => one.key),
      column(made, (one) => (one.groupKey === one.key ? null : one.groupKey)),
      column(made, (one) => one.status),
      column(made, (one) => one.incidentId),
      column(made, (one) => one.title),
      column(made, (one) => one.severity),
      column(made, (one) => one.source),
      column(made, (one) => one.stateful),
      column(made, (one) => one.startsAt),
      column(made, (one) => one.leaseUntil),
      column(made, (one) => one.openedAt),
      column(made, (one) => one.lastAt),
      column(made, (one) => one.endedAt),
      column(made, (one) => one.count),
      JSON.stringify(column(made, (one) => one.details)),
      column(made, (one) => one.placed),
    ],
  });
}

function writeSweep(write: Late, sweep: AlertSweep): void {
  if (sweep.kind === "move") {
    write({
      text: "update alerts set incident_id = $2 where incident_id = $1 and status in ('open', 'quiet') and ($3::uuid[] is null or id = any($3::uuid[]))",
      values: [sweep.incidentId, sweep.into, sweep.ids ?? null],
    });
    return;
  }
  write({
    text: `update alerts set status = case when stateful then 'quiet' else 'ended' end, ended_at = case when stateful then null else $2::bigint end
where incident_id = $1 and status = 'open'`,
    values: [sweep.incidentId, sweep.at],
  });
}

function writeDeskStates(write: Late, draft: Draft): void {
  const states: [string, unknown][] = [...draft.changedStorms].map((id) => [
    stormKey(id),
    draft.storms.get(id) ?? null,
  ]);
  for (const id of draft.changedInTurn) states.push([inTurnKey(id), draft.calledInTurn.get(id) ?? []]);
  for (const id of draft.changedTogether) states.push([togetherKey(id), draft.together.get(id) ?? null]);
  if (draft.reportGate !== null) states.push(["report-gate", draft.reportGate]);
  for (const [key, state] of states) {
    write({
      name: "write-desk-state",
      text: "update desk_states set state = $2 where key = $1",
      values: [key, JSON.stringify(state)],
    });
  }
}

const recheckTimers = `update timers set due_at = least(timers.due_at, u.due_at), attempts = 0, lease_until = 0, fence = fence + 1
from unnest($1::uuid[], $2::text[], $3::bigint[]) as u(integration_id, waits_on, due_at)
join alerts on alerts.integration_id = coalesce(u.integration_id, alerts.integration_id) and alerts.waits ->> 'on' = u.waits_on and alerts.waits is not null and alerts.status = 'open'
where timers.key = 'waiting/' || alerts.id and timers.due_at > u.due_at`;
const setTimers = `insert into timers (key, payload, due_at) select * from unnest($1::text[], $2::jsonb[], $3::bigint[])
on conflict (key) do update set payload = excluded.payload, due_at = excluded.due_at, attempts = 0, lease_until = 0, fence = timers.fence + 1`;
const insertOutbox = `insert into outbox (key, kind, incident_id, page_id, person_id, payload, due_at, not_after, channel, contact_point_id, made_at)
select *, $11::bigint from unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::jsonb[], $7::bigint[], $8::bigint[], $9::text[], $10::uuid[])
on conflict (key) do nothing`;
/** One that was tried already waits for its next attempt. */
const hastenOutbox = `update outbox set due_at = least(due_at, $2::bigint) where key = any($1::text[]) and status = 'pending' and (attempts = 0 or last_error = 'throttled')`;

/** Of several timers under one key in a batch, the last holds. */
function writeEffects(write: Late, draft: Draft): void {
  if (draft.effects.length === 0) return;
  const timers = new Map<string, Extract<Effect, { kind: "set-timer" }> | null>();
  const sending: Sending[] = [];
  const rechecked = new Map<string, Extract<Effect, { kind: "recheck" }>>();
  const hastened: string[] = [];
  for (const effect of draft.effects) {
    if (effect.kind === "set-timer") timers.set(effect.key, effect);
    else if (effect.kind === "cancel-timer") timers.set(effect.key, null);
    else if (effect.kind === "hasten") hastened.push(effect.key);
    else if (effect.kind === "recheck") rechecked.set(`${effect.integrationId}/${effect.on}`, effect);
    else sending.push(effect);
  }
  const cancelled = [...timers].filter(([, timer]) => timer === null).map(([key]) => key);
  if (cancelled.length > 0)
    write({ name: "cancel-timers", text: "delete from timers where key = any($1)", values: [cancelled] });
  const set = [...timers.values()].filter((timer) => timer !== null);
  if (set.length > 0) {
    write({
      name: "set-timers",
      text: setTimers,
      values: [set.map((one) => one.key), set.map((one) => JSON.stringify(one.timer)), set.map((one) => one.dueAt)],
    });
  }
  if (rechecked.size > 0) {
    const all = [...rechecked.values()];
    write({
      name: "recheck-timers",
      text: recheckTimers,
      values: [all.map((one) => one.integrationId), all.map((one) => one.on), all.map((one) => one.dueAt)],
    });
  }
  if (sending.length > 0) {
    write({ name: "insert-outbox", text: insertOutbox, values: outboxColumns(sending, draft.at) });
  }
  if (hastened.length > 0) write({ name: "hasten-outbox", text: hastenOutbox, values: [hastened, draft.at] });
  if (sending.length + hastened.length > 0) write({ name: "notify-effects", text: `notify ${effectsChannel}` });
}

type Sending = Extract<Effect, { kind: "page" | "notice" | "reminder" | "post" | "invite" }>;

/** In the outbox, of what goes to no person of the desk: what steps of policies post, and letters to contributors. */
const channelBeside = { post: "policy-webhook", invite: "contributor" } as const;
const toPerson = (one: Sending) => (one.kind === "post" || one.kind === "invite" ? null : one);

function outboxColumns(sending: readonly Sending[], at: number): unknown[] {
  return [
    sending.map((one) => one.key),
    sending.map((one) => (one.kind === "reminder" ? one.reminder : one.kind)),
    sending.map((one) => (one.kind === "reminder" ? null : one.incidentId)),
    sending.map((one) => (one.kind === "page" ? one.pageId : null)),
    sending.map((one) => toPerson(one)?.personId ?? null),
    sending.map((one) => JSON.stringify(payloadOf(one))),
    sending.map((one) => one.dueAt),
    sending.map((one) => one.notAfter),
    sending.map((one) => (one.kind === "post" || one.kind === "invite" ? channelBeside[one.kind] : one.channel)),
    sending.map((one) => toPerson(one)?.pointId ?? null),
    at,
  ];
}

function payloadOf(one: Sending): JsonObject {
  if (one.kind === "page") return one.held ? { held: one.held } : {};
  if (one.kind === "invite") return { number: one.number, why: one.why };
  if (one.kind === "post") {
    const { webhookId: webhook, ...post } = one.post;
    return { ...post, webhook, ...(one.escalation !== undefined && { escalation: one.escalation }) };
  }
  if (one.kind !== "notice") return one.values;
  return { notice: one.notice, ...one.values, ...(one.held && { held: one.held }) };
}
