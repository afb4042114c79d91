/** What awaits one person, of one incident: the act that is theirs to do, why it is theirs, and until when. Nothing stands here that
 *  they may not do. */
import { isAsked } from "../access/can.ts";
import { maySee } from "../access/restriction.ts";
import { type AwaitedCommand, sfia8 } from "../directory/responsibility.ts";
import { callsFor, type PagingState } from "../escalation/paging-state.ts";
import type { AwaitedOfSecurity } from "../kernel/security-words.ts";
import { type Actor, type AwaitedWhy, flags, type Instant, type Priority } from "../kernel/vocabulary.ts";
import type { Nearest } from "./clocks.ts";
import { openReopening } from "./closing.ts";
import { wordsOfRestoration, wordWanted } from "./confirming-restored.ts";
import { accessFacts, whyNot } from "./decide.ts";
import { toOwner } from "./escalations.ts";
import { openHelp } from "./help.ts";
import { type DaysOf, legalLegsOf } from "./legal-clocks.ts";
import { admissionOf } from "./restricting.ts";
import { type IncidentState, isOver } from "./state.ts";
import { openTasks } from "./tasks.ts";
import { activeTeams, calledBy } from "./teams.ts";
import { openStreams, silentAtOf } from "./workstreams.ts";

export type Awaited<Command = AwaitedCommand | AwaitedOfSecurity> = {
  /** Null: what is under way, of which the page says the next act. */
  readonly command: Command | null;
  /** Of the task, the workstream, the escalation, the team or the derogation that it is about. */
  readonly number: number | null;
  /** What that is called, as people wrote it. */
  readonly about: string | null;
  readonly why: AwaitedWhy;
  readonly until: Instant | null;
  /** Which of its targets that is. */
  readonly target: Nearest["kind"] | null;
};

export type AwaitingFacts = {
  readonly paging: PagingState;
  /** Which of its targets is due first. */
  readonly due: Nearest | null;
  /** Days on which the places of laws work. */
  readonly daysOf: DaysOf;
  /** Whether they own a service that it concerns. */
  readonly owns: boolean;
};

type Seen = AwaitingFacts & { readonly state: IncidentState; readonly actor: Actor };

export function awaitedOf(state: IncidentState, actor: Actor, facts: AwaitingFacts): Awaited<AwaitedCommand>[] {
  if (actor.id === null || !maySee(admissionOf(state), actor)) return [];
  const seen = { ...facts, state, actor };
  const all =
    state.ended === null
      ? [
          ...callOf(seen),
          ...coordinationOf(seen),
          ...askedOf(seen),
          ...helpOf(seen),
          ...workOf(seen),
          ...judgedOf(seen),
          ...wordOf(seen),
        ]
      : [];
  const acts = [...all, ...owedOf(seen), ...checkedOf(seen)].filter(
    ({ command, number }) => whyNot(state, command, actor, number ?? undefined) === null,
  );
  return [...acts, ...(state.ended === null ? heldOf(seen) : [])];
}

type Act = Awaited<AwaitedCommand> & { readonly command: AwaitedCommand };
const awaited = (command: AwaitedCommand, why: AwaitedWhy, more: Partial<Omit<Awaited, "command">> = {}): Act => ({
  ...{ number: null, about: null, until: null, target: null },
  command,
  why,
  ...more,
});

/** Nobody has it, and they are called, or it is addressed to them. */
function callOf({ state, actor, paging }: Seen): Act[] {
  if (state.acceptedBy !== null || isOver(state) || !isAsked(actor, accessFacts(state))) return [];
  const until = paging.status === "running" ? paging.nextAt : null;
  const called = until !== null && paging.pages.some((page) => page.personId === actor.id);
  return [awaited("accept", called ? "called" : "addressed", { until })];
}

function coordinationOf({ state, actor }: Seen): Act[] {
  const { offer, coordinationWanted, acceptedBy } = state;
  if (offer?.to.id === actor.id)
    return [awaited("accept-coordination", "offered", { until: offer.until, about: offer.by.name })];
  const able = (actor.level ?? 0) >= sfia8.coordinatesFrom && acceptedBy?.id !== actor.id;
  return coordinationWanted && able ? [awaited("accept-coordination", "level")] : [];
}

/** Escalations and specialised teams that wait for their answer. */
function askedOf({ state, actor, paging, owns }: Seen): Act[] {
  const own = new Set<string>([actor.id ?? "", ...actor.teams, ...actor.functions, ...(owns ? [toOwner] : [])]);
  const escalations = (state.escalations ?? []).flatMap(({ number, status, to, expected }) => {
    const called = callsFor(paging, number).pages.some((page) => page.personId === actor.id);
    if (status !== "requested" || !(own.has(to) || called)) return [];
    const until = callsFor(paging, number).nextAt;
    const why = to === toOwner && owns ? ("owner" as const) : ("addressed" as const);
    return [awaited("acknowledge-escalation", why, { number, until, about: expected })];
  });
  const called = calledBy(state, paging, actor.id);
  const teams = activeTeams(state)
    .filter(({ number, members }) => called.includes(number) && !members.some(({ id }) => id === actor.id))
    .map(({ number, name, until }) => awaited("join-team", "called", { number, about: name, until }));
  return [...escalations, ...teams];
}

/** Help that was asked for: for all who may judge it, since whoever coordinates may not be of that level. */
function helpOf({ state, actor }: Seen): Act[] {
  const why = state.coordinator?.id === actor.id ? ("holds" as const) : ("level" as const);
  return openHelp(state).map(({ number, text }) => awaited("confirm-help", why, { number, about: text }));
}

function workOf({ state, actor }: Seen): Act[] {
  const tasks = openTasks(state)
    .filter(({ owner }) => owner?.id === actor.id)
    .map(({ number, text, due }) => awaited("complete-task", "yours", { number, about: text, until: due }));
  const streams = openStreams(state).flatMap((stream) => {
    const { number, title: about, lead, offer, due } = stream;
    if (offer?.to.id === actor.id)
      return [awaited("accept-workstream", "offered", { number, about, until: offer.until })];
    if (lead.id !== actor.id) return [];
    const news = silentAtOf(stream, state.priority);
    const until = news === null ? due : Math.min(news, due ?? news);
    return [awaited("update-workstream", "yours", { number, about, until })];
  });
  return [...tasks, ...streams];
}

/** What a level decides. */
function judgedOf({ state, actor }: Seen): Act[] {
  const { major, flags: known = {}, investigator } = state;
  const level = actor.level ?? 0;
  const deciding = (name: AwaitedCommand): boolean => {
    const asked = sfia8.commands[name];
    return asked.kind === "level" && level >= asked.level;
  };
  const majors = major?.status === "proposed" && deciding("declare-major") ? [awaited("declare-major", "level")] : [];
  if (!deciding("raise-flag")) return majors;
  const proposed = flags.some((flag) => known[flag]?.status === "proposed");
  const raised = flags.some((flag) => known[flag]?.status === "raised");
  return [
    ...majors,
    ...(proposed ? [awaited("raise-flag", "level")] : []),
    ...(raised && investigator === undefined ? [awaited("take-investigation", "level")] : []),
  ];
}

/** Whether it works, from whoever owns it. */
function wordOf({ state, actor, owns }: Seen): Act[] {
  if (!owns || state.milestones.restored === undefined || wordWanted(state) === null) return [];
  const said = wordsOfRestoration(state).some(({ id }) => id === actor.id);
  return said ? [] : [awaited("confirm-restored", "owner")];
}

/** Of each law that presses, what is to be told first: to whoever has the incident, and whoever assessed it. */
function owedOf({ state, actor, daysOf }: Seen): Act[] {
  const { obligations = [], coordinator, acceptedBy } = state;
  const holds = coordinator?.id === actor.id || acceptedBy?.id === actor.id;
  return obligations.flatMap((obligation) => {
    if (!holds && obligation.assessedBy.id !== actor.id) return [];
    const legs = legalLegsOf(obligation, daysOf(obligation.law)).flatMap(({ pressesAt }) => pressesAt ?? []);
    return legs.length === 0
      ? []
      : [awaited("record-submission", "holds", { about: obligation.law, until: Math.min(...legs) })];
  });
}

/** What somebody else looks at afterwards: of level 5, and that it be opened again whoever may do that. */
function checkedOf({ state }: Seen): Act[] {
  const { closure, derogations = [] } = state;
  const asked = openReopening(state);
  return [
    ...(asked ? [awaited("reopen", "level", { about: asked.reason })] : []),
    ...(closure?.check === "due" ? [awaited("accept-closure", "level")] : []),
    ...derogations
      .filter(({ review }) => review === undefined)
      .map(({ number, by }) => awaited("review-derogation", "level", { number, about: by.name })),
  ];
}

/** What they coordinate or have stays theirs, by its first target, also while one of its acts stands above. */
function heldOf({ state, actor, due }: Seen): Awaited<AwaitedCommand>[] {
  const holds = state.coordinator?.id === actor.id || state.acceptedBy?.id === actor.id;
  if (!holds) return [];
  const { dueAt = null, kind = null } = due ?? {};
  return [{ command: null, number: null, about: null, why: "holds", until: dueAt, target: kind }];
}

type Ordered = Pick<Awaited, "until"> & { readonly priority: Priority | null };

/** What is due first; what has no time, by weight. */
export const bySoonest = (a: Ordered, b: Ordered): number =>
  (a.until ?? Number.POSITIVE_INFINITY) - (b.until ?? Number.POSITIVE_INFINITY) ||
  (a.priority ?? 6) - (b.priority ?? 6);
