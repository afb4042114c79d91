/** Alerts that call nobody yet, by a rule: held back when they arrive, asked about again when their time comes or when what they
 *  wait on changes, and then given their incident as if they had just arrived. Nothing is dropped: each is a row with its
 *  reason, and one that is over before it was raised says so. */
import { type Alert, openAlert, type Signal, type Waiting } from "../alerts/decide.ts";
import { hourMs } from "../kernel/time.ts";
import type { Instant, JsonObject } from "../kernel/vocabulary.ts";
import type { Noise } from "../noise/compiled.ts";
import { type Grouped, groupedBy, isAcross } from "../noise/grouping.ts";
import { type Asked, counted, type HeldBack, judge, onRule } from "../noise/judge.ts";
import type { ThresholdRule } from "../noise/rules.ts";
import { type Subject, subjectOf } from "../noise/subject.ts";
import type { Decision } from "../noise/trace.ts";
import type { Integration } from "./directory.ts";
import { type AlertLookup, type Draft, type Prepared, setStorm, setTogether, stormOf, togetherOf } from "./draft.ts";
import { waitingTimerKey } from "./effects.ts";
import type { ByHand, Handling, SignalResult, SignalsInput } from "./handling.ts";
import { hasGroup, keep, sourcesOf } from "./keeping.ts";

const ungrouped: ReadonlyMap<Signal, Grouped> = new Map();

/** The signals of an input under the groups that rules give them. */
export function prepare(draft: Draft, input: SignalsInput): Prepared {
  const integration = draft.directory.integrations.get(input.integrationId);
  const noise = integration ? noiseFor(draft, integration) : null;
  if (noise === null || noise.groupings.length === 0 || !integration) {
    const isPlain = !input.signals.some((signal) => signal.action === "trigger" && isAcross(signal.groupKey));
    return { signals: isPlain ? input.signals : input.signals.map(withinItsOwn), grouped: ungrouped };
  }
  const known = draft.prepared.get(input);
  if (known) return known;
  const grouped = new Map<Signal, Grouped>();
  const signals = input.signals.map((signal) => {
    if (signal.action !== "trigger") return signal;
    const found = groupedBy(noise, subjectFor(signal, integration));
    if (found === null) return withinItsOwn(signal);
    const placed = { ...signal, groupKey: found.groupKey };
    grouped.set(placed, hasGroup(signal) ? { ...found, said: signal.groupKey } : found);
    return placed;
  });
  const made = { signals, grouped };
  draft.prepared.set(input, made);
  return made;
}

/** A sender that calls its group as ours across integrations are called joins nobody else's by it. */
const withinItsOwn = (signal: Signal): Signal =>
  signal.action === "trigger" && isAcross(signal.groupKey)
    ? { ...signal, groupKey: `said/${signal.groupKey}` }
    : signal;

/** What the desk has to say of itself is held back by nobody. */
const noiseFor = ({ directory }: Draft, { kind }: Pick<Integration, "kind">): Noise | null =>
  kind === "tocsin" ? null : directory.noise;

type Source = { readonly id: string; readonly serviceId: string | null };

const subjectFor = (signal: Signal, { id, serviceId }: Source): Subject =>
  subjectOf(signal, { integrationId: id, serviceId: signal.serviceId ?? serviceId });

/** At its arrival; null when nothing holds it back. */
export function holdBack(
  handling: Handling,
  signal: Signal,
  { lookup: { last }, grouped }: { readonly lookup: AlertLookup; readonly grouped: Grouped | null },
): SignalResult | null {
  const { draft, integration } = handling;
  const noise = noiseFor(draft, integration);
  if (noise === null) return null;
  const subject = subjectFor(signal, integration);
  countIn(draft, noise, subject);
  const held = judge(noise, subject, askedOf(draft, noise, integration.id, draft.at));
  if (held === null) return null;
  const waits: Waiting = {
    ...held,
    asked: {
      serviceId: signal.serviceId ?? null,
      priority: signal.priority ?? null,
      ...(grouped?.said !== undefined && { group: grouped.said }),
    },
    after: last?.incidentId ?? last?.waits?.after ?? null,
  };
  const known = { id: draft.mint(draft.at), integrationId: integration.id, at: draft.at };
  const alert = openAlert(signal, { ...known, incidentId: null, waits, placed: null });
  keep(draft, alert, true);
  note(draft, alert, "waits", held);
  setTimer(draft, alert, held);
  return { key: alert.key, became: "waits", alertId: alert.id, incidentId: null, because: held.for };
}

/** Of one that waits; null when nothing holds it back any more. */
export function holdOn(handling: Handling, alert: Alert & { readonly waits: Waiting }): SignalResult | null {
  const { draft, integration } = handling;
  const noise = noiseFor(draft, integration);
  const { waits } = alert;
  const serviceId = waits.asked.serviceId ?? integration.serviceId;
  const subject = subjectOf(alert, { integrationId: integration.id, serviceId });
  const held = noise && judge(noise, subject, askedOf(draft, noise, integration.id, alert.openedAt));
  if (held === null) {
    draft.effects.push({ kind: "cancel-timer", key: waitingTimerKey(alert.id) });
    note(draft, alert, "raised", waits);
    return null;
  }
  const after: Alert = { ...alert, waits: { ...waits, ...held } };
  keep(draft, after, false);
  if (held.for !== waits.for || held.on !== waits.on || held.until !== waits.until) note(draft, after, "waits", held);
  setTimer(draft, after, held);
  return { key: alert.key, became: "waits", alertId: alert.id, incidentId: null, because: held.for };
}

/** Whatever holds it back still does, and not this one any more. */
export function letGo({ draft }: Handling, alert: Alert & { readonly waits: Waiting }, by: ByHand): void {
  draft.effects.push({ kind: "cancel-timer", key: waitingTimerKey(alert.id) });
  const { actor, reason } = by;
  note(draft, alert, "raised-by-hand", { ...alert.waits, values: { by: actor.id, name: actor.name, reason } });
}

/** What it said when it arrived, said again now that nothing holds it back. */
export function signalOfWaiting({ waits, ...alert }: Alert & { readonly waits: Waiting }): Signal {
  const { key, groupKey, title, severity, source, stateful, startsAt, leaseUntil, details } = alert;
  const { priority, serviceId } = waits.asked;
  const said = { key, groupKey, title, severity, source, stateful, startsAt, leaseUntil, details, serviceId };
  return { ...said, action: "trigger", by: null, ...(priority !== null && { priority }) };
}

export function groupOfWaiting(
  { draft, integration }: Handling,
  signal: Signal,
  { asked: { group } }: Pick<Waiting, "asked">,
): Grouped | null {
  const { noise } = draft.directory;
  const found = noise && groupedBy(noise, subjectFor(signal, integration));
  if (found?.groupKey !== signal.groupKey) return null;
  return group === undefined ? found : { ...found, said: group };
}

/** Over before anything was made of it. */
export function endWaiting(draft: Draft, alert: Alert): void {
  if (alert.waits === null) return;
  draft.effects.push({ kind: "cancel-timer", key: waitingTimerKey(alert.id) });
  note(draft, alert, "never-raised", alert.waits);
}

/** Of a source that says each time that it happens, each time counts. */
export function countRepeat({ draft, integration }: Handling, signal: Signal): void {
  const { noise } = draft.directory;
  if (noise === null || signal.stateful || signal.leaseUntil !== null) return;
  countIn(draft, noise, subjectFor(signal, integration));
}

function countIn(draft: Draft, { thresholds }: Noise, subject: Subject): void {
  for (const { rule, matches } of thresholds) {
    if (!matches(subject)) continue;
    const recent = counted(rule, countedOf(draft, rule, subject.integrationId), draft.at);
    if (rule.across) setTogether(draft, rule.id, { ...togetherOf(draft, rule.id), recent });
    else keepCount(draft, thresholds, subject.integrationId, { [rule.id]: recent });
    const integrationId = rule.across ? null : subject.integrationId;
    if (recent.length >= rule.count)
      draft.effects.push({ kind: "recheck", integrationId, on: onRule(rule.id), dueAt: draft.at });
  }
}

const countedOf = (draft: Draft, { id, across }: ThresholdRule, integrationId: string): readonly Instant[] =>
  (across ? togetherOf(draft, id).recent : stormOf(draft, integrationId).counts?.[id]) ?? [];

function keepCount(
  draft: Draft,
  thresholds: Noise["thresholds"],
  integrationId: string,
  counts: Readonly<Record<string, readonly Instant[]>>,
): void {
  const storm = stormOf(draft, integrationId);
  const standing = thresholds.map((one) => one.rule.id);
  const kept = Object.entries({ ...storm.counts, ...counts }).filter(([id]) => standing.includes(id));
  setStorm(draft, integrationId, { ...storm, counts: Object.fromEntries(kept) });
}

function askedOf(draft: Draft, noise: Noise, integrationId: string, openedAt: number): Asked {
  const { at } = draft;
  return {
    at,
    openedAt,
    recent: (rule) => counted(rule, countedOf(draft, rule, integrationId), null, at),
    sources: ({ id, across }, equal) => [
      ...(sourcesOf(draft, noise, across ? null : integrationId)
        .byOn.get(onRule(id, equal))
        ?.values() ?? []),
    ],
    sourceOverAt: ({ id, across }, equal) => {
      const over = across ? togetherOf(draft, id).over : stormOf(draft, integrationId).sourcesOver;
      return over?.[onRule(id, equal)] ?? null;
    },
  };
}

function note(draft: Draft, { id }: Alert, became: Decision["became"], held: HeldBack): void {
  const { for: why, rule, until, values } = held;
  draft.decisions.push({ alertId: id, at: draft.at, became, for: why, rule, until, values });
}

/** `grouped` and `new-kind`, beside what is decided about waiting. */
export function noteGroup(
  draft: Draft,
  alertId: string,
  became: "grouped" | "new-kind",
  { rule, values }: { readonly rule: Grouped["rule"]; readonly values: JsonObject },
): void {
  const { id, version, name } = rule;
  draft.decisions.push({ alertId, at: draft.at, became, for: null, rule: { id, version, name }, until: null, values });
}

/** What is known to end is asked about then; the rest when it changes, and, should that be missed, each hour. */
const askedEachMs = hourMs;

function setTimer(draft: Draft, { id, integrationId, key, groupKey }: Alert, { until }: HeldBack): void {
  draft.effects.push({
    kind: "set-timer",
    key: waitingTimerKey(id),
    timer: { kind: "waiting", integrationId, key, groupKey },
    dueAt: Math.min(until ?? draft.at + askedEachMs, draft.at + askedEachMs),
  });
}
