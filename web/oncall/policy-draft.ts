/** A policy as a form holds it, and as it is sent. */
import type { z } from "zod";
import { newPolicy } from "#contract/directory.ts";
import type { Policy as CorePolicy, Target } from "#core/escalation/policy.ts";
import type { ConditionKind } from "#core/kernel/vocabulary.ts";
import type { Policy } from "../directory/queries.ts";
import { newOpening, type OpeningDraft } from "./layer-draft.ts";
import type { Change } from "./what-if.ts";

type Sent = z.input<typeof newPolicy>;
type SentWhen = NonNullable<Sent["steps"][number]["when"]>;

export type HoursDraft = {
  readonly openings: readonly OpeningDraft[];
  /** One date a line. */
  readonly closedOn: string;
  readonly outside: boolean;
};
/** Null: not said. */
export type ConditionsDraft = {
  readonly priority: readonly string[] | null;
  readonly category: readonly string[] | null;
  readonly service: readonly string[] | null;
  readonly hours: HoursDraft | null;
};
/** `schedule/ID`, `person/ID`, `team/ID`, `function/ID`, `webhook/ID`, `administrators`, `administrators/first`; nothing is not chosen yet. */
export type StepDraft = {
  readonly key: string;
  readonly targets: readonly string[];
  readonly minutes: string;
  /** How many must accept. */
  readonly acknowledgements: string;
  readonly inTurn: boolean;
  readonly when: ConditionsDraft;
};
export type PolicyDraft = {
  name: string;
  steps: readonly StepDraft[];
  repeat: string;
  zone: string;
  /** Empty: without a limit. */
  actWithin: string;
  default: boolean;
};

const anyTime: ConditionsDraft = { priority: null, category: null, service: null, hours: null };

export const newStep = (): StepDraft => ({
  key: crypto.randomUUID(),
  targets: [""],
  minutes: "5",
  acknowledgements: "1",
  inTurn: false,
  when: anyTime,
});

/** A condition as it begins. */
export function newCondition(kind: ConditionKind): Partial<ConditionsDraft> {
  if (kind === "hours") return { hours: { openings: [newOpening()], closedOn: "", outside: false } };
  return { [kind]: kind === "priority" ? ["1", "2"] : [] };
}

const spelledTarget = (target: Policy["steps"][number]["targets"][number]): string =>
  target.kind === "administrators" ? `administrators${target.first ? "/first" : ""}` : `${target.kind}/${target.id}`;

function targetOf(spelled: string): Target {
  const [kind = "", rest = ""] = spelled.split("/");
  if (kind === "administrators") return { kind, first: rest === "first" };
  return { kind: kind as "person" | "team" | "function" | "schedule" | "webhook", id: rest };
}

const whenOf = (when: Policy["steps"][number]["when"]): ConditionsDraft => ({
  priority: when?.priorities?.map(String) ?? null,
  category: when?.categories ?? null,
  service: when?.services ?? null,
  hours: when?.hours
    ? {
        openings: when.hours.openings.map((one) => ({ key: crypto.randomUUID(), ...one })),
        closedOn: when.hours.closedOn.join("\n"),
        outside: when.hours.outside,
      }
    : null,
});

export const policyDraftOf = (policy: Policy | undefined, zone: string): PolicyDraft => ({
  name: policy?.name ?? "",
  steps: policy
    ? policy.steps.map((step) => ({
        key: crypto.randomUUID(),
        targets: step.targets.map(spelledTarget),
        minutes: String(step.timeoutMinutes),
        acknowledgements: String(step.acknowledgements ?? 1),
        inTurn: step.inTurn ?? false,
        when: whenOf(step.when),
      }))
    : [newStep()],
  repeat: String(policy?.repeat ?? 2),
  zone: policy?.zone ?? zone,
  actWithin: policy?.actWithinMinutes ? String(policy.actWithinMinutes) : "",
  default: policy?.default ?? false,
});

function sentWhen({ priority, category, service, hours }: ConditionsDraft): SentWhen | undefined {
  if (!priority && !category && !service && !hours) return undefined;
  return {
    ...(priority && { priorities: priority.map(Number) as NonNullable<SentWhen["priorities"]> }),
    ...(category && { categories: [...category] }),
    ...(service && { services: [...service] }),
    ...(hours && {
      hours: {
        openings: hours.openings.map(({ days, from, until }) => ({ days: [...days], from, until })),
        closedOn: hours.closedOn.split(/\s+/).filter(Boolean),
        outside: hours.outside,
      },
    }),
  };
}

export const bodyOf = (draft: PolicyDraft) => ({
  name: draft.name.trim(),
  steps: draft.steps.map(({ targets, minutes, acknowledgements, inTurn, when }) => {
    const sent = sentWhen(when);
    const several = inTurn ? 1 : Number(acknowledgements);
    return {
      targets: targets.filter(Boolean).map(targetOf),
      timeoutMinutes: Number(minutes),
      ...(several !== 1 && { acknowledgements: several }),
      ...(inTurn && { inTurn }),
      ...(sent && { when: sent }),
    };
  }),
  repeat: Number(draft.repeat),
  zone: draft.zone.trim(),
  actWithinMinutes: draft.actWithin.trim() === "" ? null : Number(draft.actWithin),
  default: draft.default,
});

export const readsHours = ({ steps }: Pick<PolicyDraft, "steps">): boolean => steps.some(({ when }) => when.hours);

const isWhole = ({ priority, category, service, hours }: ConditionsDraft): boolean =>
  [priority, category, service].every((one) => one === null || one.length > 0) &&
  (hours === null || hours.openings.every(({ days, from, until }) => days.length > 0 && from && until));

/** Null while a step calls nobody yet, waits for no number of minutes, or says half a condition. */
export function wholeOf(draft: PolicyDraft): ReturnType<typeof bodyOf> | null {
  const body = bodyOf(draft);
  const isCount = (one: number | undefined): boolean => one === undefined || (Number.isInteger(one) && one >= 1);
  const whole =
    isCount(body.actWithinMinutes ?? undefined) &&
    draft.steps.every(({ when }) => isWhole(when)) &&
    body.steps.every(
      ({ targets, timeoutMinutes, acknowledgements }) =>
        targets.length > 0 && isCount(timeoutMinutes) && isCount(acknowledgements),
    );
  return whole ? body : null;
}

/** Of a policy that is there, or of one that would be new. */
export function changeOf(policy: Policy | undefined, draft: PolicyDraft): Change | null {
  const whole = wholeOf(draft);
  if (whole === null) return null;
  const { name: _, ...rest } = whole;
  return { policy: { ...(policy && { id: policy.id }), ...rest } };
}

/** As it would be once saved; the core reads what the contract would read. */
export function policyOfDraft(draft: PolicyDraft): CorePolicy | null {
  const whole = wholeOf(draft);
  if (whole === null) return null;
  const parsed = newPolicy.safeParse({ ...whole, name: whole.name || "…" });
  return parsed.success ? { ...parsed.data, id: "" } : null;
}
