/** What is said each week of the holes of the proof of reach: those that are new, to whoever answers for the service, once. Nothing
 *  of the past, and nothing of a gap that was declared. */
import type { Policy, Roster } from "../escalation/policy.ts";
import type { ReachReason, ReachSpan } from "../escalation/reach.ts";
import { intersect, type Span, subtract, union } from "../kernel/spans.ts";
import { dayMs, hourMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { weekdayOf, zoneClock } from "../kernel/zone-clock.ts";
import { finalSchedule } from "../oncall/final-schedule.ts";
import type { DeafAddressee, ProvedSubject } from "./proof.ts";

/** How far ahead: it leaves the time to find somebody. */
export const noticedMs = 28 * dayMs;

const noticeHour = 9 * hourMs;
const monday = 1;

/** Monday at nine, by the clock of the desk. */
export function nextNoticeAt(now: Instant, zone: string): Instant {
  const clock = zoneClock(zone);
  for (let day = clock.dayOf(now); ; day += 1) {
    const at = clock.toInstant(day, noticeHour);
    if (weekdayOf(day) === monday && at > now) return at;
  }
}

/** What holes are of: the incidents of a service, or of none; or else a policy, as an escalation names it and as the last resort; or
 *  else whom an escalation may be addressed to. */
export type HoleSubject = {
  readonly serviceId: string | null;
  /** Null: whichever policy the service has. */
  readonly policyId: string | null;
  /** By kind and id. */
  readonly addressee: string | null;
};
export type SubjectHoles = HoleSubject & { readonly spans: readonly Span[] };

/** Of each, whatever the urgency and the sort of incident. */
export function raisedHoles(subjects: readonly ProvedSubject[], roster: Roster): SubjectHoles[] {
  const keyOf = (one: ProvedSubject): string => JSON.stringify(holeSubjectOf(one));
  return [...Map.groupBy(subjects, keyOf).values()].flatMap((of) => {
    const spans = union(of.flatMap(({ policy, spans: all }) => all.flatMap((one) => raisedIn(one, policy, roster))));
    const [one] = of;
    return spans.length === 0 || !one ? [] : [{ ...holeSubjectOf(one), spans }];
  });
}

const holeSubjectOf = ({ through, serviceId, policy }: ProvedSubject): HoleSubject =>
  through === "service"
    ? { serviceId, policyId: null, addressee: null }
    : { serviceId: null, policyId: policy.id, addressee: null };

/** No hour changes it: from now on, until somebody does. */
const everMs = 8_640_000_000_000_000;

export const deafHoles = (deaf: readonly DeafAddressee[], now: Instant): SubjectHoles[] =>
  deaf.map(({ kind, id }) => ({
    serviceId: null,
    policyId: null,
    addressee: `${kind}/${id}`,
    spans: [{ from: now, until: everMs }],
  }));

/** A webhook wakes nobody at any hour: it stands in nobody's way. */
const isMeant: ReadonlySet<ReachReason["reason"]> = new Set(["nobody-on-call", "too-late", "wakes-nobody"]);

/** A hole is meant where each schedule of the policy has a declared gap, and nothing else stands in the way. */
function raisedIn(span: ReachSpan, { steps }: Policy, roster: Roster): Span[] {
  if (span.state !== "hole") return [];
  const whole = { from: span.from, until: span.until };
  if (!span.because.every(({ reason }) => isMeant.has(reason))) return [whole];
  const named = steps.flatMap(({ targets }) => targets.flatMap((one) => (one.kind === "schedule" ? one.id : [])));
  const schedules = [...new Set(named)].flatMap((id) => roster.schedules.get(id) ?? []);
  if (schedules.length === 0) return [whole];
  const meant = schedules.reduce<readonly Span[]>(
    (left, schedule) => {
      const { gaps } = finalSchedule(schedule, roster.absences, whole);
      return intersect(
        left,
        gaps.filter(({ declared }) => declared),
      );
    },
    [whole],
  );
  return subtract([whole], meant);
}

export type ToldHole = Span & HoleSubject & { readonly personId: string };
export type HoleNotice = { readonly personId: string; readonly holes: readonly SubjectHoles[] };

/** Time that somebody was told of already is left out, so that a hole that grows is told of by what it grew. */
export function newToTell(
  holes: readonly SubjectHoles[],
  told: readonly ToldHole[],
  ownersOf: (subject: HoleSubject) => readonly string[],
): HoleNotice[] {
  const notices = new Map<string, SubjectHoles[]>();
  for (const { spans, ...subject } of holes) {
    const { serviceId, policyId, addressee } = subject;
    for (const personId of ownersOf(subject)) {
      const known = told.filter(
        (one) =>
          one.personId === personId &&
          one.serviceId === serviceId &&
          one.policyId === policyId &&
          one.addressee === addressee,
      );
      const left = subtract(spans, known);
      if (left.length > 0) notices.set(personId, [...(notices.get(personId) ?? []), { ...subject, spans: left }]);
    }
  }
  return [...notices].map(([personId, of]) => ({ personId, holes: of }));
}
