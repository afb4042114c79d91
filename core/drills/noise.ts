/** What is said about noise in a drill, drawn from a seed: silences, maintenance and rules that meet whatever arrives. */
import { hourMs, minuteMs, toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { compileNoise, type Noise } from "../noise/compiled.ts";
import { everywhere, type Matcher, type Scope } from "../noise/matching.ts";
import type { NoiseRule } from "../noise/rules.ts";
import type { Silence } from "../noise/silences.ts";
import type { MaintenanceWindow } from "../noise/windows.ts";
import type { Chance } from "./chance.ts";

const matcher = (label: string, operator: Matcher["operator"], value: string): Matcher => ({ label, operator, value });

function drawScope(chance: Chance, services: readonly string[]): Scope {
  return chance.oneOf<Scope>([
    { ...everywhere, integrationId: chance.oneOf(["pagerduty", "alertmanager", "generic"]) },
    { ...everywhere, serviceId: chance.oneOf(services) },
    { ...everywhere, matchers: [matcher("key", "=~", `.*-[${chance.below(3)}${chance.below(6)}]`)] },
    { ...everywhere, matchers: [matcher("severity", "!=", "critical")] },
    { ...everywhere, text: chance.oneOf(["storm", "-1", "-4"]) },
  ]);
}

const many = <T>(chance: Chance, most: number, draw: (index: number) => T): T[] =>
  Array.from({ length: chance.below(most + 1) }, (_, index) => draw(index));

/** Null as often as not: most desks say nothing. */
export function drawNoise(chance: Chance, at: Instant, services: readonly string[]): Noise | null {
  if (chance.happens(0.4)) return null;
  const named = (kind: string, index: number) => ({ id: `${kind}-${index}`, version: 1, name: kind });
  const silence = (index: number): Silence => {
    const from = at + chance.oneOf([0, 0, 10 * minuteMs]);
    const until = from + chance.oneOf([1, 10, 45, 600]) * minuteMs;
    const scope = drawScope(chance, services);
    return { id: `silence-${index}`, version: 1, reason: "planned", createdBy: "root", scope, from, until };
  };
  const maintenance = (index: number): MaintenanceWindow => ({
    ...named("window", index),
    scope: everywhere,
    serviceIds: [chance.oneOf(services)],
    when: chance.happens(0.5)
      ? { once: { from: at, until: at + chance.below(3) * hourMs } }
      : { again: { ...daily(at), days: [1, 2, 3, 4, 5, 6, 7].filter(() => chance.happens(0.5)) } },
  });
  const rule = (index: number): NoiseRule => {
    const base = { ...named("rule", index), enabled: true, scope: drawScope(chance, services) };
    const across = chance.happens(0.5);
    return chance.oneOf<NoiseRule>([
      { ...base, kind: "wait", minutes: chance.oneOf([1, 5, 30]) },
      { ...base, kind: "threshold", across, count: 2, minutes: 10, atLatestMinutes: chance.oneOf([null, 20]) },
      {
        ...base,
        kind: "grouping",
        across,
        labels: [chance.oneOf(["severity", "key"])],
        expression: chance.oneOf([null, null, "title.size() > 12 ? 'long' : 'short'"]),
        withinMinutes: chance.oneOf([null, 10]),
        onNewKind: chance.oneOf(["page", "nothing"]),
        kindBy: chance.oneOf([[], ["key"]]),
      },
      {
        ...base,
        kind: "inhibition",
        across,
        sourceIntegration: chance.oneOf([null, "pagerduty"]),
        source: [matcher("severity", "=", "critical")],
        target: [matcher("severity", "=~", "warning|info")],
        equal: chance.oneOf([[], ["source"]]),
        graceSeconds: chance.oneOf([0, 30]),
      },
    ]);
  };
  const said = {
    silences: many(chance, 2, silence),
    windows: many(chance, 1, maintenance),
    rules: many(chance, 3, rule),
  };
  return compileNoise(said);
}

const daily = (at: Instant) =>
  ({
    every: "week",
    zone: "Europe/Paris",
    startDate: toIso(at).slice(0, 10),
    endDate: null,
    from: "22:00",
    until: "04:30",
  }) as const;
