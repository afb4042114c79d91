/** What whoever takes over must know; and everything under way at one glance. Nothing is decided here. */
import { type ActionPlan, readActionPlan } from "../../contract/action-plan.ts";
import * as contract from "../../contract/coordination.ts";
import { type BriefView, type Watched, watchMax } from "../../contract/coordination.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { addressee } from "../../core/desk/targets.ts";
import type { PagingState } from "../../core/escalation/paging-state.ts";
import { briefOf, type NextDeadline } from "../../core/incidents/brief.ts";
import { periodStatus } from "../../core/incidents/periods.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { stageOf } from "../../core/incidents/state.ts";
import { openTasks } from "../../core/incidents/tasks.ts";
import { byNeed, watchedOf } from "../../core/incidents/watching.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { namesOfAsked } from "./asks.ts";
import { find, type IncidentsKnown, readingOf } from "./routes.ts";
import {
  assignedOf,
  countBoard,
  dueOf,
  type IncidentRow,
  periodView,
  readBoard,
  serviceOf,
  taskView,
  titleOf,
} from "./views.ts";

export function coordinationRoutes(serve: Serve, known: IncidentsKnown): void {
  serve(contract.readIncidentBrief, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    return briefView(row, known.directory(), languageOf(request), known.clock.now());
  });
  serve(readActionPlan, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    return planView(row.incident as IncidentState, known.clock.now());
  });
  serve(contract.readWatch, async ({ request, query }) => {
    const reading = readingOf(known, request);
    const now = known.clock.now();
    const order = { by: "attention", after: null } as const;
    const asked = { limit: watchMax, mine: false, ids: null, narrowed: [], order };
    const [rows, { open }] = await Promise.all([readBoard(reading, asked), countBoard(reading)]);
    const all = rows
      .map((row) => watchedView(row, reading.directory, reading.language, now))
      .sort((a, b) => byNeed(ordered(a), ordered(b)));
    return {
      at: toIso(now),
      data: query.silent === "true" ? all.filter(({ silent }) => silent) : all,
      counts: {
        underWay: open,
        silent: all.filter(({ silent }) => silent).length,
        uncoordinated: all.filter(({ coordinator }) => coordinator === null).length,
        overdue: all.reduce((sum, { tasks }) => sum + tasks.overdue, 0),
      },
      truncated: open > rows.length,
    };
  });
}

function planView({ periods = [], tasks = [] }: IncidentState, now: number): ActionPlan {
  const data = periods.map((one) => ({
    ...periodView(one),
    status: periodStatus(one, now),
    tasks: tasks.filter(({ period }) => period === one.number).map(taskView),
  }));
  const over = new Set(data.filter(({ status }) => status === "over").map(({ number }) => number));
  const carried = openTasks({ tasks }).filter(({ period }) => period === undefined || over.has(period));
  return { at: toIso(now), data: data.reverse(), carried: carried.map(taskView) };
}

const ordered = ({ heardAt, silent, priority }: Watched) => ({ silent, priority, heardAt: Date.parse(heardAt) });

const nextView = (next: NextDeadline | null): Watched["next"] =>
  next ? { what: next.what, at: next.at, number: next.number ?? null, target: next.target ?? null } : null;

function watchedView(row: IncidentRow, directory: Directory, language: Language, now: number): Watched {
  const incident = row.incident as IncidentState;
  const { heardAt, next, unfilled, ...watched } = watchedOf(incident, row.paging as PagingState, now, dueOf(row));
  const nameOf = namesOfAsked(incident, directory, language);
  return {
    id: row.id,
    number: row.number,
    title: titleOf(incident.title, language),
    language: incident.language,
    exercise: incident.exercise,
    stage: stageOf(incident),
    priority: incident.priority,
    service: serviceOf(incident.service, directory, language),
    reportedAt: toIso(incident.milestones.reported ?? incident.updatedAt),
    acceptedBy: incident.acceptedBy,
    coordinator: incident.coordinator,
    coordinationWanted: incident.coordinationWanted,
    offeredTo: incident.offer?.to ?? null,
    ...watched,
    heardAt: toIso(heardAt),
    unfilled: unfilled.map(nameOf),
    next: nextView(next),
  };
}

function briefView(row: IncidentRow, directory: Directory, language: Language, now: number): BriefView {
  const incident = row.incident as IncidentState;
  const brief = briefOf(incident, row.paging as PagingState, now, dueOf(row));
  const nameOf = namesOfAsked(incident, directory, language);
  const named = (id: string) => ({ id, name: nameOf(id) });
  return {
    ...brief,
    assigned: assignedOf(incident, directory, language)?.name ?? null,
    roles: brief.roles.map(({ role, name }) => ({ id: role, role: nameOf(role), name })),
    unfilled: brief.unfilled.map(named),
    tasks: [...brief.tasks],
    workstreams: [...(brief.workstreams ?? [])],
    escalations: brief.escalations.map((one) => ({ ...one, to: addresseeName(directory, incident.service, one.to) })),
    unanswered: brief.unanswered.map(named),
    unknown: brief.unknown.map(named),
    missing: [...brief.missing],
    next: nextView(brief.next),
  };
}

function addresseeName(directory: Directory, service: string | null, to: string): string {
  const found = addressee(directory, service, to);
  if (isRefusal(found)) return to;
  return "policy" in found ? found.policy.name : found.name;
}
