/** What a rule would have made of the alerts that came, had it always stood: told before it is saved. Each alert is looked at as
 *  it came and as it ended; what people did of its incident meanwhile is not replayed. */
import { minuteMs, secondMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { compileNoise, type Noise, type ReadyInhibition } from "./compiled.ts";
import { groupedBy } from "./grouping.ts";
import { counted, equalOf } from "./judge.ts";
import type { GroupingRule, NoiseRule, ThresholdRule, WaitRule } from "./rules.ts";
import type { Subject } from "./subject.ts";

export type Past = {
  readonly id: string;
  readonly subject: Subject;
  readonly openedAt: Instant;
  readonly endedAt: Instant | null;
};

export const foreseenOutcomes = ["calls", "calls-later", "never-calls", "waits", "joins"] as const;
export type Foreseen = {
  readonly id: string;
  /** `never-calls`: over before it would have been raised. `waits`: it would still. `joins`: another's incident. */
  readonly became: (typeof foreseenOutcomes)[number];
  /** The alert that mutes it, that reached the threshold, or whose group it joins. */
  readonly by: string | null;
};

/** Of those that the rule is about, in the order in which they came; `past` is in that order. */
export function foresee(rule: NoiseRule, past: readonly Past[], now: Instant): Foreseen[] {
  const noise = compileNoise({ silences: [], windows: [], rules: [{ ...rule, enabled: true }] });
  if (noise === null) return [];
  const [wait, threshold, inhibition] = [noise.waits[0], noise.thresholds[0], noise.inhibitions[0]];
  if (wait) return past.filter(({ subject }) => wait.matches(subject)).map((one) => waited(wait.rule, one, now));
  if (threshold) {
    const about = past.filter(({ subject }) => threshold.matches(subject));
    return eachPlace(threshold.rule, about, (those) => reached(threshold.rule, those, now));
  }
  if (inhibition) return muted(inhibition, past, now);
  return grouped(noise, past);
}

const held = (one: Past, raisedAt: Instant, by: string | null, now: Instant): Foreseen => {
  if (one.endedAt !== null && one.endedAt <= raisedAt) return { id: one.id, became: "never-calls", by };
  return { id: one.id, became: raisedAt <= now ? "calls-later" : "waits", by };
};

const waited = ({ minutes }: WaitRule, one: Past, now: Instant): Foreseen =>
  held(one, one.openedAt + minutes * minuteMs, null, now);

/** Within each integration, or all together, and then in order again. */
function eachPlace(
  { across }: { readonly across: boolean },
  past: readonly Past[],
  ask: (past: readonly Past[]) => readonly Foreseen[],
): Foreseen[] {
  if (across) return [...ask(past)];
  const places = Map.groupBy(past, ({ subject }) => subject.integrationId);
  const found = new Map([...places.values()].flatMap(ask).map((one) => [one.id, one]));
  return past.flatMap(({ id }) => found.get(id) ?? []);
}

function reached(rule: ThresholdRule, past: readonly Past[], now: Instant): Foreseen[] {
  const never = Number.POSITIVE_INFINITY;
  const alone = ({ openedAt }: Past): Instant =>
    rule.atLatestMinutes === null ? never : openedAt + rule.atLatestMinutes * minuteMs;
  const found = new Map<string, Foreseen>();
  let waiting: Past[] = [];
  let recent: readonly Instant[] = [];
  for (const one of past) {
    recent = counted(rule, recent, one.openedAt);
    if (recent.length < rule.count) {
      waiting.push(one);
      continue;
    }
    for (const other of waiting) found.set(other.id, held(other, Math.min(alone(other), one.openedAt), one.id, now));
    waiting = [];
    found.set(one.id, { id: one.id, became: "calls", by: null });
  }
  for (const other of waiting) found.set(other.id, held(other, alone(other), null, now));
  return past.flatMap(({ id }) => found.get(id) ?? []);
}

type Firing = Past & { readonly both: boolean };

function muted({ rule, isSource, isTarget }: ReadyInhibition, past: readonly Past[], now: Instant): Foreseen[] {
  const graceMs = rule.graceSeconds * secondMs;
  const onOf = ({ integrationId, labels }: Subject): string =>
    `${rule.across ? "" : integrationId}/${equalOf(rule.equal, labels)}`;
  const firing: readonly Firing[] = past
    .filter(({ subject }) => isSource(subject))
    .map((one) => ({ ...one, both: isTarget(one.subject) }));
  const by = Map.groupBy(firing, ({ subject }) => onOf(subject));
  return past
    .filter(({ subject }) => isTarget(subject))
    .map((one): Foreseen => {
      const both = isSource(one.subject);
      const those = (by.get(onOf(one.subject)) ?? []).filter((other) => other.id !== one.id && !(both && other.both));
      const first = those.find(
        (other) =>
          other.openedAt <= one.openedAt + graceMs && (other.endedAt ?? Number.POSITIVE_INFINITY) > one.openedAt,
      );
      if (!first) return { id: one.id, became: "calls", by: null };
      return held(one, overAt(those, first, graceMs) + graceMs, first.id, now);
    });
}

/** When the last is over of those that follow one another without a gap longer than the grace. */
function overAt(those: readonly Past[], first: Past, graceMs: number): Instant {
  let end = first.endedAt ?? Number.POSITIVE_INFINITY;
  for (const other of those)
    if (other.openedAt <= end + graceMs) end = Math.max(end, other.endedAt ?? Number.POSITIVE_INFINITY);
  return end;
}

type Group = { readonly leader: string; lastAt: Instant; liveUntil: Instant };

/** While one of its group is live, or has come within the rule's time: as if nobody had ended its incident. */
function grouped(noise: Noise, past: readonly Past[]): Foreseen[] {
  const groups = new Map<string, Group>();
  return past.flatMap((one): Foreseen[] => {
    const found = groupedBy(noise, one.subject);
    if (found === null) return [];
    const name = `${found.rule.across ? "" : one.subject.integrationId}/${found.groupKey}`;
    const ends = one.endedAt ?? Number.POSITIVE_INFINITY;
    const group = groups.get(name);
    if (!group || !isOpen(found.rule, group, one)) {
      groups.set(name, { leader: one.id, lastAt: one.openedAt, liveUntil: ends });
      return [{ id: one.id, became: "calls", by: null }];
    }
    group.lastAt = one.openedAt;
    group.liveUntil = Math.max(group.liveUntil, ends);
    return [{ id: one.id, became: "joins", by: group.leader }];
  });
}

const isOpen = ({ withinMinutes }: GroupingRule, { lastAt, liveUntil }: Group, { openedAt }: Past): boolean =>
  withinMinutes === null ? liveUntil > openedAt : openedAt - lastAt < withinMinutes * minuteMs;
