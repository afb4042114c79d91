/** Incidents as the API shows them. May join any table for reading; writes none. */
import type { Expression, SqlBool } from "kysely";
import type { IncidentView } from "../../contract/shapes.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { TargetKind } from "../../core/directory/category-process.ts";
import { calledPeople } from "../../core/escalation/called.ts";
import { callsFor, type PagingState } from "../../core/escalation/paging-state.ts";
import { openPause } from "../../core/incidents/clock-history.ts";
import type { Nearest } from "../../core/incidents/clocks.ts";
import { wordsOfRestoration, wordWanted } from "../../core/incidents/confirming-restored.ts";
import type { Derogation } from "../../core/incidents/derogations.ts";
import type { Hypothesis } from "../../core/incidents/diagnosis.ts";
import type { Reopening } from "../../core/incidents/ending-state.ts";
import type { Escalation } from "../../core/incidents/escalations.ts";
import type { Title } from "../../core/incidents/events.ts";
import type { HelpAsked } from "../../core/incidents/help.ts";
import { majorStatus } from "../../core/incidents/major.ts";
import { missingToClose } from "../../core/incidents/missing.ts";
import type { Period } from "../../core/incidents/periods.ts";
import { tooWide } from "../../core/incidents/roles.ts";
import { type IncidentState, stageOf, watchedUntil } from "../../core/incidents/state.ts";
import type { Task } from "../../core/incidents/tasks.ts";
import { toIso } from "../../core/kernel/time.ts";
import { flags, type Instant, type Language } from "../../core/kernel/vocabulary.ts";
import { labels } from "../../languages/labels.ts";
import { createMessages } from "../../languages/messages.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import { asksOf } from "./asks.ts";
import { type BoardColumns, type BoardOrdering, behind, orderings } from "./board-order.ts";
import { restrictionOf } from "./restriction-view.ts";
import { streamView } from "./workstream-view.ts";

const said = { fr: createMessages("fr", labels), en: createMessages("en", labels) };

export type IncidentRow = {
  readonly id: string;
  readonly number: string;
  readonly seq: number;
  readonly head: string;
  readonly incident: unknown;
  readonly paging: unknown;
  readonly open_alerts: number;
  readonly firing_alerts: number;
  readonly due_at: number | null;
  readonly due_target: string | null;
  readonly updated_at: number;
  readonly restricted: boolean;
};

const columns = [
  "id",
  "number",
  "seq",
  "head",
  "incident",
  "paging",
  "open_alerts",
  "firing_alerts",
  "due_at",
  "due_target",
  "updated_at",
  "restricted",
] as const;

export type Reading = {
  readonly db: Db;
  readonly viewer: Viewer;
  readonly directory: Directory;
  readonly language: Language;
};

/** Text of people as they wrote it, or a coded title in the reader's language. */
export function titleOf(title: Title, language: Language): string {
  return "text" in title ? title.text : said[language].t("title.storm", title.values);
}

export function viewOf(row: IncidentRow, directory: Directory, language: Language): IncidentView {
  const incident = row.incident as IncidentState;
  const paging = row.paging as PagingState;
  const milestones = Object.fromEntries(Object.entries(incident.milestones).map(([name, at]) => [name, toIso(at)]));
  return {
    id: row.id,
    number: row.number,
    title: titleOf(incident.title, language),
    description: incident.description,
    language: incident.language,
    stage: stageOf(incident),
    milestones,
    missing: [...missingToClose(incident)],
    exercise: incident.exercise,
    service: serviceOf(incident.service, directory, language),
    categories: [...incident.categories],
    proposedCategories: [...incident.proposedCategories],
    domains: [...(incident.domains ?? [])],
    major: majorView(incident),
    flags: flagsView(incident),
    investigator: incident.investigator ? { ...incident.investigator, at: toIso(incident.investigator.at) } : null,
    restoration: restorationView(incident),
    asks: asksOf(incident, directory, language),
    impact: incident.impact,
    urgency: incident.urgency,
    priority: incident.priority,
    prioritySource: incident.prioritySource,
    priorityReasons: [...incident.priorityReasons],
    assigned: assignedOf(incident, directory, language),
    acceptedBy: incident.acceptedBy,
    coordinator: incident.coordinator,
    coordinationWanted: incident.coordinationWanted,
    offer: offerView(incident.offer),
    span: tooWide(incident),
    tasks: (incident.tasks ?? []).map(taskView),
    workstreams: (incident.workstreams ?? []).map((one) => streamView(one, directory)),
    plan: (incident.periods ?? []).slice(-periodsShown).map(periodView),
    hypotheses: (incident.hypotheses ?? []).map(hypothesisView),
    solution: solutionView(incident.solution),
    detectedAs: incident.detectedAs ?? null,
    ...requestsView(incident),
    asked: [...incident.asked],
    paging: {
      status: paging.status,
      nextAt: isoOr(paging.nextAt),
      called: calledView(paging),
      stoppedBecause: paging.stoppedBecause,
      needed: paging.needed ?? 1,
      acknowledged: [...(paging.acknowledged ?? [])],
      watchedUntil: isoOr(watchedUntil(incident, paging)),
    },
    escalations: (incident.escalations ?? []).map((one) => escalationView(one, paging)),
    teams: incident.activations?.length ?? 0,
    alerts: { open: row.open_alerts, firing: row.firing_alerts },
    attachments: incident.attachments,
    origin: incident.origin?.kind ?? "person",
    relapses: incident.relapses,
    due: row.due_at === null ? null : { target: row.due_target as TargetKind, at: toIso(row.due_at) },
    paused: pausedView(incident),
    recoveryStarted: incident.recoveryStarted,
    restriction: restrictionOf(incident, directory, language),
    tlp: incident.tlp ?? null,
    mergedInto: incident.mergedInto,
    process: incident.process,
    seq: row.seq,
    updatedAt: toIso(row.updated_at),
  };
}

const restorationView = (incident: IncidentState): IncidentView["restoration"] => ({
  wanted: wordWanted(incident),
  words: wordsOfRestoration(incident).map((one) => ({ ...one, at: toIso(one.at) })),
});

/** Which of its targets falls due first. */
export const dueOf = ({ due_at: dueAt, due_target: kind }: IncidentRow): Nearest | null =>
  dueAt === null ? null : { kind: kind as TargetKind, dueAt };

function majorView(incident: IncidentState): IncidentView["major"] {
  const status = majorStatus(incident);
  if (status === "none") return null;
  const { at = null, by = null, reason = null, criteria = [] } = incident.major ?? {};
  return { status, at: isoOr(at), by, reason, criteria: [...criteria] };
}

const flagsView = ({ flags: known = {} }: IncidentState): IncidentView["flags"] =>
  flags.flatMap((flag) => {
    const one = known[flag];
    if (one === undefined) return [];
    const { status, at, by, reason, criteria } = one;
    return [{ flag, status, at: toIso(at), by, reason, criteria: [...criteria] }];
  });

function pausedView(incident: IncidentState): IncidentView["paused"] {
  const open = openPause(incident);
  return open ? { pause: open.why, from: toIso(open.from), until: toIso(open.until) } : null;
}

const calledView = ({ pages }: PagingState) =>
  calledPeople(pages).map((page) => ({
    id: page.personId,
    name: page.name,
    at: toIso(page.requestedAt),
    status: page.status,
  }));

function escalationView(one: Escalation, paging: PagingState): IncidentView["escalations"][number] {
  const calls = callsFor(paging, one.number);
  const { status, nextAt } = calls;
  const { number, kind, to, expected, by, holder, reason = null, left } = one;
  return {
    number,
    kind,
    to,
    expected,
    by,
    askedAt: toIso(one.askedAt),
    reason,
    status: one.status,
    holder,
    left: left ? { ...left, at: toIso(left.at) } : null,
    paging: { status, nextAt: isoOr(nextAt), called: calledView(calls) },
  };
}

const offerView = (offer: IncidentState["offer"]): IncidentView["offer"] =>
  offer ? { ...offer, at: toIso(offer.at), until: toIso(offer.until) } : null;

/** One in force and one ahead are never more than two. */
const periodsShown = 2;

export const periodView = ({
  from,
  until,
  at,
  objectives,
  endSaid: _,
  ...period
}: Period): IncidentView["plan"][number] => ({
  ...period,
  objectives: [...objectives],
  from: toIso(from),
  until: toIso(until),
  at: toIso(at),
});

export function taskView(task: Task): IncidentView["tasks"][number] {
  const { due, at, givenAt: _, staleAt, left, period, workstream, ...shown } = task;
  return {
    ...shown,
    workstream: workstream ?? null,
    period: period ?? null,
    due: isoOr(due),
    at: toIso(at),
    staleAt: isoOr(staleAt ?? null),
    left: left ? { ...left, at: toIso(left.at) } : null,
  };
}

const hypothesisView = ({ at, evidence, left, ...one }: Hypothesis): IncidentView["hypotheses"][number] => ({
  ...one,
  at: toIso(at),
  evidence: evidence.map(({ source = null, sourceName = null, ...each }) => ({
    ...each,
    source,
    sourceName,
    at: toIso(each.at),
  })),
  left: left ? { ...left, at: toIso(left.at) } : null,
});

const solutionView = (solution: IncidentState["solution"]): IncidentView["solution"] =>
  solution
    ? {
        ...solution,
        exceeds: solution.exceeds ?? null,
        considered: [...solution.considered],
        at: toIso(solution.at),
      }
    : null;

const closureView = (closure: IncidentState["closure"]): IncidentView["closure"] =>
  closure
    ? { ...closure, checked: closure.checked ? { ...closure.checked, at: toIso(closure.checked.at) } : null }
    : null;

const derogationView = ({ at, review, ...one }: Derogation): IncidentView["derogations"][number] => ({
  ...one,
  silent: [...one.silent],
  at: toIso(at),
  review: review ? { ...review, at: toIso(review.at) } : null,
});

const requestsView = ({ closure, reopening, joined = [], derogations = [], help = [] }: IncidentState) => ({
  closure: closureView(closure),
  derogations: derogations.map(derogationView),
  help: help.map(helpView),
  joined: joined.map((one) => ({ ...one, at: toIso(one.at) })),
  reopening: reopening ? reopeningView(reopening) : null,
});

const reopeningView = ({ at, declined, ...one }: Reopening): NonNullable<IncidentView["reopening"]> => ({
  ...one,
  at: toIso(at),
  declined: declined ? { ...declined, at: toIso(declined.at) } : null,
});

const helpView = ({ at, answered, ...one }: HelpAsked): IncidentView["help"][number] => ({
  ...one,
  at: toIso(at),
  answered: answered ? { ...answered, at: toIso(answered.at) } : null,
});

const isoOr = (at: Instant | null): string | null => (at === null ? null : toIso(at));

export function serviceOf(id: string | null, directory: Directory, language: Language): IncidentView["service"] {
  const service = id === null ? undefined : directory.services.get(id);
  return service ? { id: service.id, name: language === "fr" ? service.nameFr : service.nameEn } : null;
}

export function assignedOf(
  incident: IncidentState,
  directory: Directory,
  language: Language,
): IncidentView["assigned"] {
  const { person, team, function: duty } = incident.assigned ?? {};
  if (person) return { kind: "person", id: person, name: directory.people.get(person)?.name ?? person };
  if (team) return { kind: "team", id: team, name: directory.teams.get(team)?.name ?? team };
  if (!duty) return null;
  const known = directory.functions.get(duty);
  return { kind: "function", id: duty, name: (language === "fr" ? known?.nameFr : known?.nameEn) ?? duty };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** By id, by number, or by its short form for the current year: `INC-123`. Undefined for what the viewer may not see. */
export async function findIncident(
  { db, viewer }: Reading,
  idOrNumber: string,
  year: number,
): Promise<IncidentRow | undefined> {
  const named = byIdOrNumber(idOrNumber, year);
  return named
    ? visibleIncidents(db, viewer).select(columns).where(named.by, "=", named.value).executeTakeFirst()
    : undefined;
}

export function byIdOrNumber(
  text: string,
  year: number,
): { readonly by: "id" | "number"; readonly value: string } | null {
  if (uuid.test(text)) return { by: "id", value: text.toLowerCase() };
  const number = fullNumber(text, year);
  return number === null ? null : { by: "number", value: number };
}

export function fullNumber(text: string, year: number): string | null {
  const [, prefix, longYear, digits] = /^(INC|EX)-(?:(\d{4})-)?(\d{1,9})$/i.exec(text) ?? [];
  return prefix && digits ? `${prefix.toUpperCase()}-${longYear ?? year}-${digits.padStart(6, "0")}` : null;
}

/** Those of these ids that the viewer may see, in their order. */
export async function readRows({ db, viewer }: Reading, ids: readonly string[]): Promise<IncidentRow[]> {
  if (ids.length === 0) return [];
  const rows = await visibleIncidents(db, viewer)
    .select(columns)
    .where("id", "in", [...ids])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export type BoardAsked = {
  readonly limit: number;
  readonly mine: boolean;
  readonly ids: readonly string[] | null;
  /** What a query asks. */
  readonly narrowed: readonly Expression<SqlBool>[];
  readonly order: BoardOrdering;
};

/** Open incidents in the order in which they want attention, or in that of what is due. */
export async function readBoard(
  { db, viewer }: Reading,
  { limit, mine, ids, narrowed, order }: BoardAsked,
): Promise<(IncidentRow & BoardColumns)[]> {
  let query = visibleIncidents(db, viewer)
    .select([...columns, "priority", "reported_at"])
    .where("is_open", "=", true);
  for (const condition of narrowed) query = query.where(condition);
  if (ids !== null) query = query.where("id", "in", [...ids]);
  if (order.after !== null) query = query.where(behind(order));
  if (mine) {
    const { id, teams } = viewer.actor;
    query = query.where((where) =>
      where.or([
        where("assigned_person", "=", id),
        where("accepted_by", "=", id),
        ...(teams.length > 0 ? [where("assigned_team", "in", [...teams])] : []),
      ]),
    );
  }
  for (const [column, direction] of orderings[order.by]) query = query.orderBy(column, direction);
  return query.limit(limit).execute();
}

export async function countBoard({ db, viewer }: Reading): Promise<{ open: number; unaccepted: number; mine: number }> {
  const { id } = viewer.actor;
  const row = await visibleIncidents(db, viewer)
    .where("is_open", "=", true)
    .select((select) => [
      select.fn.countAll<number>().as("open"),
      select.fn.countAll<number>().filterWhere("accepted_by", "is", null).as("unaccepted"),
      select.fn
        .countAll<number>()
        .filterWhere((where) => where.or([where("accepted_by", "=", id), where("assigned_person", "=", id)]))
        .as("mine"),
    ])
    .executeTakeFirstOrThrow();
  return { open: Number(row.open), unaccepted: Number(row.unaccepted), mine: Number(row.mine) };
}
