/** The one act an incident wants now: what its page shows first, with the time left. Order follows the harm of waiting:
 *  somebody must have it, then its weight is settled, then the service comes back, then the rest. */
import type { Me } from "#contract/account.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { isAsked } from "#core/access/can.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { sfia8 } from "#core/directory/responsibility.ts";
import { accessFacts, whyNot } from "#core/incidents/decide.ts";
import type { Refusal } from "#core/kernel/refusal.ts";
import type { Instant } from "#core/kernel/vocabulary.ts";
import { hasEnded, isMajor, startOf } from "./arrangement.ts";
import { actorFromMe, stateFromView } from "./state-from-view.ts";
import { unsettledIn } from "./unsettled.ts";

export type NextAct = {
  readonly command: IncidentCommandName;
  /** When waiting has a cost that is already planned: the next people will be called. */
  readonly until: Instant | null;
  readonly refusal: Refusal | null;
};

const order: readonly { command: IncidentCommandName; wanted: (view: IncidentView, me: Me) => boolean }[] = [
  { command: "accept", wanted: (view) => view.acceptedBy === null && view.milestones.restored === undefined },
  { command: "accept", wanted: isWantedToo },
  { command: "accept-coordination", wanted: (view, me) => view.offer?.to.id === me.id },
  { command: "accept-coordination", wanted: (view) => view.coordinationWanted },
  { command: "declare-major", wanted: (view) => view.major?.status === "proposed" },
  { command: "register", wanted: (view) => view.milestones.registered === undefined },
  { command: "confirm-priority", wanted: (view) => view.milestones.prioritised === undefined },
  { command: "categorise", wanted: (view) => view.milestones.categorised === undefined },
  { command: "declare-restored", wanted: (view) => view.milestones.restored === undefined },
  { command: "gather", wanted: (view) => view.asks.openQuestions > 0 && view.milestones.resolved === undefined },
  { command: "accept", wanted: (view) => view.acceptedBy === null },
  { command: "declare-resolved", wanted: (view) => view.milestones.resolved === undefined },
  { command: "complete-recovery-item", wanted: isRecovering },
  { command: "confirm-recovery", wanted: (view) => view.milestones.recovered === undefined },
  { command: "complete-documentation", wanted: (view) => view.milestones.documented === undefined },
  { command: "confirm-criterion", wanted: (view) => view.asks.criteria.some(({ met }) => !met) },
  { command: "close", wanted: () => true },
];

/** `beside`: what stands beside it with its own buttons, and is not offered twice. */
export function nextAct(view: IncidentView, me: Me, beside?: IncidentCommandName): NextAct | null {
  if (hasEnded(view)) return null;
  const state = stateFromView(view);
  const actor = actorFromMe(me);
  const open = order.filter((one) => one.command !== beside && one.wanted(view, me));
  const allowed = open.find((one) => whyNot(state, one.command, actor) === null);
  const chosen = allowed ?? open[0];
  if (!chosen) return null;
  return {
    command: chosen.command,
    until: chosen.command === "accept" ? callsNextAt(view) : null,
    refusal: whyNot(state, chosen.command, actor) ?? unsettledIn(view, chosen.command),
  };
}

function isRecovering({ asks, milestones }: IncidentView): boolean {
  return asks.openRecovery > 0 && milestones.recovered === undefined;
}

/** More must accept than have, and this person is asked to be one of them. */
function isWantedToo({ acceptedBy, asked, paging }: IncidentView, me: Me): boolean {
  const { acknowledged, needed, status } = paging;
  const goesOn = status === "running" || status === "exhausted";
  return (
    acceptedBy !== null &&
    goesOn &&
    acknowledged.length < needed &&
    asked.includes(me.id) &&
    !acknowledged.some(({ id }) => id === me.id)
  );
}

export function callsNextAt(view: IncidentView): Instant | null {
  return view.paging.status === "running" && view.paging.nextAt !== null ? Date.parse(view.paging.nextAt) : null;
}

export type Todo = {
  readonly view: IncidentView;
  readonly why: "called" | "asked" | "offered" | "coordinate" | "task" | "next";
  readonly command: IncidentCommandName;
  readonly until: Instant | null;
  /** Its number, where it is about one. */
  readonly task?: number;
};

/** What waits for this person, most pressing first. */
export function todoOf(views: readonly IncidentView[], me: Me): Todo[] {
  return views
    .map((view) => todoFor(view, me))
    .filter((one) => one !== null)
    .sort(
      (a, b) =>
        (a.until ?? Number.POSITIVE_INFINITY) - (b.until ?? Number.POSITIVE_INFINITY) ||
        Number(isMajor(b.view)) - Number(isMajor(a.view)) ||
        (a.view.priority ?? 6) - (b.view.priority ?? 6) ||
        startOf(a.view) - startOf(b.view),
    );
}

function todoFor(view: IncidentView, me: Me): Todo | null {
  if (hasEnded(view)) return null;
  const untaken = view.acceptedBy === null && view.milestones.restored === undefined;
  const until = callsNextAt(view);
  if (untaken && until !== null && view.paging.called.some((one) => one.id === me.id)) {
    return { view, why: "called", command: "accept", until };
  }
  if (untaken && isAsked(actorFromMe(me), accessFacts(stateFromView(view)))) {
    return { view, why: "asked", command: "accept", until };
  }
  if (view.offer?.to.id === me.id)
    return { view, why: "offered", command: "accept-coordination", until: Date.parse(view.offer.until) };
  const level = me.level ?? 0;
  if (view.coordinationWanted && level >= sfia8.coordinatesFrom && view.acceptedBy?.id !== me.id) {
    return { view, why: "coordinate", command: "accept-coordination", until: null };
  }
  if (view.coordinator?.id !== me.id && view.acceptedBy?.id !== me.id) return taskFor(view, me);
  const next = nextAct(view, me);
  return next && next.refusal === null ? { view, why: "next", command: next.command, until: null } : null;
}

/** Of those who have no more of it than a task: the one that is due first. */
function taskFor(view: IncidentView, me: Me): Todo | null {
  const mine = view.tasks.filter(({ owner, status }) => owner?.id === me.id && status === "open");
  const [first] = mine.toSorted((a, b) => dueOf(a) - dueOf(b));
  if (!first) return null;
  const until = first.due === null ? null : Date.parse(first.due);
  return { view, why: "task", command: "complete-task", until, task: first.number };
}

const dueOf = ({ due }: IncidentView["tasks"][number]): number =>
  due === null ? Number.POSITIVE_INFINITY : Date.parse(due);
