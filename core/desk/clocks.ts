/** The clocks of an incident as the desk keeps them: one timer for each incident, at the next instant at which something is to
 *  be said of any of them; and what is said then, to whoever has it. An incident of which nothing is asked in time has none. */
import { openPause } from "../incidents/clock-history.ts";
import {
  type ClockRules,
  missedUnsaid,
  nearestDue,
  pausableRuns,
  type Saying,
  sayingsOf,
  stillRuns,
} from "../incidents/clocks.ts";
import type { IncidentEvent } from "../incidents/events.ts";
import { nextNoticeDueAt, overdueNotices } from "../incidents/notices.ts";
import { endsPause } from "../incidents/pausing.ts";
import { endedPeriod, nextPeriodEndAt } from "../incidents/periods.ts";
import { isoOrNull, parseIso, toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { warningShares } from "../oncall/business-time.ts";
import { appendCaused, atEnd, type Case, type Draft, dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import { clockTimerKey } from "./effects.ts";
import { nextOutageAt, outageEvents } from "./impacting.ts";
import { legalEvents, nextLegalAt, tellLegalMissed, tellLegalWarned } from "./obligations.ts";
import { clockRulesOf, pinnedBy } from "./pinned.ts";
import { tellSoon, tellUrgently } from "./telling.ts";

/** What moves a clock, or what is asked of it. */
const planAtEnd = atEnd(planClocks);
const plans = [planAtEnd] as const;
const endsPauses = [endPause, planAtEnd] as const;
const reaches = [sayMissed, planAtEnd] as const;
const ends = [sayMissed, ...endsPauses] as const;

export const clockReactions: ReactionTable = {
  "incident.categorised": plans,
  "priority.proposed": endsPauses,
  "priority.confirmed": endsPauses,
  "priority.overridden": endsPauses,
  "incident.assigned": reaches,
  "assignment.accepted": reaches,
  "assignment.declined": plans,
  "assignment.lapsed": plans,
  "person.advised": reaches,
  "solution.selected": plans,
  "decision.made": plans,
  "notice.overdue": [tellUntold],
  "service.restored": reaches,
  "service.relapsed": endsPauses,
  "incident.resolved": ends,
  "incident.closed": ends,
  "incident.dismissed": ends,
  "incident.merged": ends,
  "incident.reopened": plans,
  "closure.returned": plans,
  "sla.paused": plans,
  "sla.resumed": plans,
  "sla.warned": [tellWarned],
  "sla.breached": [tellMissed],
  "obligation.assessed": plans,
  "obligation.dated": plans,
  "obligation.submitted": plans,
  "obligation.submission-withdrawn": plans,
  "obligation.withheld": plans,
  "obligation.warned": [tellLegalWarned],
  "obligation.missed": [tellLegalMissed],
  "affected.stated": plans,
  "period.planned": plans,
  "period.revised": plans,
  "period.ended": [tellPeriodEnded],
  "outage.warned": [tellOutage],
  "outage.passed": [tellOutage],
};

/** The next thing to be said, and what lists show of it. */
function planClocks({ draft, on }: Reacting): void {
  const rules = clockRulesOf(on.incident, draft.directory);
  on.due = rules && on.incident.ended === null ? nearestDue(on.incident, rules) : null;
  const { obligations, impactSeen, periods } = on.incident;
  const others = [obligations, impactSeen, periods].some((one) => one !== undefined);
  if (rules === null && !others && pinnedBy(on.incident, draft.directory).notices.length === 0) return;
  const key = clockTimerKey(on.id);
  const dueAt = clockDueAt(on, draft);
  draft.effects.push(
    dueAt === null
      ? { kind: "cancel-timer", key }
      : { kind: "set-timer", key, timer: { kind: "clock", incidentId: on.id }, dueAt },
  );
}

/** When something is next to be said of its targets, of what laws ask, of an outage, of a period or of a notice. */
export function clockDueAt(on: Pick<Case, "incident">, { directory, at }: Pick<Draft, "directory" | "at">) {
  const rules = clockRulesOf(on.incident, directory);
  return [
    rules === null ? null : nextAt(on, rules, at),
    nextLegalAt(on, directory, at),
    nextOutageAt(on, at),
    nextPeriodEndAt(on.incident, at),
    nextNoticeDueAt(on.incident, pinnedBy(on.incident, { processes: directory.processes }).notices),
  ].reduce(earlier, null);
}

const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

function nextAt({ incident }: Pick<Case, "incident">, rules: ClockRules, at: Instant): Instant | null {
  const { now, next } = sayingsOf(incident, rules, at);
  if (now.length > 0) return at;
  const ends = openPause(incident)?.until ?? null;
  return next === null ? ends : Math.min(next.at, ends ?? next.at);
}

/** Its time has come, or a calendar was changed: what is to be said is said, and the next is planned. */
export function fireClocks(reacting: Reacting): void {
  const { draft, on } = reacting;
  endPause(reacting);
  const rules = clockRulesOf(on.incident, draft.directory);
  const { now } = rules === null ? { now: [] } : sayingsOf(on.incident, rules, draft.at);
  const legal = legalEvents(on, draft.directory, draft.at);
  const { notices } = pinnedBy(on.incident, draft.directory);
  const untold = overdueNotices(on.incident, notices, draft.at);
  const plain = [...outageEvents(on, draft.at), ...endedPeriod(on.incident, draft.at), ...untold];
  const all = [...now.map(said), ...legal, ...plain];
  if (all.length > 0) appendCaused(reacting, all);
  on.touched = true;
  planAtEnd(reacting);
}

function said({ kind, share, since, target, dueAt }: Saying): IncidentEvent {
  const of = { clock: kind, since: toIso(since), minutes: target.minutes, calendar: target.calendar };
  return share === 100
    ? { type: "sla.breached", data: { ...of, due: isoOrNull(dueAt) } }
    : { type: "sla.warned", data: { ...of, share, due: isoOrNull(dueAt) } };
}

function sayMissed(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const rules = clockRulesOf(on.incident, draft.directory);
  const missed = rules === null ? [] : missedUnsaid(on.incident, rules, fact.stamp.occurredAt);
  if (missed.length > 0) appendCaused(reacting, missed.map(said));
}

function endPause(reacting: Reacting): void {
  const event = endsPause(reacting.on.incident, reacting.draft.at);
  if (event) appendCaused(reacting, [event]);
}

/** What its categories let stop the clocks, and whether one runs that may be stopped. */
export function pausesFor(draft: Pick<Draft, "directory">, { incident }: Pick<Case, "incident">) {
  const rules = clockRulesOf(incident, draft.directory);
  return {
    allowed: [...pinnedBy(incident, draft.directory).pauses],
    runs: rules !== null && pausableRuns(incident, rules),
  };
}

/** What the next one follows within so many minutes stands in the record, and is told to nobody. */
const toldApartMinutes = 5;

function tellWarned(reacting: Reacting): void {
  const { clock, share, since, due, minutes } = dataOf(reacting, "sla.warned");
  const next = warningShares.find((one) => one > share) ?? 100;
  if (((next - share) * minutes) / 100 < toldApartMinutes) return;
  const values = { clock, share: String(share), due: due ?? "" };
  for (const id of inCharge(reacting)) tellSoon(reacting, id, "target-warned", `${clock}-${share}-${since}`, values);
}

function tellMissed(reacting: Reacting): void {
  const { clock, since, due } = dataOf(reacting, "sla.breached");
  /* Met late before it could be said: nobody is woken for what is done. */
  if (!stillRuns(reacting.on.incident, clock, parseIso(since) ?? 0)) return;
  for (const id of inCharge(reacting))
    tellUrgently(reacting, id, {
      notice: "target-missed",
      once: `${clock}-100-${since}`,
      values: { clock, share: "100", due: due ?? "" },
    });
}

/** Whoever coordinates and whoever has it; where nobody has, whoever it was assigned to. */
export function inCharge({ draft, on }: Reacting): ReadonlySet<string> {
  const { coordinator, acceptedBy, assigned } = on.incident;
  const held = [coordinator?.id, acceptedBy?.id].filter((id) => id !== undefined);
  if (held.length > 0) return new Set(held);
  if (assigned?.person) return new Set([assigned.person]);
  const { teams, functions } = draft.directory;
  return new Set(teams.get(assigned?.team ?? "")?.members ?? functions.get(assigned?.function ?? "")?.members ?? []);
}

/** What is tolerated of the outage of a vital function is being used up, or is. */
function tellOutage(reacting: Reacting): void {
  const { fact } = reacting;
  if (fact.type !== "outage.warned" && fact.type !== "outage.passed") return;
  const { function: of, nameFr, nameEn, since, due } = fact.data;
  const share = fact.type === "outage.warned" ? String(fact.data.share) : "100";
  const values = { nameFr, nameEn, share, due };
  for (const id of inCharge(reacting))
    if (fact.type === "outage.warned") tellSoon(reacting, id, "outage-warned", `${of}-${share}-${since}`, values);
    else tellUrgently(reacting, id, { notice: "outage-passed", once: `${of}-100-${since}`, values });
}

/** The plan has nothing more to say: whoever leads plans what comes, or lets it end. */
function tellPeriodEnded(reacting: Reacting): void {
  const { number, told } = dataOf(reacting, "period.ended");
  if (told !== null) tellSoon(reacting, told, "period-ended", String(number), { title: String(number) });
}

/** Those concerned do not know yet what was done: whoever coordinates tells them. */
function tellUntold(reacting: Reacting): void {
  const { action, since, told } = dataOf(reacting, "notice.overdue");
  if (told !== null) tellSoon(reacting, told, "notice-overdue", `${action}-${since}`, { title: action });
}
