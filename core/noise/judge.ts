/** May this alert call somebody now? Each rule that holds it back is asked in one order (silences, maintenance, inhibition,
 *  thresholds, waits) and the first that does is the reason given. Asked when the alert arrives, when what held it is over,
 *  and when something that it waits on changes; the answer depends on nothing but what is passed. */
import type { Waiting } from "../alerts/decide.ts";
import { minuteMs, secondMs } from "../kernel/time.ts";
import type { Instant, JsonObject } from "../kernel/vocabulary.ts";
import type { Noise } from "./compiled.ts";
import type { InhibitionRule, ThresholdRule } from "./rules.ts";
import type { Labels, Subject } from "./subject.ts";
import { coveredUntil } from "./windows.ts";

export type HeldBack = Pick<Waiting, "for" | "rule" | "on" | "until" | "values">;

/** `both`: it is a target of the same rule too. `integration`: the name of its own. */
export type Source = {
  readonly key: string;
  readonly integrationId: string;
  readonly integration: string;
  readonly both: boolean;
};

export type Asked = {
  readonly at: Instant;
  readonly openedAt: Instant;
  /** When the latest of a threshold's alerts arrived, this one included: as many as it counts, at most. */
  readonly recent: (rule: ThresholdRule) => readonly Instant[];
  /** What is firing on the source's side of an inhibition, by the values that must be equal. */
  readonly sources: (rule: InhibitionRule, equal: string) => readonly Source[];
  /** When the last of them was over, if it was lately. */
  readonly sourceOverAt: (rule: InhibitionRule, equal: string) => Instant | null;
};

/** Null: nothing holds it back. */
export function judge(noise: Noise, subject: Subject, asked: Asked): HeldBack | null {
  return (
    bySilence(noise, subject, asked) ??
    byWindow(noise, subject, asked) ??
    byInhibition(noise, subject, asked) ??
    byThreshold(noise, subject, asked) ??
    byWait(noise, subject, asked)
  );
}

/** Of several, the one that ends last: what is told is then until when nobody is called. */
function bySilence({ silences }: Noise, subject: Subject, { at }: Asked): HeldBack | null {
  let longest: HeldBack | null = null;
  for (const { rule, matches } of silences) {
    if (at < rule.from || at >= rule.until || rule.until <= (longest?.until ?? 0) || !matches(subject)) continue;
    const { id, version, reason, until } = rule;
    longest = { for: "silence", rule: { id, version, name: reason }, on: onSilence(id), until, values: {} };
  }
  return longest;
}

function byWindow({ windows }: Noise, subject: Subject, { at }: Asked): HeldBack | null {
  let longest: HeldBack | null = null;
  for (const { rule, matches } of windows) {
    if (!matches(subject)) continue;
    const until = coveredUntil(rule, at);
    if (until === null || until <= (longest?.until ?? 0)) continue;
    const { id, version, name } = rule;
    longest = { for: "window", rule: { id, version, name }, on: onWindow(id), until, values: {} };
  }
  return longest;
}

function byInhibition({ inhibitions }: Noise, subject: Subject, asked: Asked): HeldBack | null {
  let awaited: HeldBack | null = null;
  for (const one of inhibitions) {
    if (!one.isTarget(subject)) continue;
    const { id, version, name, graceSeconds, equal } = one.rule;
    const values = equalOf(equal, subject.labels);
    const rule = { id, version, name };
    const on = onRule(id, values);
    /* Two that are each source and target would mute each other, and nobody would hear of either. */
    const both = one.isSource(subject);
    const source = asked.sources(one.rule, values).find((other) => !isItself(other, subject) && !(both && other.both));
    if (source) return { for: "inhibition", rule, on, until: null, values: toldOf(source, subject) };
    const since = Math.max(asked.openedAt, asked.sourceOverAt(one.rule, values) ?? 0);
    const until = since + graceSeconds * secondMs;
    if (until > asked.at && until > (awaited?.until ?? 0)) awaited = { for: "source", rule, on, until, values: {} };
  }
  return awaited;
}

const isItself = (source: Source, { key, integrationId }: Subject): boolean =>
  source.key === key && source.integrationId === integrationId;

/** Where it comes from is said when it is from elsewhere. */
const toldOf = ({ key, integrationId, integration }: Source, subject: Subject): JsonObject =>
  integrationId === subject.integrationId ? { source: key } : { source: key, integration };

function byThreshold({ thresholds }: Noise, subject: Subject, asked: Asked): HeldBack | null {
  for (const { rule, matches } of thresholds) {
    if (!matches(subject) || asked.recent(rule).length >= rule.count) continue;
    const until = rule.atLatestMinutes === null ? null : asked.openedAt + rule.atLatestMinutes * minuteMs;
    if (until !== null && until <= asked.at) continue;
    const { id, version, name, count, minutes } = rule;
    const values = { seen: asked.recent(rule).length, count, minutes };
    return { for: "threshold", rule: { id, version, name }, on: onRule(id), until, values };
  }
  return null;
}

function byWait({ waits }: Noise, subject: Subject, { at, openedAt }: Asked): HeldBack | null {
  let longest: HeldBack | null = null;
  for (const { rule, matches } of waits) {
    const until = openedAt + rule.minutes * minuteMs;
    if (until <= at || until <= (longest?.until ?? 0) || !matches(subject)) continue;
    const { id, version, name, minutes } = rule;
    longest = { for: "wait", rule: { id, version, name }, on: onRule(id), until, values: { minutes } };
  }
  return longest;
}

export const onSilence = (id: string): string => `silence/${id}`;
export const onWindow = (id: string): string => `window/${id}`;
export const onRule = (id: string, equal = ""): string => (equal === "" ? `rule/${id}` : `rule/${id}/${equal}`);

/** Where labels have equal values, this is equal. */
export const equalOf = (names: readonly string[], labels: Labels): string =>
  JSON.stringify(names.map((name) => labels[name] ?? ""));

/** The latest that are within its time, with one more where there is one: as many as matter. */
export function counted(
  { count, minutes }: Pick<ThresholdRule, "count" | "minutes">,
  recent: readonly Instant[],
  one: Instant | null,
  at: Instant = one ?? 0,
): readonly Instant[] {
  const within = recent.filter((before) => at - before < minutes * minuteMs);
  return (one === null ? within : [...within, one]).slice(-count);
}
