/** What several categories ask of one incident together: everything that any of them asks, and the strictest where they ask
 *  differently (R-11 of the reading of the seed). Order counts for words alone: what two name alike reads as the first says. */
import type {
  AllowedPause,
  CategoryProcess,
  ConfirmedBy,
  FlagRule,
  Item,
  NoticeRule,
  ProcessLevel,
  Question,
  Role,
  Target,
} from "../directory/category-process.ts";
import {
  confirmers,
  measureOf,
  notifiedActions,
  pausedPriorities,
  processName,
} from "../directory/category-process.ts";
import { defaultPauses } from "../directory/default-pauses.ts";
import {
  type GrantedLevel,
  type IncidentCommandName,
  type ResponsibilityProfile,
  sfia8,
} from "../directory/responsibility.ts";
import type { CategoryId, Priority } from "../kernel/vocabulary.ts";

/** With the categories that ask for it. */
export type Asked<T> = T & { readonly categories: readonly CategoryId[] };

export type EffectiveProcess = {
  /** Which versions, in the order in which they speak. */
  readonly pinned: readonly string[];
  readonly questions: readonly Asked<Question>[];
  readonly roles: readonly Asked<Role>[];
  /** One for each thing and priority, in minutes. */
  readonly targets: readonly EffectiveTarget[];
  readonly recovery: readonly Asked<Item>[];
  readonly criteria: readonly Asked<Item>[];
  readonly levels: readonly ProcessLevel[];
  /** What every one of them lets stop the clocks, each for the fewest minutes. */
  readonly pauses: readonly AllowedPause[];
  /** One of them asks that its closure be checked. */
  readonly closureCheck: boolean;
  /** The owner alone, where any of them asks for the owner alone. */
  readonly confirmedBy: ConfirmedBy | null;
  readonly flags: readonly Asked<FlagRule>[];
  /** One for each action, in the fewest minutes. */
  readonly notices: readonly NoticeRule[];
};

export type EffectiveTarget = Asked<{
  readonly kind: Target["kind"];
  readonly priority: Priority;
  readonly minutes: number;
  readonly openHours: boolean;
  readonly calendar?: string | undefined;
}>;

export function effectiveProcess(
  processes: readonly CategoryProcess[],
  profile: ResponsibilityProfile = sfia8,
): EffectiveProcess {
  return {
    pinned: processes.map(processName),
    questions: union(processes, ({ questions }) => questions, strictestQuestion),
    roles: union(processes, ({ roles }) => roles, strictestRole),
    targets: strictestTargets(processes),
    recovery: union(processes, ({ recovery }) => recovery, first),
    criteria: union(processes, ({ criteria }) => criteria, first),
    levels: strictestLevels(processes, profile),
    pauses: strictestPauses(processes),
    confirmedBy: confirmers.find((one) => processes.some(({ confirmedBy }) => confirmedBy === one)) ?? null,
    closureCheck: processes.some(({ closureCheck }) => closureCheck === true),
    flags: union(processes, ({ flags = [] }) => flags, first),
    notices: soonestNotices(processes),
  };
}

function union<T extends Item>(
  processes: readonly CategoryProcess[],
  listOf: (process: CategoryProcess) => readonly T[],
  both: (one: T, other: T) => T,
): Asked<T>[] {
  const found = new Map<string, Asked<T>>();
  for (const process of processes) {
    for (const one of listOf(process)) {
      const known = found.get(one.id);
      const categories = [...(known?.categories ?? []), process.category];
      found.set(one.id, { ...(known ? both(known, one) : one), categories });
    }
  }
  return [...found.values()];
}

const first = <T>(one: T): T => one;

/** Asked in another way by each, it is asked as the first does: an answer that fits one must not be refused by the other. */
const strictestQuestion = (one: Question, other: Question): Question => ({
  ...one,
  required: one.required || other.required,
});

const strictestRole = (one: Role, other: Role): Role => ({
  ...one,
  level: higher(one.level, other.level),
  ...((one.required || other.required) && { required: true }),
});

const higher = (one: GrantedLevel | null, other: GrantedLevel | null): GrantedLevel | null =>
  one === null ? other : other === null || one >= other ? one : other;

const priorities: readonly Priority[] = [1, 2, 3, 4, 5];

/** The fewest minutes. Open hours and the clock on the wall cannot be compared without a calendar: both stand. */
function strictestTargets(processes: readonly CategoryProcess[]): EffectiveTarget[] {
  const found = new Map<string, EffectiveTarget>();
  for (const { category, targets } of processes) {
    for (const target of targets) {
      const { kind, priorities: only = priorities, minutes, openHours = false, calendar } = target;
      for (const priority of only) {
        const slot = `${kind} ${priority} ${measureOf(target)}`;
        const known = found.get(slot);
        if (known && known.minutes < minutes) continue;
        const categories = known?.minutes === minutes ? [...known.categories, category] : [category];
        found.set(slot, { kind, priority, minutes, openHours, ...(calendar && { calendar }), categories });
      }
    }
  }
  return [...found.values()];
}

function soonestNotices(processes: readonly CategoryProcess[]): NoticeRule[] {
  const all = processes.flatMap(({ notices = [] }) => notices);
  return notifiedActions.flatMap((action) => {
    const minutes = all.flatMap((one) => (one.action === action ? one.minutes : []));
    return minutes.length === 0 ? [] : [{ action, minutes: Math.min(...minutes) }];
  });
}

function strictestPauses(processes: readonly CategoryProcess[]): AllowedPause[] {
  const lists = processes.map(({ pauses }) => pauses ?? defaultPauses);
  const [some = [], ...others] = lists;
  return some.flatMap((one) => {
    const same = others.map((list) => list.find(({ id }) => id === one.id));
    if (same.includes(undefined)) return [];
    const all = [one, ...same.filter((other) => other !== undefined)];
    const { onSupplier: _, priorities: __, ...named } = one;
    return [{ ...named, minutes: Math.min(...all.map(({ minutes }) => minutes)), ...byItself(all) }];
  });
}

/** By itself only where all of them say so, until the first of what they wait for, at the priorities that all name. */
function byItself(all: readonly AllowedPause[]): Pick<AllowedPause, "onSupplier" | "priorities"> {
  const waits = all.map(({ onSupplier }) => onSupplier);
  if (waits.includes(undefined)) return {};
  const lists = all.map(({ priorities: only }) => only ?? pausedPriorities);
  return {
    onSupplier: waits.includes("answered") ? "answered" : "restored",
    priorities: priorities.filter((priority) => lists.every((list) => list.includes(priority))),
  };
}

/** The highest that any asks, a category that says nothing asking what the profile does: a level is lowered only where
 *  every category of the incident lowers it. */
function strictestLevels(processes: readonly CategoryProcess[], profile: ResponsibilityProfile): ProcessLevel[] {
  const named = new Set<IncidentCommandName>(processes.flatMap(({ levels }) => levels.map(({ command }) => command)));
  return [...named].flatMap((command) => {
    const usual = profile.commands[command];
    if (usual.kind !== "level") return [];
    const asked = processes.map(({ levels }) => levels.find((one) => one.command === command)?.level ?? usual.level);
    const level = Math.max(...asked) as GrantedLevel;
    return level === usual.level ? [] : [{ command, level }];
  });
}
