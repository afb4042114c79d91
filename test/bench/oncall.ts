/** What the time kernel costs by itself: who is on call, a year of a schedule of six layers, and the proof of reach of two
 *  hundred services. Pure functions, in this process. */
import { createChance } from "../../core/drills/chance.ts";
import { byId, person, service } from "../../core/drills/organisation.ts";
import type { Policy, Roster } from "../../core/escalation/policy.ts";
import { dayMs, hourMs, parseIso } from "../../core/kernel/time.ts";
import { type Absence, finalSchedule, type Override } from "../../core/oncall/final-schedule.ts";
import type { OpeningHours } from "../../core/oncall/opening-hours.ts";
import type { Rotation } from "../../core/oncall/rotation.ts";
import { type NamedLayer, onCallAt, type Schedule } from "../../core/oncall/schedule.ts";
import { proveDesk } from "../../core/routing/proof.ts";
import { type Figure, median, ms, quantile } from "./table.ts";

const start = parseIso("2026-01-01T00:00:00Z") ?? 0;
const yearMs = 365 * dayMs;
const counts = { people: 60, schedules: 50, policies: 40, services: 200, asked: 10_000, years: 40, proofs: 5 };
const chance = createChance(1);

const people = Array.from({ length: counts.people }, (_, n) => person(`p${n}`, 3));
const anybody = (): string => chance.oneOf(people).id;
const team = (): string[] => Array.from({ length: 4 + chance.below(4) }, anybody);

/** Follow the sun by day, the week by night, a specialist over both, somebody of last resort under all. */
function sixLayers(): NamedLayer[] {
  const common = { startDate: "2025-12-29", handoverTime: "09:00" };
  const zones = ["America/Montreal", "Europe/Paris", "Australia/Sydney"] as const;
  const day = (zone: string): OpeningHours => ({
    zone,
    openings: [{ days: [1, 2, 3, 4, 5], from: "08:00", until: "17:00" }],
    closedOn: ["2026-12-25", "2026-01-01"],
  });
  const rotations: readonly (readonly [Rotation, OpeningHours | null])[] = [
    [{ ...common, kind: "hourly", lengthHours: 12, zone: zones[0], participants: [anybody(), null, null] }, null],
    ...zones.map((zone): [Rotation, OpeningHours] => [
      { ...common, kind: "weekly", lengthWeeks: 1, zone, participants: team() },
      day(zone),
    ]),
    [{ ...common, kind: "daily", lengthDays: 2, zone: zones[1], participants: team() }, null],
    [{ ...common, kind: "weekly", lengthWeeks: 2, zone: zones[0], participants: team() }, null],
  ];
  return rotations.map(([rotation, restriction], n) => ({ id: `${n}`, name: `${n}`, rotation, restriction }));
}

function anySpan(lengthMax: number): { readonly from: number; readonly until: number } {
  const from = start + chance.below(yearMs / hourMs) * hourMs;
  return { from, until: from + (1 + chance.below(lengthMax)) * hourMs };
}

function anySchedule(id: string): Schedule {
  const overrides: Override[] = Array.from({ length: 24 }, (_, n) => ({
    ...anySpan(48),
    id: `${n}`,
    personId: anybody(),
    madeAt: start,
  }));
  return { id, name: id, layers: sixLayers(), overrides, declaredGaps: [] };
}

const absences: readonly Absence[] = people.map(({ id }) => ({ ...anySpan(240), personId: id }));

const figure = (what: string, measured: string, target: string, remark: string): Figure => ({
  what,
  measured,
  target,
  plain: "–",
  ratio: null,
  remark,
});

function timed(run: () => void): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

export function measureOnCall(): Figure[] {
  const schedules = Array.from({ length: counts.schedules }, (_, n) => anySchedule(`s${n}`));
  const instants = Array.from({ length: counts.asked }, () => start + chance.below(yearMs));
  const ask = (at: number): number => timed(() => void onCallAt(chance.oneOf(schedules), absences, at)) * 1_000;
  for (const at of instants) ask(at);
  const asked = instants.map(ask);
  const years = Array.from({ length: counts.years }, (_, n) => {
    const schedule = anySchedule(`y${n}`);
    return timed(() => void finalSchedule(schedule, absences, { from: start, until: start + yearMs }));
  });
  const proofs = Array.from({ length: counts.proofs }, () => timed(prove));
  const what = `6 layers, 24 replacements, ${absences.length} absences`;
  return [
    figure(
      "Who is on call, and until when, median",
      `${median(asked).toFixed(1)} µs`,
      "50 µs",
      `p99 ${quantile(asked, 0.99).toFixed(1)} µs; ${what}`,
    ),
    figure(
      "A year of a schedule, median",
      ms(median(years)),
      "5 ms",
      `never seen before; longest ${ms(Math.max(...years))}; ${what}`,
    ),
    figure(
      "Proof of reach, 200 services × 13 weeks, median",
      ms(median(proofs)),
      "2 s",
      `nothing known before; ${counts.schedules} such schedules, ${counts.policies} policies`,
    ),
  ];
}

/** Everything anew: what a first request after a start costs. */
function prove(): void {
  const schedules = Array.from({ length: counts.schedules }, (_, n) => anySchedule(`s${n}`));
  const policies: Policy[] = Array.from({ length: counts.policies }, (_, n) => ({
    id: `policy${n}`,
    name: `${n}`,
    repeat: 1,
    steps: Array.from({ length: 3 }, () => ({
      targets: [{ kind: "schedule", id: chance.oneOf(schedules).id } as const],
      timeoutMinutes: 5,
    })),
  }));
  const services = Array.from({ length: counts.services }, (_, n) =>
    service(`service${n}`, { policyId: chance.oneOf(policies).id }),
  );
  const roster: Roster = {
    people: byId(...people),
    teams: new Map(),
    functions: new Map(),
    schedules: byId(...schedules),
    absences,
    administrators: [],
  };
  const known = { services: byId(...services), policies: byId(...policies), defaultPolicyId: null };
  const demand = { period: { from: start, until: start + 91 * dayMs }, withinMinutes: 15, channels: null };
  proveDesk(known, roster, demand);
}
