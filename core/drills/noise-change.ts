/** Two runs of the same alerts, under what is said about noise now and under a change of it: which incidents would be opened, joined
 *  or not, and which pagings follow on either side. What was really called is the past of both. */
import { aboutNothing } from "../escalation/conditions.ts";
import type { DifferenceReason, IncidentChangeKind, Instant } from "../kernel/vocabulary.ts";
import type { Life, NoiseSide, OpenedIncident } from "./noise-run.ts";
import { isOfIncidentItself, type PastPaging } from "./replay-history.ts";
import type { Both } from "./replay-parts.ts";
import type { Paired } from "./replay-sum.ts";

/** An incident of either side, or of both. */
export type NoisePair = {
  /** The alert that opened it: as it is now, or, where it is not opened now, as it would be. */
  readonly leader: string;
  readonly before: OpenedIncident | null;
  readonly after: OpenedIncident | null;
};

export type IncidentChange = {
  readonly kind: IncidentChangeKind;
  readonly leader: string;
  readonly before: Instant | null;
  readonly after: Instant | null;
  /** The alert that opened the incident that its alerts join, or, of one that is opened, in which they were. */
  readonly into: string | null;
  readonly rule: { readonly id: string; readonly name: string } | null;
};

/** Opened by the same alert; otherwise by another of its own. */
export function pairIncidents({ before, after }: Both<NoiseSide>): NoisePair[] {
  const members = new Map<string, string[]>();
  for (const [id, { leader }] of before.alerts) {
    if (leader === null) continue;
    const known = members.get(leader);
    if (known) known.push(id);
    else members.set(leader, [id]);
  }
  const taken = new Set([...after.incidents.keys()].filter((leader) => before.incidents.has(leader)));
  const pairs = [...before.incidents.values()].map((one): NoisePair => {
    const { leader } = one;
    const same = after.incidents.get(leader);
    const other = same ? leader : members.get(leader)?.find((id) => after.incidents.has(id) && !taken.has(id));
    if (other !== undefined) taken.add(other);
    return { leader, before: one, after: after.incidents.get(other ?? "") ?? null };
  });
  for (const one of after.incidents.values())
    if (!taken.has(one.leader)) pairs.push({ leader: one.leader, before: null, after: one });
  return pairs;
}

export function changeOf({ leader, before, after }: NoisePair, sides: Both<NoiseSide>): IncidentChange | null {
  const [was, becomes] = [sides.before.alerts.get(leader), sides.after.alerts.get(leader)];
  const times = { leader, before: before?.openedAt ?? null, after: after?.openedAt ?? null };
  const ruleOf = (fate: typeof was) => fate?.waits && { id: fate.waits.rule.id, name: fate.waits.rule.name };
  if (before && after) {
    if (before.openedAt === after.openedAt) return null;
    const later = after.openedAt > before.openedAt;
    return { kind: later ? "later" : "sooner", ...times, into: null, rule: ruleOf(later ? becomes : was) ?? null };
  }
  if (after) return { kind: "opened", ...times, into: was?.leader ?? null, rule: ruleOf(was) ?? null };
  const rule = ruleOf(becomes) ?? null;
  if (becomes?.leader) return { kind: "joined", ...times, into: becomes.leader, rule };
  return { kind: becomes?.became === "waits" ? "still-waits" : "not-opened", ...times, into: null, rule };
}

const reasons: Readonly<Record<IncidentChangeKind, DifferenceReason>> = {
  "not-opened": "not-opened",
  "still-waits": "still-waits",
  joined: "joined",
  later: "opened-later",
  sooner: "opened-sooner",
  opened: "opened",
};

/** What is known of the incident that the alert of a pair was really in. */
export type Reality = {
  /** Null: it opened none. */
  readonly own: { readonly id: string; readonly number: string; readonly reportedAt: Instant } | null;
  /** Those of its own incident; without one, of the incident that its alert was in. */
  readonly pagings: readonly PastPaging[];
  readonly life: Life | null;
  readonly until: Instant;
};

/** `startedAt`: when it began then. */
export type PairedPaging = Paired & { readonly startedAt: Instant };

export function pagingsOfPair(pair: NoisePair, change: IncidentChange | null, reality: Reality): PairedPaging[] {
  const because = change === null ? undefined : reasons[change.kind];
  const arrivedAt = (pair.before ?? pair.after)?.arrivedAt;
  const common = { ...(because && { because }), ...(arrivedAt !== undefined && { arrivedAt }) };
  const { own, pagings } = reality;
  if (own === null) {
    const [before, after] = [imagined(pair.before, reality), imagined(pair.after, reality)];
    const same = change === null ? before : after;
    const startedAt = (before ?? after)?.startedAt ?? 0;
    return [{ startedAt, before, after: same, ...common }, ...askedAnew(pair, reality)];
  }
  const first = pagings.find(isOfIncidentItself);
  const others = pagings.filter((one) => one !== first);
  const told = (past: PastPaging): PairedPaging => {
    const before = pair.before && moved(past, pair.before, own.reportedAt);
    const after = change === null ? before : pair.after && moved(past, pair.after, own.reportedAt);
    return { startedAt: past.startedAt, before, after, ...(because && { because }) };
  };
  return [
    ...(first ? [{ ...told(first), ...common }] : []),
    ...others.map((past) => dropUnasked(told(past), past, pair)),
    ...askedAnew(pair, reality),
  ];
}

/** As much later as its incident is opened; over at once when its sources are. */
function moved(past: PastPaging, { openedAt, clearedAt }: OpenedIncident, reportedAt: Instant): PastPaging {
  const byMs = openedAt - reportedAt;
  if (byMs === 0) return past;
  const startedAt = past.startedAt + byMs;
  const cleared = clearedAt.find((at) => at >= startedAt) ?? Number.POSITIVE_INFINITY;
  return {
    ...past,
    startedAt,
    learned: past.learned.map((one) => ({ ...one, at: one.at + byMs })),
    endsAt: past.answers.length > 0 ? past.endsAt + byMs : Math.min(past.endsAt + byMs, cleared),
  };
}

/** By its alert, since there was no incident. Nobody was called then: whoever answered for the incident that it was in would answer for it alone, and if nobody did, nobody
 *  does. */
function imagined(one: OpenedIncident | null, { pagings, life, until }: Reality): PastPaging | null {
  if (one === null) return null;
  const { leader, openedAt, serviceId, priority, clearedAt } = one;
  const [known] = pagings;
  const ends = [life?.restoredMs, life?.resolvedMs, life?.endedMs].flatMap((ms) => (ms == null ? [] : [openedAt + ms]));
  const about = { ...aboutNothing, service: serviceId, priority };
  return {
    incident: { id: leader, number: "", serviceId },
    startedAt: openedAt,
    reason: "registered",
    learned: [{ at: openedAt, about }],
    assigned: [],
    answers: known?.answers ?? [],
    declined: known?.declined ?? [],
    endsAt: Math.min(until, clearedAt[0] ?? until, ...ends),
  };
}

/** Instants of the record and of a run may differ by as much. */
const sameMs = 2_000;
const near = (asked: OpenedIncident["asked"], at: Instant): boolean =>
  asked.some((one) => Math.abs(one.at - at) <= sameMs);

const asks = new Set(["relapsed", "new-kind"]);

/** What its alerts asked anew then, and would not with the change. */
function dropUnasked(told: PairedPaging, past: PastPaging, { before, after }: NoisePair): PairedPaging {
  if (!before || !after || !asks.has(past.reason) || told.after === null) return told;
  if (!near(before.asked, past.startedAt) || near(after.asked, past.startedAt)) return told;
  return { ...told, after: null, because: "not-asked-anew" };
}

/** What its alerts would ask anew with the change, and did not: a kind of failure that joins what somebody has, or a source that
 *  comes back. Whoever had it is asked, or its policy. */
function askedAnew({ before, after }: NoisePair, reality: Reality): PairedPaging[] {
  if (!after) return [];
  const { own, pagings, life, until } = reality;
  const [first] = pagings;
  return after.asked
    .filter(
      ({ at }) =>
        !near(before?.asked ?? [], at) && !pagings.some((one) => at >= one.startedAt && at < calledUntil(one)),
    )
    .map(({ at, reason }): PairedPaging => {
      const imagine = imagined(
        { ...after, openedAt: at, clearedAt: after.clearedAt.filter((end) => end > at) },
        reality,
      );
      const accepted = reason === "new-kind" ? (life?.acceptedBy?.id ?? null) : null;
      const paging: PastPaging = {
        ...(imagine as PastPaging),
        incident: own
          ? { id: own.id, number: own.number, serviceId: after.serviceId }
          : { id: after.leader, number: "", serviceId: after.serviceId },
        reason,
        learned: first?.learned ?? imagine?.learned ?? [],
        assigned: accepted === null ? [] : [accepted],
        endsAt: Math.min(
          until,
          ...after.clearedAt.filter((end) => end > at),
          at + (life?.resolvedMs ?? Number.POSITIVE_INFINITY),
        ),
      };
      return { startedAt: at, before: null, after: paging, because: "asked-anew", arrivedAt: at };
    });
}

const calledUntil = ({ startedAt, answers, endsAt }: PastPaging): Instant =>
  answers.length === 0 ? endsAt : startedAt + Math.max(...answers.map(({ afterMs }) => afterMs));
