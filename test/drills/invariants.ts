/** What must hold whatever happened: each check gives the violations it finds, in words. */
import { isDeepStrictEqual } from "node:util";
import { isLive } from "../../core/alerts/decide.ts";
import { reportPageIntervalMs } from "../../core/desk/reactions.ts";
import { factOf, foldOf } from "../../core/drills/facts.ts";
import type { World } from "../../core/drills/world.ts";
import type { IncidentFact } from "../../core/incidents/events.ts";
import { missingToClose } from "../../core/incidents/missing.ts";
import { evolveIncident, initialIncident } from "../../core/incidents/state.ts";
import { verifyRecord } from "../../core/kernel/record.ts";
import type { Asked } from "./inputs.ts";

export function violations(world: World, asked: Asked): string[] {
  const ids = world.incidentIds();
  return [
    ...ids.flatMap((id) =>
      [
        chain,
        onePageAStep,
        silenceAfterAcceptance,
        silenceWhenOver,
        foldsToItsState,
        alertsCounted,
        closedWhole,
        pagingEnded,
        sameFromBirth,
      ].flatMap((check) => check(world, id).map((found) => `${world.case(id).incident.number}: ${found}`)),
    ),
    ...causesExist(world),
    ...numbersWithoutGap(world),
    ...oneLiveAlertAKey(world),
    ...everySignalKept(world, asked),
    ...reportsApart(world),
  ];
}

function chain(world: World, id: string): string[] {
  const record = world.record(id);
  const verdict = verifyRecord(record);
  const gaps = record.entries.filter((entry, i) => entry.seq !== i + 1).map((entry) => `gap before entry ${entry.seq}`);
  return verdict.whole ? gaps : [...gaps, `entry ${verdict.seq} does not verify: ${verdict.because}`];
}

function onePageAStep(world: World, id: string): string[] {
  const seen = new Set<string>();
  return facts(world, id).flatMap((fact) => {
    if (fact.type !== "page.requested") return [];
    const { run, cycle, step, personId, pointId, escalation = "" } = fact.data;
    const key = `${escalation}/${run}.${cycle}.${step}/${personId}/${pointId}`;
    if (seen.has(key)) return [`two pages for ${key}`];
    seen.add(key);
    return [];
  });
}

/** Once somebody has it, nobody is paged for it again: whoever has it is told. */
function silenceAfterAcceptance(world: World, id: string): string[] {
  let incident = initialIncident;
  return facts(world, id).flatMap((fact) => {
    incident = evolveIncident(incident, fact);
    const calls = fact.type === "page.requested" || fact.type === "page.sent";
    /* An escalation calls others beside whoever has it. */
    if (calls && fact.data.escalation !== undefined) return [];
    return calls && incident.acceptedBy !== null ? [`${fact.type} while somebody has it`] : [];
  });
}

const over: readonly string[] = [
  "service.restored",
  "incident.resolved",
  "incident.closed",
  "incident.dismissed",
  "incident.merged",
];
const again: readonly string[] = ["service.relapsed", "incident.reopened"];

/** Nobody is paged for what is back, or has ended, until it is not. */
function silenceWhenOver(world: World, id: string): string[] {
  let since: string | null = null;
  return facts(world, id).flatMap(({ type, data }) => {
    if ("escalation" in data) return [];
    if (over.includes(type)) since = type;
    if (again.includes(type)) since = null;
    return since !== null && (type === "page.requested" || type === "page.sent") ? [`${type} after ${since}`] : [];
  });
}

/** The record is the only source: what is shown is what it folds to. */
function foldsToItsState(world: World, id: string): string[] {
  const kept = world.case(id);
  const { incident, paging } = foldOf(kept.entries);
  return [
    ...(isDeepStrictEqual(incident, kept.incident) ? [] : ["its state is not what its record says"]),
    ...(isDeepStrictEqual(paging, kept.paging) ? [] : ["its paging is not what its record says"]),
  ];
}

function facts(world: World, id: string): IncidentFact[] {
  return world.case(id).entries.map(factOf);
}

function alertsCounted(world: World, id: string): string[] {
  const open = world.alerts().filter((alert) => alert.incidentId === id && alert.status === "open");
  const firing = open.filter((alert) => alert.stateful);
  const { openAlerts, firingAlerts, incident } = world.case(id);
  const found: string[] = [];
  if (openAlerts !== open.length) found.push(`counts ${openAlerts} open alerts, has ${open.length}`);
  if (firingAlerts !== firing.length) found.push(`counts ${firingAlerts} firing alerts, has ${firing.length}`);
  if (incident.ended !== null && open.length > 0) found.push(`${incident.ended}, with ${open.length} open alerts`);
  return found;
}

function closedWhole(world: World, id: string): string[] {
  const { incident } = world.case(id);
  return incident.ended === "closed" ? missingToClose(incident).map((name) => `closed without ${name}`) : [];
}

/** Asked after time enough for every policy to run out. */
function pagingEnded(world: World, id: string): string[] {
  const { paging } = world.case(id);
  return paging.status === "running" ? ["still paging"] : [];
}

/** An exercise is one from its first entry to its last, and so is the process that it obeys. */
function sameFromBirth(world: World, id: string): string[] {
  const [first, ...later] = world.record(id).entries;
  return later
    .filter((entry) => entry.exercise !== first?.exercise || entry.process !== first.process)
    .map((entry) => `entry ${entry.seq} is of another exercise or process than the first`);
}

/** Whatever says that an entry caused it names that very entry, before it. */
function causesExist(world: World): string[] {
  return world.incidentIds().flatMap((id) =>
    world.record(id).entries.flatMap(({ seq, cause }) => {
      if (cause.kind !== "event") return [];
      const of = String(cause.detail?.incident ?? id);
      const named = world.record(of).entries[Number(cause.detail?.seq) - 1];
      const found = named !== undefined && named.type === cause.id && (of !== id || named.seq < seq);
      return found ? [] : [`entry ${seq} of ${id} was caused by ${cause.id}, which is not where it says`];
    }),
  );
}

function numbersWithoutGap(world: World): string[] {
  const next = new Map<string, number>();
  return world.incidentIds().flatMap((id) => {
    const { number } = world.case(id).incident;
    const series = number.slice(0, number.lastIndexOf("-"));
    const expected = (next.get(series) ?? 0) + 1;
    next.set(series, expected);
    return Number(number.slice(series.length + 1)) === expected ? [] : [`${number} where ${expected} was next`];
  });
}

function oneLiveAlertAKey(world: World): string[] {
  const live = world
    .alerts()
    .filter(isLive)
    .map((alert) => `${alert.integrationId} ${alert.key}`);
  return live.filter((key, i) => live.indexOf(key) !== i).map((key) => `two live alerts for ${key}`);
}

/** Every signal is in an incident or has the reason why not, and records count each alert that joined once. */
function everySignalKept(world: World, asked: Asked): string[] {
  const known = new Set(world.incidentIds());
  const lost = [...asked.told].filter((id) => !known.has(id)).map((id) => `a signal was told of ${id}, which is not`);
  const counted = world
    .incidentIds()
    .flatMap((id) => facts(world, id))
    .reduce((sum, fact) => sum + (fact.type === "alert.grouped" ? fact.data.count : 0), 0);
  return [
    ...lost,
    ...asked.unexplained.map((key) => `nothing says what became of ${key}`),
    ...(counted === asked.alerts ? [] : [`${asked.alerts} alerts joined, records count ${counted}`]),
    ...(world.alerts().length === asked.alerts ? [] : [`${asked.alerts} alerts joined, ${world.alerts().length} kept`]),
  ];
}

function reportsApart(world: World): string[] {
  const times = world
    .incidentIds()
    .flatMap((id) => facts(world, id))
    .filter((fact) => fact.type === "paging.started" && fact.data.reason === "reported")
    .map((fact) => fact.stamp.recordedAt)
    .toSorted((a, b) => a - b);
  return times
    .filter((at, i) => i > 0 && at - (times[i - 1] ?? 0) < reportPageIntervalMs)
    .map((at) => `reports paged twice in five minutes at ${new Date(at).toISOString()}`);
}
