/** Whether a team could answer as its mandate says if it were activated now: what is missing, the gravest first. */
import type { Bilingual } from "../directory/category-process.ts";
import { peopleWanted } from "../directory/team-charter.ts";
import type { Person, Team } from "../directory/types.ts";
import type { Policy } from "../escalation/policy.ts";
import { dayMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { coveredMs, gapsOf } from "../oncall/coverage.ts";
import type { Absence } from "../oncall/final-schedule.ts";
import type { Schedule } from "../oncall/schedule.ts";

type Someone = { readonly id: string; readonly name: string };

export type Finding =
  | {
      readonly kind: "vacancy";
      readonly role: Bilingual;
      readonly needed: number;
      readonly able: number;
      readonly level: number | null;
    }
  | { readonly kind: "too-few-members"; readonly needed: number; readonly able: number }
  /** Members whom no call can reach. */
  | { readonly kind: "unreachable"; readonly people: readonly Someone[] }
  | { readonly kind: "rota-gone" | "no-deputy" | "never-exercised" }
  | {
      readonly kind: "rota-hole";
      readonly schedule: Someone;
      readonly from: Instant;
      readonly until: Instant;
    }
  | { readonly kind: "deputy-unreachable"; readonly people: readonly Someone[] }
  | { readonly kind: "exercise-old"; readonly from: Instant };

export type TeamKnown = {
  readonly people: ReadonlyMap<string, Person>;
  readonly schedules: ReadonlyMap<string, Schedule>;
  readonly policies: ReadonlyMap<string, Policy>;
  readonly absences: readonly Absence[];
};

/** What was last tried longer ago than this is not known to work. */
export const exercisedWithinMs = 365 * dayMs;

export const isReachable = ({ active, contactPoints }: Person): boolean =>
  active && contactPoints.some(({ enabled }) => enabled);

/** `triedAt`: when it was last exercised, or activated; null: never. A team without a mandate is not asked anything. */
export function readinessOf(
  { members, charter }: Team,
  known: TeamKnown,
  { at, triedAt }: { readonly at: Instant; readonly triedAt: Instant | null },
): Finding[] {
  if (!charter) return [];
  const active = members.flatMap((id) => known.people.get(id) ?? []).filter((one) => one.active);
  const reachable = active.filter(isReachable);
  const wanted = peopleWanted(charter);
  const findings: Finding[] = [];
  for (const { words: role, count: needed, level, required } of charter.roles) {
    const able = reachable.filter((one) => (one.level ?? 0) >= (level ?? 0)).length;
    if (required && able < needed) findings.push({ kind: "vacancy", role, needed, able, level });
  }
  if (reachable.length < wanted) findings.push({ kind: "too-few-members", needed: wanted, able: reachable.length });
  const deaf = active.filter((one) => !isReachable(one)).map(named);
  if (deaf.length > 0) findings.push({ kind: "unreachable", people: deaf });
  findings.push(...ofRota(charter.rota, known, at), ...ofDeputy(charter.deputy, known));
  for (const { words: role, count: needed, level, required } of charter.roles) {
    const able = reachable.filter((one) => (one.level ?? 0) >= (level ?? 0)).length;
    if (!required && able < needed) findings.push({ kind: "vacancy", role, needed, able, level });
  }
  if (triedAt === null) findings.push({ kind: "never-exercised" });
  else if (at - triedAt > exercisedWithinMs) findings.push({ kind: "exercise-old", from: triedAt });
  return findings;
}

const named = ({ id, name }: Someone): Someone => ({ id, name });

function ofRota(rota: NonNullable<Team["charter"]>["rota"], known: TeamKnown, at: Instant): Finding[] {
  if (rota === null) return [];
  const policy = known.policies.get(rota.id);
  const ids = rota.kind === "schedule" ? [rota.id] : schedulesOf(policy);
  const schedules = ids.flatMap((id) => known.schedules.get(id) ?? []);
  if (rota.kind === "policy" ? policy === undefined : schedules.length === 0) return [{ kind: "rota-gone" }];
  const answers = (id: string): boolean => {
    const person = known.people.get(id);
    return person !== undefined && isReachable(person);
  };
  const period = { from: at, until: at + coveredMs };
  const holes = schedules.flatMap((one) => {
    const [first] = gapsOf(one, known.absences, period, answers);
    return first ? [{ kind: "rota-hole" as const, schedule: named(one), from: first.from, until: first.until }] : [];
  });
  return holes.sort((a, b) => a.from - b.from).slice(0, 1);
}

/** Those of its first step: whoever it calls first. */
const schedulesOf = (policy: Policy | undefined): string[] =>
  (policy?.steps[0]?.targets ?? []).flatMap((target) => (target.kind === "schedule" ? [target.id] : []));

function ofDeputy(id: string | null, { people }: TeamKnown): Finding[] {
  if (id === null) return [{ kind: "no-deputy" }];
  const deputy = people.get(id);
  if (!deputy) return [{ kind: "no-deputy" }];
  return isReachable(deputy) ? [] : [{ kind: "deputy-unreachable", people: [named(deputy)] }];
}
