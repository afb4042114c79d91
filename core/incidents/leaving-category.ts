/** Leaving a category takes off what it asked. Where some of that is still open, it is said why; and once somebody has taken charge,
 *  whoever may close judges it, or an incident would be closed past what it was asked. */
import type { ProcessLevel } from "../directory/category-process.ts";
import { usualLevel } from "../directory/responsibility.ts";
import type { Stamp } from "../kernel/stamp.ts";
import { minuteMs } from "../kernel/time.ts";
import type { CategoryId, Instant } from "../kernel/vocabulary.ts";
import type { IncidentCommand } from "./commands.ts";
import { type Demands, demandsIn, demandsOf, openRecoveryItems, unmetCriteria } from "./demands.ts";
import { effectiveProcess } from "./effective-process.ts";
import type { EventOf } from "./events.ts";
import { withoutMajor } from "./major.ts";
import { unmetRoles } from "./roles.ts";
import type { IncidentState } from "./state.ts";

/** Who gave the categories last, and which there were before: what somebody puts back at once was a slip. */
export type Recategorised = {
  readonly at: Instant;
  readonly by: string | null;
  readonly from: readonly CategoryId[];
};

/** Longer than an undo is offered: a slow network is no reason to refuse it. */
const slipMs = minuteMs;

/** Would something that is asked, and still open, be asked no longer? */
export function leavesOpen(state: IncidentState, command: IncidentCommand): boolean {
  if (command.name !== "categorise") return false;
  const { categories, processes = [] } = command.input;
  /* The major one is stood down, which has rules of its own. */
  const isLeft = withoutMajor(state.categories).some((id) => !categories.includes(id));
  return isLeft && !isSlip(state, command) && loses(state, demandsOf(effectiveProcess(processes)));
}

function isSlip(
  { recategorised }: IncidentState,
  { input, envelope }: Extract<IncidentCommand, { name: "categorise" }>,
): boolean {
  if (recategorised === undefined || recategorised.by === null) return false;
  const { at, by, from } = recategorised;
  const same = new Set([...from, ...input.categories]).size === from.length;
  return by === envelope.actor.id && envelope.at - at <= slipMs && same && from.length === input.categories.length;
}

/** What closing would have waited for, somebody other than whoever closes it looking at it, or a level that it raised. */
function loses(state: IncidentState, next: Demands): boolean {
  const now = demandsIn(state);
  const kept = next.roles.flatMap(({ id, required }) => (required ? [id] : []));
  return (
    unmetCriteria(state).some((id) => !next.criteria.includes(id)) ||
    openRecoveryItems(state).some((id) => !next.recovery.includes(id)) ||
    unmetRoles(state).some((id) => !kept.includes(id)) ||
    (now.closureCheck === true && next.closureCheck !== true) ||
    now.levels.some((one) => isRaised(one) && levelIn(next, one) < one.level)
  );
}

const isRaised = ({ command, level }: ProcessLevel): boolean => level > usualLevel(command);
const levelIn = ({ levels }: Demands, { command }: ProcessLevel): number =>
  levels.find((one) => one.command === command)?.level ?? usualLevel(command);

/** What was asked for other categories is asked no longer; what was answered stays. */
export function recategorised(
  { demands: _, ...state }: IncidentState,
  { categories, processes }: EventOf<"incident.categorised">["data"],
  { actor, recordedAt: at }: Stamp,
): IncidentState {
  return {
    ...state,
    categories,
    ...(processes && { demands: demandsOf(effectiveProcess(processes)) }),
    recategorised: { at, by: actor.id, from: state.categories },
  };
}
