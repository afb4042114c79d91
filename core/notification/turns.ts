/** By which of their contact points a person is called, and when each has its turn. A preference says the order; it can
 *  never say silence: what names nothing that may be called counts as nothing said, and the first always goes at once. */
import type { ChannelKind, ContactPoint, Person } from "../directory/types.ts";
import type { Span } from "../kernel/spans.ts";
import { dayMs, minuteMs, zoned } from "../kernel/time.ts";
import type { Instant, Priority } from "../kernel/vocabulary.ts";
import { wallMsOf, zoneClock } from "../kernel/zone-clock.ts";

export type PageUrgency = "high" | "low";

export const afterMinutesMax = 60;

/** What nobody has weighed yet is as pressing as the worst. */
export const urgencyOf = (priority: Priority | null): PageUrgency =>
  priority === null || priority <= 2 ? "high" : "low";

export type Turn = { readonly point: ContactPoint; readonly afterMinutes: number };

/** What makes a telephone sound. */
const sounding: readonly ChannelKind[] = ["voice", "sms", "push", "ntfy"];

/** Whether this person asked to be left in peace at this hour, by the clock where they live. */
export function isQuiet({ preference, zone }: Pick<Person, "preference" | "zone">, at: Instant): boolean {
  const quiet = preference?.quiet;
  if (!quiet) return false;
  const { hour, minute } = zoned(at, zone);
  const now = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  const { from, to } = quiet;
  return from <= to ? from <= now && now < to : now >= from || now < to;
}

/** Every instant of a time at which this person's hours of peace may begin or end, changes of their clock included. */
export function quietEdges({ preference, zone }: Pick<Person, "preference" | "zone">, within: Span): Instant[] {
  const quiet = preference?.quiet;
  if (!quiet) return [];
  const clock = zoneClock(zone);
  const walls = [quiet.from, quiet.to].map((time) => wallMsOf(time) ?? 0);
  const edges: Instant[] = [];
  for (let day = clock.dayOf(within.from); day <= clock.dayOf(within.until); day += 1)
    edges.push(...walls.map((wall) => clock.toInstant(day, wall)));
  /* A wall clock that comes twice is its first occurrence above. */
  for (const { at, offset } of clock.changesIn(within)) {
    const day = clock.dayOf(at);
    edges.push(at, ...walls.map((wall) => day * dayMs + wall - offset));
  }
  return edges.filter((at) => at >= within.from && at < within.until);
}

/** When the hours of peace that hold at this instant are over; null outside them. */
export function quietUntil(person: Pick<Person, "preference" | "zone">, at: Instant): Instant | null {
  const quiet = person.preference?.quiet;
  if (!quiet || !isQuiet(person, at)) return null;
  const [hour = 0, minute = 0] = quiet.to.split(":").map(Number);
  const here = zoned(at, person.zone);
  const wall = { hour, minute, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 };
  const today = here.with(wall).epochMilliseconds;
  return today > at ? today : here.add({ days: 1 }).with(wall).epochMilliseconds;
}

/** More than this in five minutes on one telephone wakes nobody better: what does not press waits, and the record says so. */
const soundsMax = 5;
export const soundsWindowMs = 5 * minuteMs;

/** Until when a call waits, given when the last ones left for that contact point, newest first; null when it may leave. */
export function heldUntil(
  kind: ChannelKind,
  urgency: PageUrgency,
  known: { readonly sentAt: readonly Instant[]; readonly now: Instant },
): Instant | null {
  if (urgency === "high" || !sounding.includes(kind)) return null;
  const oldest = known.sentAt.filter((at) => at > known.now - soundsWindowMs)[soundsMax - 1];
  return oldest === undefined ? null : oldest + soundsWindowMs;
}

/** Quiet hours never mute what is urgent, nor somebody who has no other way of being reached. */
function heard(points: readonly ContactPoint[], urgency: PageUrgency, quiet: boolean): readonly ContactPoint[] {
  if (!quiet || urgency === "high") return points;
  const silent = points.filter((point) => !sounding.includes(point.kind));
  return silent.length > 0 ? silent : points;
}

/** In the order of their turns; each contact point once. Without a preference, all at once. */
export function turnsOf(
  person: Pick<Person, "contactPoints" | "preference">,
  urgency: PageUrgency,
  quiet = false,
): Turn[] {
  const enabled = person.contactPoints.filter((point) => point.enabled);
  const usable = heard(enabled, urgency, quiet);
  const turns: Turn[] = [];
  for (const { contactPoint, afterMinutes } of person.preference?.[urgency] ?? []) {
    const point = usable.find((one) => one.id === contactPoint);
    if (point && !turns.some((turn) => turn.point.id === point.id)) turns.push({ point, afterMinutes });
  }
  if (turns.length === 0) return usable.map((point) => ({ point, afterMinutes: 0 }));
  const first = Math.min(...turns.map((turn) => turn.afterMinutes));
  return turns
    .map(({ point, afterMinutes }) => ({ point, afterMinutes: Math.min(afterMinutes - first, afterMinutesMax) }))
    .toSorted((a, b) => a.afterMinutes - b.afterMinutes);
}

export type Kept = { readonly point: ContactPoint; readonly until: Instant };

/** What their hours of peace keep from somebody is told by one way when these are over: the first of those left in peace, and
 *  rather one that writes than one that speaks. */
export function keptForLater(
  person: Pick<Person, "contactPoints" | "preference" | "zone">,
  urgency: PageUrgency,
  at: Instant,
): Kept | null {
  const until = urgency === "high" ? null : quietUntil(person, at);
  if (until === null) return null;
  const now = turnsOf(person, urgency, true).map(({ point }) => point.id);
  const left = turnsOf(person, urgency).filter(({ point }) => !now.includes(point.id));
  const told = left.find(({ point }) => point.kind !== "voice") ?? left[0];
  return told === undefined ? null : { point: told.point, until };
}

/** What only tells goes where it can be kept and read again: by e-mail, else wherever this person can be reached. */
export function pointForNotices(person: Pick<Person, "contactPoints"> | undefined): ContactPoint | undefined {
  const usable = person?.contactPoints.filter((point) => point.enabled) ?? [];
  return usable.find((point) => point.kind === "email") ?? usable[0];
}

export type NewsWays = { readonly now: readonly ContactPoint[]; readonly later: Kept | null };

/** What somebody should hear of soon, though nothing burns: by e-mail, and by what they named first for what does not press. In
 *  their hours of peace what would sound waits for the end of these, with the calls that do. */
export function waysForNews(
  person: Pick<Person, "contactPoints" | "preference" | "zone"> | undefined,
  at: Instant,
): NewsWays {
  const kept = pointForNotices(person);
  if (!person || !kept) return { now: [], later: null };
  const named = (person.preference?.low.length ?? 0) > 0;
  if (!named) return { now: [kept], later: null };
  const quiet = isQuiet(person, at);
  const first = turnsOf(person, "low", quiet)[0]?.point;
  const now = first === undefined || first.id === kept.id ? [kept] : [kept, first];
  const loud = turnsOf(person, "low")[0]?.point;
  const waits = quiet && loud !== undefined && !now.includes(loud);
  return { now, later: waits ? keptForLater(person, "low", at) : null };
}
