/** The clocks of a supplier: from when they were asked until they answer, and until they say that it works, by the minutes of their
 *  contract in their own hours. Computed, never stored; another priority shows another target and takes back nothing that has run. */
import type { SupplierClock, SupplierContact } from "../directory/suppliers.ts";
import { supplierClocks } from "../directory/suppliers.ts";
import type { ContactReason } from "../kernel/supplier-words.ts";
import { isoOrNull, minuteMs } from "../kernel/time.ts";
import type { Instant, Priority } from "../kernel/vocabulary.ts";
import { always, type BusinessCalendar, isOpenAt, openingsOf } from "../oncall/business-calendar.ts";
import { dueAt, type Openings, usedAt, warningShares } from "../oncall/business-time.ts";
import type { EngagementEvent, EngagementTarget } from "./engagement-events.ts";
import { type Engagement, isOpenEngagement } from "./engagement-state.ts";

export type EngagementKnown = {
  readonly priority: Priority | null;
  readonly calendars: ReadonlyMap<string, BusinessCalendar>;
  /** As the directory has them now. */
  readonly contacts: readonly SupplierContact[];
};

export type EngagementClock = {
  readonly clock: SupplierClock;
  /** `closed`: outside their hours, nothing counts. `ended`: over without it. */
  readonly status: "running" | "closed" | "missed" | "met" | "met-late" | "ended";
  readonly minutes: number;
  readonly calendar: string | null;
  readonly elapsedMs: number;
  readonly percent: number;
  /** Null: never, as far as can be seen. */
  readonly dueAt: Instant | null;
  readonly reachedAt: Instant | null;
};

/** What nobody has weighed yet is taken as the middle, as everywhere. */
const unweighed: Priority = 3;

type Line = {
  readonly target: EngagementTarget;
  readonly clock: {
    readonly calendar: Openings;
    readonly start: Instant;
    readonly pauses: NonNullable<Engagement["gaps"]>;
  };
  readonly reachedAt: Instant | null;
  readonly endedAt: Instant | null;
};

function lineOf(one: Engagement, kind: SupplierClock, { priority, calendars }: EngagementKnown): Line | null {
  const target = one.targets.find(
    ({ clock, priorities }) => clock === kind && (priorities?.includes(priority ?? unweighed) ?? true),
  );
  if (!target) return null;
  const own = calendars.get(target.calendar ?? "");
  const reachedAt = (kind === "respond" ? one.answeredAt : one.restoredAt) ?? null;
  return {
    target,
    clock: {
      calendar: own ? openingsOf(own) : always,
      start: one.at,
      pauses: kind === "restore" ? (one.gaps ?? []) : [],
    },
    reachedAt,
    endedAt: reachedAt ?? one.endedAt ?? null,
  };
}

export function engagementClocks(one: Engagement, known: EngagementKnown, at: Instant): EngagementClock[] {
  return supplierClocks.flatMap((kind) => {
    const line = lineOf(one, kind, known);
    if (line === null) return [];
    const { target, clock, reachedAt, endedAt } = line;
    const due = dueAt(clock, target.minutes * minuteMs);
    const until = Math.max(one.at, Math.min(at, endedAt ?? at));
    const elapsedMs = usedAt(clock, until);
    const missed = due !== null && due <= at && due < (reachedAt ?? until + 1);
    return {
      clock: kind,
      status: statusOf(line, missed, known, at),
      minutes: target.minutes,
      calendar: target.calendar,
      elapsedMs,
      percent: Math.floor((elapsedMs / (target.minutes * minuteMs)) * 100),
      dueAt: due,
      reachedAt,
    };
  });
}

function statusOf(
  { reachedAt, endedAt, target }: Line,
  missed: boolean,
  { calendars }: EngagementKnown,
  at: Instant,
): EngagementClock["status"] {
  if (reachedAt !== null) return missed ? "met-late" : "met";
  if (missed) return "missed";
  if (endedAt !== null) return "ended";
  const own = calendars.get(target.calendar ?? "");
  return own && !isOpenAt(own, at) ? "closed" : "running";
}

/** The first of its contacts that nobody has called. */
export const nextContact = ({ calls }: Pick<Engagement, "calls">, contacts: readonly SupplierContact[]) => {
  const order = Math.max(0, ...calls.map((one) => one.order)) + 1;
  const contact = contacts[order - 1];
  return contact ? { order, contact } : null;
};

/** What its timer finds to be said now: shares of its targets, that one was missed, whom to call next. */
export function lapseEngagement(one: Engagement, known: EngagementKnown, at: Instant): EngagementEvent[] {
  const events: EngagementEvent[] = [];
  const of = { number: one.number, name: one.name };
  let because: ContactReason | null = null;
  for (const kind of supplierClocks) {
    const line = runningLine(one, kind, known);
    const share = line && warningShares.findLast((each) => each > (one.said[kind] ?? 0) && sharePassed(line, each, at));
    if (!line || !share) continue;
    const measured = measuredBy(one, kind, line);
    if (share === 100) events.push({ type: "supplier.missed", data: measured });
    else events.push({ type: "supplier.warned", data: { ...measured, share } });
    if (share === 100) because ??= kind;
  }
  const next = nextContact(one, known.contacts);
  if (next === null || next.order <= (one.proposed?.order ?? 0)) return events;
  if (because === null && isDue(one, next.contact, at)) because = "after";
  if (because === null) return events;
  const { order, contact } = next;
  const { name, role } = contact;
  return [...events, { type: "supplier.contact-proposed", data: { ...of, order, contact: name, role, because } }];
}

function measuredBy({ number, name }: Engagement, clock: SupplierClock, { target, clock: by }: Line) {
  const { minutes, calendar } = target;
  return { number, name, clock, minutes, calendar, due: isoOrNull(dueAt(by, minutes * minuteMs)) };
}

/** They answered late, before its timer fired: the desk was down, or the two were seconds apart. What was missed is said all the same. */
export function missedUnsaid(one: Engagement, known: EngagementKnown, at: Instant): EngagementEvent[] {
  return supplierClocks.flatMap((kind): EngagementEvent[] => {
    const line = lineOf(one, kind, known);
    if (line === null || line.reachedAt !== at || one.said[kind] === 100) return [];
    const due = dueAt(line.clock, line.target.minutes * minuteMs);
    return due === null || due >= at ? [] : [{ type: "supplier.missed", data: measuredBy(one, kind, line) }];
  });
}

const shareAt = ({ clock, target }: Line, share: number): Instant | null =>
  dueAt(clock, Math.round((target.minutes * minuteMs * share) / 100));

function sharePassed(line: Line, share: number, at: Instant): boolean {
  const when = shareAt(line, share);
  return when !== null && when <= at;
}

function runningLine(one: Engagement, kind: SupplierClock, known: EngagementKnown): Line | null {
  const line = isOpenEngagement(one) ? lineOf(one, kind, known) : null;
  return line?.endedAt === null ? line : null;
}

const contactAt = (one: Engagement, { afterMinutes }: SupplierContact): Instant => one.at + afterMinutes * minuteMs;
const isDue = (one: Engagement, contact: SupplierContact, at: Instant): boolean =>
  one.status === "asked" && contactAt(one, contact) <= at;

/** When its timer falls due; null when nothing more is to be said of it by itself. */
export function engagementDueAt(one: Engagement, known: EngagementKnown): Instant | null {
  const times: number[] = [];
  for (const kind of supplierClocks) {
    const line = runningLine(one, kind, known);
    const share = warningShares.find((each) => each > (one.said[kind] ?? 0));
    const when = line && share ? shareAt(line, share) : null;
    if (when !== null) times.push(when);
  }
  const next = nextContact(one, known.contacts);
  if (next && one.status === "asked" && next.order > (one.proposed?.order ?? 0))
    times.push(contactAt(one, next.contact));
  return times.length === 0 ? null : Math.min(...times);
}
