/** A paging policy: whom to reach, in which order, and how long to wait for a human answer. */

import type { DutyFunction, Person, Team, Webhook } from "../directory/types.ts";
import { toIso } from "../kernel/time.ts";
import type { ConditionKind, Instant } from "../kernel/vocabulary.ts";
import type { Absence } from "../oncall/final-schedule.ts";
import { type OnCall, onCallAt, type Schedule } from "../oncall/schedule.ts";
import { type About, type Conditions, unmet } from "./conditions.ts";

export type Target =
  | { readonly kind: "schedule"; readonly id: string }
  /** By somebody, for this incident, and not by a policy: it was assigned to them, or they are asked by an escalation. */
  | { readonly kind: "person"; readonly id: string; readonly assigned?: true; readonly escalated?: true }
  | { readonly kind: "team"; readonly id: string }
  | { readonly kind: "function"; readonly id: string }
  /** `first`: only the one who set the desk up. */
  | { readonly kind: "administrators"; readonly first: boolean }
  /** Is posted to when the step begins, and wakes nobody: never somebody reached, and never waited for. */
  | { readonly kind: "webhook"; readonly id: string };

export type Step = {
  readonly targets: readonly Target[];
  readonly timeoutMinutes: number;
  /** How many people must accept before calls stop; absent: one. */
  readonly acknowledgements?: number | undefined;
  /** Of the people it reaches only one is called: the one whom this policy called in turn longest ago. */
  readonly inTurn?: boolean | undefined;
  /** Without it, at any time and for any incident. */
  readonly when?: Conditions | undefined;
};

export type Policy = {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly Step[];
  /** How many more times the whole is gone through when nobody answers. */
  readonly repeat: number;
  /** By whose clocks its hours are read; absent where no step has hours. */
  readonly zone?: string | undefined;
  /** Whoever accepts and then does nothing for so long is taken not to have it: calls begin again. Absent: never. */
  readonly actWithinMinutes?: number | null | undefined;
};

/** Which conditions of a step do not hold; none: it counts. */
export const unmetIn = (policy: Policy, step: Step, about: About, at: Instant): ConditionKind[] =>
  unmet(step.when, about, at, policy.zone ?? "UTC");

export const callsInTurn = ({ steps }: Policy): boolean => steps.some(({ inTurn }) => inTurn);

export const stepsMax = 10;
export const repeatMax = 9;
export const timeoutMinutesMax = 24 * 60;
export const acknowledgementsMax = 20;

/** Out of the box, with nothing set up: the first administrator, then all of them. */
export const builtInPolicy: Policy = {
  id: "built-in",
  name: "built-in",
  steps: [
    { targets: [{ kind: "administrators", first: true }], timeoutMinutes: 5 },
    { targets: [{ kind: "administrators", first: false }], timeoutMinutes: 5 },
  ],
  repeat: 2,
};

/** Whoever an incident was assigned to is called like anybody else, and has as long to answer as the first step of the
 *  policy that would have called: when nobody does, that policy goes on. */
export function assignmentPolicy(people: readonly string[], after: Policy): Policy {
  const targets = people.map((id) => ({ kind: "person", id, assigned: true }) as const);
  const timeoutMinutes = after.steps[0]?.timeoutMinutes ?? 5;
  return { ...after, steps: [{ targets, timeoutMinutes }, ...after.steps] };
}

/** Whoever an escalation is addressed to is called as often, and has as long to answer, as by the policy that would have
 *  called for the incident. */
export function escalationPolicy(to: Target, name: string, like: Policy): Policy {
  const timeoutMinutes = like.steps[0]?.timeoutMinutes ?? 5;
  return { id: "escalation", name, steps: [{ targets: [to], timeoutMinutes }], repeat: like.repeat };
}

/** What reaching people needs to know, frozen for one decision. */
export type Roster = {
  readonly people: ReadonlyMap<string, Person>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly functions: ReadonlyMap<string, DutyFunction>;
  readonly schedules: ReadonlyMap<string, Schedule>;
  readonly absences: readonly Absence[];
  /** Absent: not known, and nothing is said of them. */
  readonly webhooks?: ReadonlyMap<string, Webhook>;
  /** Instead of asking a schedule anew each time: for whoever asks thousands of times. */
  readonly onCall?: (schedule: Schedule, at: Instant) => OnCall | null;
  /** In the order in which they were made. */
  readonly administrators: readonly string[];
};

export type Reached = {
  readonly personId: string;
  readonly reason: "on-call" | "assigned" | "escalated" | "named" | "team-member" | "function-member" | "administrator";
  readonly schedule: string | null;
  readonly until: string | null;
};

export type Unreached = {
  readonly target: string;
  readonly reason:
    | "nobody-on-call"
    | "unknown-target"
    | "empty-team"
    | "empty-function"
    | "inactive"
    | "no-contact-point"
    | "no-administrator";
};

/** What the targets of a step post to; each once, in order. */
export function webhooksOf(targets: readonly Target[], { webhooks }: Pick<Roster, "webhooks">): Webhook[] {
  const found = targets.flatMap((one) => (one.kind === "webhook" ? (webhooks?.get(one.id) ?? []) : []));
  return [...new Set(found)];
}

/** Who the targets of a step are at that instant; each person once, in order. */
export function resolveTargets(
  targets: readonly Target[],
  roster: Roster,
  at: Instant,
): { readonly reached: Reached[]; readonly unreached: Unreached[] } {
  const reached: Reached[] = [];
  const unreached: Unreached[] = [];
  const add = (candidate: Reached, label: string): void => {
    const person = roster.people.get(candidate.personId);
    if (!person) unreached.push({ target: label, reason: "unknown-target" });
    else if (!person.active) unreached.push({ target: label, reason: "inactive" });
    else if (!person.contactPoints.some((point) => point.enabled)) {
      unreached.push({ target: label, reason: "no-contact-point" });
    } else if (!reached.some((known) => known.personId === candidate.personId)) reached.push(candidate);
  };
  for (const target of targets) addTarget(target, { roster, at, add, unreached });
  return { reached, unreached };
}

type Collecting = {
  readonly roster: Roster;
  readonly at: Instant;
  readonly add: (candidate: Reached, label: string) => void;
  readonly unreached: Unreached[];
};

function addTarget(target: Target, { roster, at, add, unreached }: Collecting): void {
  const plain = { schedule: null, until: null };
  switch (target.kind) {
    case "person":
      return add({ personId: target.id, reason: reasonOf(target), ...plain }, nameOf(roster, target.id));
    case "team": {
      const team = roster.teams.get(target.id);
      if (!team || team.members.length === 0) {
        unreached.push({ target: team?.name ?? target.id, reason: team ? "empty-team" : "unknown-target" });
      }
      for (const member of team?.members ?? []) {
        add({ personId: member, reason: "team-member", ...plain }, nameOf(roster, member));
      }
      return;
    }
    case "function": {
      const duty = roster.functions.get(target.id);
      const name = duty && bothNames(duty);
      if (!duty || duty.members.length === 0) {
        unreached.push({ target: name ?? target.id, reason: duty ? "empty-function" : "unknown-target" });
      }
      for (const member of duty?.members ?? []) {
        add({ personId: member, reason: "function-member", ...plain }, nameOf(roster, member));
      }
      return;
    }
    case "schedule": {
      const schedule = roster.schedules.get(target.id);
      const ask = roster.onCall ?? ((one, when) => onCallAt(one, roster.absences, when));
      const onCall = schedule ? ask(schedule, at) : null;
      if (!schedule || !onCall) {
        unreached.push({ target: schedule?.name ?? target.id, reason: schedule ? "nobody-on-call" : "unknown-target" });
        return;
      }
      return add(
        { personId: onCall.held.personId, reason: "on-call", schedule: schedule.name, until: toIso(onCall.until) },
        nameOf(roster, onCall.held.personId),
      );
    }
    case "webhook":
      if (roster.webhooks && !roster.webhooks.has(target.id))
        unreached.push({ target: target.id, reason: "unknown-target" });
      return;
    case "administrators": {
      const chosen = target.first ? roster.administrators.slice(0, 1) : roster.administrators;
      if (chosen.length === 0) unreached.push({ target: "administrators", reason: "no-administrator" });
      for (const personId of chosen) add({ personId, reason: "administrator", ...plain }, nameOf(roster, personId));
    }
  }
}

const reasonOf = ({ assigned, escalated }: Extract<Target, { kind: "person" }>): Reached["reason"] =>
  assigned ? "assigned" : escalated ? "escalated" : "named";

/** The record is read in both languages. */
const bothNames = ({ nameFr, nameEn }: DutyFunction): string => (nameFr === nameEn ? nameFr : `${nameFr} / ${nameEn}`);

const nameOf = (roster: Roster, personId: string): string => roster.people.get(personId)?.name ?? personId;
