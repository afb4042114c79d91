/** Why this, why not, why here: everything that was decided about one alert, in order. What rules decided is kept beside it; where
 *  it was put and whom that called is read from the record of its incident, so that a trace never says otherwise than they do. */
import type { Alert } from "../alerts/decide.ts";
import type { IncidentFact } from "../incidents/events.ts";
import type { Instant, JsonObject } from "../kernel/vocabulary.ts";
import type { Decision } from "../noise/trace.ts";

export type TraceEntry = {
  readonly at: Instant;
  readonly what:
    | "received"
    | Decision["became"]
    | "placed"
    /** It joined where nobody had to be called anew: why. */
    | "no-new-call"
    | "routed"
    | "calls-begin"
    | "called"
    | "unreached"
    | "accepted"
    | "calls-stop"
    | "calls-exhausted";
  readonly because: string | null;
  readonly rule: Decision["rule"];
  readonly until: Instant | null;
  readonly values: JsonObject;
};

type Traced = Pick<Alert, "openedAt" | "incidentId" | "placed" | "endedAt" | "key" | "groupKey">;

/** Calls of an incident that goes on are many, and all alike. */
const callsMax = 100;

export function traceOf(
  alert: Traced,
  decisions: readonly Omit<Decision, "alertId">[],
  facts: readonly IncidentFact[],
): TraceEntry[] {
  const { key, groupKey, openedAt } = alert;
  const group = groupKey === key ? null : groupKey;
  const entries = [entry(openedAt, "received", null, { key, group }), ...decisions.map(decided)];
  if (alert.incidentId === null) return entries;
  const placedAt =
    decisions.findLast(({ became }) => became === "raised" || became === "raised-by-hand")?.at ?? openedAt;
  const until = alert.endedAt ?? Number.POSITIVE_INFINITY;
  const since = facts.filter(({ stamp }) => stamp.recordedAt >= placedAt && stamp.recordedAt <= until);
  const calls = since.flatMap(calledFor).slice(0, callsMax);
  const begins = calls.some(({ at, what }) => at === placedAt && what === "calls-begin");
  const quiet = alert.placed === "new" || begins ? [] : whyNoCall(facts, placedAt);
  const after = [entry(placedAt, "placed", alert.placed, {}), ...quiet, ...calls];
  return [...entries, ...after].toSorted((a, b) => a.at - b.at);
}

const entry = (at: Instant, what: TraceEntry["what"], because: string | null, values: JsonObject): TraceEntry => ({
  at,
  what,
  because,
  rule: null,
  until: null,
  values,
});

const decided = ({ at, became, for: why, rule, until, values }: Omit<Decision, "alertId">): TraceEntry => ({
  at,
  what: became,
  because: why,
  rule,
  until,
  values,
});

function calledFor(fact: IncidentFact): TraceEntry[] {
  const at = fact.stamp.recordedAt;
  switch (fact.type) {
    case "routing.decided":
      return [entry(at, "routed", null, { policy: fact.data.policy, reasons: [...fact.data.reasons] })];
    case "paging.started":
      return [entry(at, "calls-begin", fact.data.reason, { policy: fact.data.policy.name })];
    case "page.requested": {
      const { personId, name, channel, why, dueAt, held } = fact.data;
      const { reason, schedule, silent } = why;
      const called = { person: personId, name, channel, schedule, silent: [...silent], dueAt };
      return [entry(at, "called", reason, { ...called, ...(held && { held }) })];
    }
    case "paging.unreachable":
      return [entry(at, "unreached", fact.data.reason, { target: fact.data.target, step: fact.data.step })];
    case "assignment.accepted":
      return [entry(at, "accepted", null, { person: fact.data.personId, name: fact.data.name })];
    case "paging.stopped":
      return [entry(at, "calls-stop", fact.data.because, {})];
    case "paging.exhausted":
      return [entry(at, "calls-exhausted", null, { pages: fact.data.pages })];
    default:
      return [];
  }
}

/** As the incident was when it joined: somebody had it, calls were going on, or they were over. */
function whyNoCall(facts: readonly IncidentFact[], at: Instant): TraceEntry[] {
  const before = facts.filter(({ stamp }) => stamp.recordedAt <= at);
  const last = before.findLast(({ type }) => ["paging.started", "paging.stopped", "paging.exhausted"].includes(type));
  if (last?.type === "paging.started") return [entry(at, "no-new-call", "calls-go-on", {})];
  if (last?.type === "paging.exhausted") return [entry(at, "no-new-call", "calls-exhausted", {})];
  const accepted = before.findLast(({ type }) => type === "assignment.accepted" || type === "assignment.declined");
  if (accepted?.type === "assignment.accepted")
    return [entry(at, "no-new-call", "accepted", { person: accepted.data.personId, name: accepted.data.name })];
  return last?.type === "paging.stopped" ? [entry(at, "no-new-call", last.data.because, {})] : [];
}
