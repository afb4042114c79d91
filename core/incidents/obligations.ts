/** What laws want told of an incident: whether they do, when what starts each limit happened, what was submitted, and what may
 *  be withheld. A person says each of these, by name; what is due is worked out of it. What a law says is taken whole into the
 *  record when it is assessed, so that a law written otherwise later moves nothing that runs. */
import { type IncidentCommandName, obligationCommands } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { dayMs, minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { Answers, Outcome } from "../obligations/assessment.ts";
import { factsOf, type Hold, type Leg, startsOf, traitsOf } from "../obligations/clock.ts";
import type { Law } from "../obligations/law.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

type Someone = { readonly id: string | null; readonly name: string };

export type Submission = {
  readonly leg: string;
  readonly at: Instant;
  /** Who submitted it, who need not be who wrote it down. */
  readonly by: string;
  readonly reference: string | null;
  readonly way: string | null;
  readonly attachment: string | null;
  readonly recordedBy: string;
};

/** `by`: who wrote it down; `toldBy`: on whose word, where it is somebody else's. */
export type DatedFact = {
  readonly at: Instant;
  readonly by: string;
  readonly toldBy: string | null;
  /** How often it was corrected. */
  readonly corrections: number;
};

export type Obligation = {
  readonly law: string;
  readonly version: number;
  readonly status: Law["status"];
  readonly inForceFrom: string | null;
  readonly legs: readonly Leg[];
  readonly outcome: Outcome;
  readonly answers: Answers;
  readonly traits: readonly string[];
  /** In hours, for legs to which the law gives no figure: what the organisation wants of itself. */
  readonly targets: Readonly<Record<string, number>>;
  readonly text: string;
  readonly assessedBy: Someone;
  readonly assessedAt: Instant;
  readonly assessments: number;
  readonly facts: Readonly<Record<string, DatedFact>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly submissions: readonly Submission[];
  readonly holds: readonly Hold[];
  /** By leg: the highest share that was said, of which start and which limit; states of before that was kept have none. */
  readonly said: Readonly<Record<string, { readonly since: Instant; readonly share: number; readonly due?: Instant }>>;
};

type Known = Pick<IncidentState, "obligations">;

/** Of one law, in one incident. */
export const submissionsMax = 100;
export const holdsMax = 20;
/** A date may be that much ahead of ours; one further back is a typing error in nearly every case. */
const aheadMs = 2 * minuteMs;
const daysBackMax = 366;

export type ObligationCommand = Extract<IncidentCommand, { name: (typeof obligationCommands)[number] }>;
export const isOfObligation = (command: IncidentCommand): command is ObligationCommand =>
  isObligationName(command.name);
export const isObligationName = (name: IncidentCommandName): name is ObligationCommand["name"] =>
  obligationCommands.some((one) => one === name);

export const obligationOf = ({ obligations = [] }: Known, law: string): Obligation | undefined =>
  obligations.find((one) => one.law === law);

export function decideObligation(state: IncidentState, command: ObligationCommand): IncidentEvent[] | Refusal {
  if (command.name === "assess-obligation") return assess(command.input);
  const { law } = command.input;
  const obligation = obligationOf(state, law);
  if (!obligation) return refuse("obligation-not-assessed", { clock: law });
  switch (command.name) {
    case "date-obligation":
      return date(obligation, command.input, command.envelope);
    case "describe-obligation":
      return describe(obligation, command.input);
    case "record-submission":
      return submit(obligation, command.input, command.envelope);
    case "withhold-notice":
      return withhold(obligation, command.input, command.envelope);
  }
}

function assess(input: CommandInputs["assess-obligation"]): IncidentEvent[] | Refusal {
  const { law: id, outcome, answers, text, bound } = input;
  if (!bound) return refuse("law-not-bound", { clock: id });
  const { law } = bound;
  const question = Object.keys(answers).find((one) => !bound.questions.includes(one));
  if (question !== undefined) return refuse("question-unknown", { question });
  const traits = [...new Set([...bound.traits, ...input.traits])];
  const known = traitsOf(law.legs);
  const trait = traits.find((one) => !known.includes(one));
  if (trait !== undefined) return refuse("trait-unknown", { trait });
  const { version, status, inForceFrom, legs } = law;
  const targets = { ...bound.targets };
  return [
    {
      type: "obligation.assessed",
      data: { law: id, version, status, inForceFrom, outcome, answers, traits, text, legs: [...legs], targets },
    },
  ];
}

/** Null takes it away again. What is said a second time is a correction, and says why. */
function date(
  { law, legs, facts }: Obligation,
  { fact, at: text, toldBy }: CommandInputs["date-obligation"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  if (!factsOf(legs).includes(fact)) return refuse("fact-unknown", { fact });
  const before = facts[fact]?.at ?? null;
  const at = text === null ? null : (parseIso(text) ?? null);
  if (at === before) return refuse("nothing-changes");
  const wrong = at === null ? null : refuseInstant(at, envelope.at);
  if (wrong) return wrong;
  if (before !== null && !envelope.reason?.trim()) return refuse("reason-required", { command: "date-obligation" });
  const was = before === null ? null : toIso(before);
  return [
    { type: "obligation.dated", data: { law, fact, at: at === null ? null : toIso(at), was, toldBy: toldBy ?? null } },
  ];
}

function refuseInstant(at: Instant, now: Instant): Refusal | null {
  if (at > now + aheadMs) return refuse("occurred-in-future");
  return at < now - daysBackMax * dayMs ? refuse("occurred-too-long-ago", { days: daysBackMax }) : null;
}

/** Null takes what was written away: the record's own answer stands again. */
function describe(
  { law, fields }: Obligation,
  { fields: given, asked = [] }: CommandInputs["describe-obligation"],
): IncidentEvent[] | Refusal {
  const field = Object.keys(given).find((one) => !asked.includes(one));
  if (field !== undefined) return refuse("field-unknown", { field });
  const changed = Object.entries(given).filter(([name, text]) => (fields[name] ?? null) !== text);
  if (changed.length === 0) return refuse("nothing-changes");
  return [{ type: "obligation.described", data: { law, fields: Object.fromEntries(changed) } }];
}

function submit(
  obligation: Obligation,
  input: CommandInputs["record-submission"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  const { law, legs, submissions } = obligation;
  const { leg, at: text, by, reference, way, attachment } = input;
  const { at: now, actor } = envelope;
  if (!legs.some(({ id }) => id === leg)) return refuse("leg-unknown", { leg });
  if (input.withdrawn) return withdraw(obligation, input, envelope);
  if (submissions.length >= submissionsMax) return refuse("obligations-full", { max: submissionsMax });
  const at = parseIso(text) ?? now;
  /* One press that arrived twice. */
  if (submissions.some((one) => one.leg === leg && one.at === at && one.by === (by ?? actor.name)))
    return refuse("nothing-changes");
  return (
    refuseInstant(at, now) ??
    refuseBeforeStart(obligation, leg, at) ?? [
      {
        type: "obligation.submitted",
        data: {
          ...{ law, leg, at: toIso(at), by: by ?? actor.name },
          ...{ reference: reference ?? null, way: way ?? null, attachment: attachment ?? null },
        },
      },
    ]
  );
}

/** Nobody tells of what has not begun: a limit would seem to have been kept by a date that was mistyped. Of several that start it, the
 *  first counts; what is owed again and again does not start itself. */
function refuseBeforeStart({ legs, facts, submissions }: Obligation, leg: string, at: Instant): Refusal | null {
  const starts = legs.filter(({ id }) => id === leg).flatMap(startsOf);
  const known = starts.flatMap((start) =>
    "fact" in start
      ? (facts[start.fact]?.at ?? [])
      : submissions.filter((one) => one.leg !== leg && start.submissionOf.includes(one.leg)).map((one) => one.at),
  );
  const first = Math.min(...known);
  /* Forms know no seconds. */
  return known.length > 0 && at < first - minuteMs ? refuse("occurred-out-of-order", { after: toIso(first) }) : null;
}

/** What was recorded by mistake would hide what is due. */
function withdraw(
  { law, submissions }: Obligation,
  { leg, at: text }: CommandInputs["record-submission"],
  { reason }: Envelope,
): IncidentEvent[] | Refusal {
  const at = parseIso(text);
  if (at === undefined || !submissions.some((one) => one.leg === leg && one.at === at))
    return refuse("nothing-changes");
  if (!reason?.trim()) return refuse("reason-required", { command: "record-submission" });
  return [{ type: "obligation.submission-withdrawn", data: { law, leg, at: toIso(at) } }];
}

/** By law, for a reason and on somebody's word: the clock runs on. Said again for the same legs, it replaces what was said. */
function withhold(
  { law, legs, holds }: Obligation,
  { legs: named, authority, from: begins, until: ends }: CommandInputs["withhold-notice"],
  { at: now, reason }: Envelope,
): IncidentEvent[] | Refusal {
  const unknown = named.find((leg) => !legs.some(({ id }) => id === leg));
  if (unknown !== undefined) return refuse("leg-unknown", { leg: unknown });
  const never = legs.find(({ id, hold }) => hold === null && named.includes(id));
  if (never) return refuse("leg-not-withheld", { leg: never.id });
  if (!reason?.trim()) return refuse("reason-required", { command: "withhold-notice" });
  if (holds.length >= holdsMax) return refuse("obligations-full", { max: holdsMax });
  const from = parseIso(begins ?? "") ?? now;
  const until = ends ? (parseIso(ends) ?? null) : null;
  const wrong = refuseInstant(from, now);
  if (wrong) return wrong;
  if (until !== null && until <= from) return refuse("hold-backwards");
  const data = {
    law,
    legs: [...named],
    authority,
    from: toIso(from),
    until: until === null ? null : toIso(until),
    reason,
  };
  return [{ type: "obligation.withheld", data }];
}

/** Before a law is named: whether there is any that it could be about. */
export function whyNotObligation({ obligations = [] }: Known, name: ObligationCommand["name"]): Refusal | null {
  return name === "assess-obligation" || obligations.length > 0
    ? null
    : refuse("obligation-not-assessed", { clock: "" });
}

const types = [
  "obligation.assessed",
  "obligation.dated",
  "obligation.described",
  "obligation.submitted",
  "obligation.submission-withdrawn",
  "obligation.withheld",
  "obligation.warned",
  "obligation.missed",
] as const;
export type ObligationEvent = EventOf<(typeof types)[number]>;
export const isOfObligations = <Fact extends IncidentEvent>(event: Fact): event is Fact & ObligationEvent =>
  event.type.startsWith("obligation.");

export function evolveObligations(state: Known, event: ObligationEvent, stamp: Stamp): Known {
  const { obligations = [] } = state;
  if (event.type === "obligation.assessed") {
    const before = obligationOf(state, event.data.law);
    const made = assessed(before, event.data, stamp);
    return { obligations: before ? obligations.map((one) => (one === before ? made : one)) : [...obligations, made] };
  }
  return { obligations: obligations.map((one) => (one.law === event.data.law ? changed(one, event, stamp) : one)) };
}

function assessed(
  before: Obligation | undefined,
  data: EventOf<"obligation.assessed">["data"],
  { actor, occurredAt }: Stamp,
): Obligation {
  const { facts = {}, fields = {}, submissions = [], holds = [], said = {}, assessments = 0 } = before ?? {};
  const who = {
    assessedBy: { id: actor.kind === "person" ? actor.id : null, name: actor.name },
    assessedAt: occurredAt,
  };
  return { ...data, ...who, assessments: assessments + 1, facts, fields, submissions, holds, said };
}

function changed(
  one: Obligation,
  event: Exclude<ObligationEvent, EventOf<"obligation.assessed">>,
  { actor }: Stamp,
): Obligation {
  switch (event.type) {
    case "obligation.dated":
      return { ...one, facts: factsWith(one, event.data, actor.name) };
    case "obligation.described": {
      const all = Object.entries({ ...one.fields, ...event.data.fields });
      return { ...one, fields: Object.fromEntries(all.filter((each): each is [string, string] => each[1] !== null)) };
    }
    case "obligation.submitted": {
      const { law: _, at, ...submission } = event.data;
      const made = { ...submission, at: parseIso(at) ?? 0, recordedBy: actor.name };
      return { ...one, submissions: [...one.submissions, made] };
    }
    case "obligation.submission-withdrawn": {
      const { leg, at } = event.data;
      const [first] = one.submissions.filter((each) => each.leg === leg && each.at === parseIso(at));
      return { ...one, submissions: one.submissions.filter((each) => each !== first) };
    }
    case "obligation.withheld": {
      const { legs, reason, authority, from, until } = event.data;
      const kept = one.holds.filter((hold) => !hold.legs.every((leg) => legs.includes(leg)));
      const made = {
        legs,
        reason,
        authority,
        from: parseIso(from) ?? 0,
        until: until ? (parseIso(until) ?? null) : null,
      };
      return { ...one, holds: [...kept, made] };
    }
    case "obligation.warned":
      return { ...one, said: saidWith(one, event.data, event.data.share) };
    case "obligation.missed":
      return { ...one, said: saidWith(one, event.data, 100) };
  }
}

const saidWith = (
  { said }: Obligation,
  { leg, since, due }: { leg: string; since: string; due: string },
  share: number,
) => ({
  ...said,
  [leg]: { since: parseIso(since) ?? 0, share, due: parseIso(due) ?? 0 },
});

function factsWith(
  { facts }: Obligation,
  { fact, at, toldBy }: EventOf<"obligation.dated">["data"],
  by: string,
): Obligation["facts"] {
  const { [fact]: before, ...others } = facts;
  if (at === null) return others;
  const corrections = before === undefined ? 0 : before.corrections + 1;
  return { ...facts, [fact]: { at: parseIso(at) ?? 0, by, toldBy, corrections } };
}
