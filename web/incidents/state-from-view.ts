/** What the core's rules need of an incident, taken from what the API shows of it, so that the browser asks the very
 *  question the server will ask. Fields no rule of a command reads are left at their start. */
import type { Me } from "#contract/account.ts";
import type { IncidentView } from "#contract/shapes.ts";
import type { GrantedLevel } from "#core/directory/responsibility.ts";
import type { Demands } from "#core/incidents/demands.ts";
import { type IncidentState, initialIncident } from "#core/incidents/state.ts";
import type { Task } from "#core/incidents/tasks.ts";
import type { Workstream } from "#core/incidents/workstreams.ts";
import type { Actor, Instant, Level, Milestone } from "#core/kernel/vocabulary.ts";

/** That it was confirmed counts, and not by whom. */
const unsaid = { at: 0, by: "", text: null, notNeeded: false } as const;

export function stateFromView(view: IncidentView): IncidentState {
  const { stage } = view;
  return {
    ...initialIncident,
    number: view.number,
    title: { text: view.title },
    description: view.description,
    language: view.language,
    service: view.service?.id ?? null,
    process: view.process,
    exercise: view.exercise,
    milestones: datesOf(view),
    ended: stage === "closed" || stage === "dismissed" || stage === "merged" ? stage : null,
    mergedInto: view.mergedInto,
    categories: view.categories,
    proposedCategories: view.proposedCategories,
    domains: view.domains,
    ...flagsFrom(view),
    ...(view.major && {
      major: { ...view.major, at: Date.parse(view.major.at ?? ""), by: view.major.by ?? "", seen: [] },
    }),
    demands: demandsOf(view),
    confirmed: Object.fromEntries(view.asks.criteria.filter(({ met }) => met).map(({ id }) => [id, unsaid])),
    impact: view.impact,
    urgency: view.urgency,
    priority: view.priority,
    prioritySource: view.prioritySource,
    priorityReasons: view.priorityReasons,
    assigned: view.assigned === null ? null : { [view.assigned.kind]: view.assigned.id },
    asked: view.asked,
    acceptedBy: view.acceptedBy,
    coordinator: view.coordinator,
    coordinationWanted: view.coordinationWanted,
    ...(view.offer && {
      offer: { ...view.offer, at: Date.parse(view.offer.at), until: Date.parse(view.offer.until) },
    }),
    roles: rolesOf(view),
    tasks: view.tasks.map(taskFrom),
    workstreams: view.workstreams.map(streamFrom),
    periods: view.plan.map(({ from, until, at, ...one }) => ({
      ...one,
      from: Date.parse(from),
      until: Date.parse(until),
      at: Date.parse(at),
    })),
    ...toCheckFrom(view),
    hypotheses: view.hypotheses.map(({ at, evidence, left, ...one }) => ({
      ...one,
      at: Date.parse(at),
      evidence: evidence.map(({ side, text, by, at: when }) => ({ side, text, by, at: Date.parse(when) })),
      ...(left && { left: { ...left, at: Date.parse(left.at) } }),
    })),
    ...(view.detectedAs && { detectedAs: view.detectedAs }),
    ...requestsFrom(view),
    escalations: view.escalations.map(({ paging: _, askedAt, left, ...one }) => ({
      ...one,
      askedAt: Date.parse(askedAt),
      ...(left && { left: { ...left, at: Date.parse(left.at) } }),
    })),
    actedOn: view.paging.watchedUntil === null,
    ...(view.paused && { clocks: { pauses: [pauseOf(view.paused)] } }),
    ...(view.restriction && { restriction: restrictionOf(view.restriction) }),
    tlp: view.tlp,
    origin: view.origin === "report" ? { kind: "report", reportId: "", name: null } : null,
    recoveryStarted: view.recoveryStarted,
    relapses: view.relapses,
    updatedAt: Date.parse(view.updatedAt),
  };
}

/** Whoever reads it is admitted: whom it admits by their work is among its members all the same. */
const restrictionOf = ({ since, members, ...one }: NonNullable<IncidentView["restriction"]>) => ({
  ...one,
  since: Date.parse(since),
  members: members.map(({ kind, id, name, by, at, reason, until }) => ({
    kind,
    id,
    name,
    reason,
    by: by ?? "",
    at: Date.parse(at ?? since),
    ...(until !== null && { until: Date.parse(until) }),
  })),
  removed: [],
  seen: [],
});

const pauseOf = ({ pause, from, until }: NonNullable<IncidentView["paused"]>) => ({
  why: pause,
  from: Date.parse(from),
  until: Date.parse(until),
});

/** How a question is to be answered no button asks. */
function demandsOf({ asks }: IncidentView): Demands {
  const { pinned, recovery, levels } = asks;
  const questions = asks.questions.map((id) => ({ id, kind: "text", required: false }) as const);
  const roles = asks.roles.map(({ id, level, required }) => ({
    id,
    level: level as GrantedLevel | null,
    ...(required && { required }),
  }));
  return { pinned, questions, roles, recovery, criteria: asks.criteria.map(({ id }) => id), levels };
}

/** Of those that anybody holds, or held. */
const rolesOf = ({ asks }: IncidentView): NonNullable<IncidentState["roles"]> =>
  Object.fromEntries(
    asks.roles
      .filter(({ holder, met }) => holder !== null || met)
      .map(({ id, holder }) => [id, { holder: holder && { ...holder, at: 0, by: "" } }]),
  );

function datesOf(view: IncidentView): IncidentState["milestones"] {
  const dates: Partial<Record<Milestone, Instant>> = {};
  for (const [name, at] of Object.entries(view.milestones)) dates[name as Milestone] = Date.parse(at);
  return dates;
}

export function actorFromMe(me: Me): Actor {
  return {
    kind: "person",
    id: me.id,
    name: me.name,
    level: me.level as Level,
    admin: me.admin,
    teams: me.teams,
    functions: me.functions,
    onBehalfOf: null,
    via: "session",
  };
}

/** How it was closed, and who acted above their level. */
const flagsFrom = ({ flags, investigator }: IncidentView): Pick<IncidentState, "flags" | "investigator"> => ({
  ...(flags.length > 0 && {
    flags: Object.fromEntries(flags.map(({ flag, ...one }) => [flag, { ...one, at: Date.parse(one.at), seen: [] }])),
  }),
  ...(investigator && { investigator: { ...investigator, at: Date.parse(investigator.at) } }),
});

const requestsFrom = ({
  help,
  joined,
  reopening,
}: IncidentView): Pick<IncidentState, "help" | "joined" | "reopening"> => ({
  joined: joined.map((one) => ({ ...one, at: Date.parse(one.at) })),
  ...(reopening && {
    reopening: {
      ...reopening,
      at: Date.parse(reopening.at),
      declined: reopening.declined ? { ...reopening.declined, at: Date.parse(reopening.declined.at) } : undefined,
    },
  }),
  help: help.map(({ at, answered, ...one }) => ({
    ...one,
    at: Date.parse(at),
    ...(answered && { answered: { ...answered, at: Date.parse(answered.at) } }),
  })),
});

const toCheckFrom = ({ closure, derogations }: IncidentView): Pick<IncidentState, "closure" | "derogations"> => ({
  ...(closure && {
    closure: {
      ...closure,
      checked: closure.checked ? { ...closure.checked, at: Date.parse(closure.checked.at) } : undefined,
    },
  }),
  derogations: derogations.map(({ at, review, ...one }) => ({
    ...one,
    at: Date.parse(at),
    silent: [],
    review: review ? { ...review, at: Date.parse(review.at) } : undefined,
  })),
});

const saidFrom = (said: { at: string; by: string; text: string } | null) =>
  said && { ...said, at: Date.parse(said.at) };

/** When it was last heard of no button asks. */
function streamFrom(view: IncidentView["workstreams"][number]): Workstream {
  const { number, title, purpose, lead, status, due, at, offer, waits, news, left } = view;
  const [told, ended] = [saidFrom(news), saidFrom(left)];
  return {
    ...{ number, title, purpose, lead, status, by: "", team: view.team?.id ?? null },
    due: due === null ? null : Date.parse(due),
    at: Date.parse(at),
    heardAt: Date.parse(view.heardAt),
    ...(offer && {
      offer: {
        ...{ to: offer.to, by: { id: null, name: offer.by }, reason: null },
        ...{ at: Date.parse(offer.at), until: Date.parse(offer.until) },
      },
    }),
    ...(waits && { waits }),
    ...(told && { news: told }),
    ...(ended && { left: ended }),
  };
}

const taskFrom = ({ due, at, staleAt, left, period, workstream, ...one }: IncidentView["tasks"][number]): Task => ({
  ...one,
  ...(workstream !== null && { workstream }),
  ...(period !== null && { period }),
  due: due === null ? null : Date.parse(due),
  at: Date.parse(at),
  ...(staleAt !== null && { staleAt: Date.parse(staleAt) }),
  ...(left && { left: { ...left, at: Date.parse(left.at) } }),
});
