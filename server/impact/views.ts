/** What an incident hurts as the API shows it: what was said, what the dependencies propose, and what is worked out of both. */
import type { ImpactView } from "../../contract/impact.ts";
import { touchedIn } from "../../core/desk/impacting.ts";
import { supports } from "../../core/directory/vital.ts";
import { grantImpact } from "../../core/impact/permission.ts";
import { curvesOf, type DomainCurve, turnsOf } from "../../core/incidents/impact-curve.ts";
import { type Affected, isLate, noImpact, type Observation, type Said } from "../../core/incidents/impact-state.ts";
import { floorOf, isOut, type Outage, outagesOf, spellsOf } from "../../core/incidents/outages.ts";
import { type IncidentState, stageOf } from "../../core/incidents/state.ts";
import { impactCommands } from "../../core/kernel/impact-words.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { isoOrNull, toIso } from "../../core/kernel/time.ts";
import type { Actor, Instant, Language } from "../../core/kernel/vocabulary.ts";
import type { IncidentSeen } from "../access/acting.ts";
import type { ImpactKnown } from "./known.ts";

type Showing = { readonly actor: Actor; readonly language: Language };
type Named = ImpactView["affected"][number]["service"];
type Services = ReturnType<ImpactKnown["directory"]>["services"];

export function viewOf(known: ImpactKnown, { actor, language }: Showing, row: IncidentSeen): ImpactView {
  const { incident } = row;
  const directory = known.directory();
  const { services } = directory;
  const { affected, ruledOut } = incident.impactSeen ?? noImpact;
  const until = untilOf(incident, known.clock.now());
  const touched = incident.ended === "dismissed" || incident.ended === "merged" ? [] : touchedIn(directory, incident);
  const main = services.get(incident.service ?? "");
  const shown = new Set([
    ...affected.map(({ service }) => service),
    ...touched.map(({ service }) => service),
    ...(main ? [main.id] : []),
  ]);
  const { title, number } = { title: known.titleOf(incident, language), number: row.number };
  return {
    incident: { id: row.id, number, title, stage: stageOf(incident) },
    until: toIso(until),
    noticedAt: toIso(incident.milestones.reported ?? until),
    turns: turnsOf(incident).map(({ at, back }) => ({ at: toIso(at), back })),
    main: main
      ? { service: nameOf(main), said: [...affected, ...ruledOut].some(({ service }) => service === main.id) }
      : null,
    affected: affected.map((one) => affectedView(one, incident)),
    proposed: touched.map(({ service, harm, depth, through, kind, from }) => ({
      ...{ service: serviceOf(services, service), harm, depth, kind },
      ...{ through: serviceOf(services, through), from: serviceOf(services, from) },
      vital: supports(services.get(service)).map(nameOf),
    })),
    ruledOut: ruledOut.map((one) => ({
      service: { id: one.service, nameFr: one.nameFr, nameEn: one.nameEn },
      ...saidView(one),
    })),
    dependencies: [...shown].flatMap((service) =>
      (services.get(service)?.dependsOn ?? []).filter(({ on }) => shown.has(on)).map((one) => ({ service, ...one })),
    ),
    domains: domainViews(incident, until),
    functions: outagesOf(incident).map((one) => functionView(one, incident)),
    floor: floorView(incident),
    may: mayOf(incident, actor),
    seq: row.seq,
  };
}

/** What goes on is drawn until now; what has ended, until then. */
function untilOf({ ended, milestones, updatedAt, impactSeen }: IncidentState, now: Instant): Instant {
  if (ended === null) return now;
  const last = Math.max(0, ...(impactSeen?.observations ?? []).map(({ at }) => at));
  return Math.max(last, milestones.closed ?? updatedAt);
}

const nameOf = ({ id, nameFr, nameEn }: Named): Named => ({ id, nameFr, nameEn });
const serviceOf = (services: Services, id: string): Named => {
  const found = services.get(id);
  return found ? nameOf(found) : { id, nameFr: id, nameEn: id };
};

const saidView = (one: Said) => ({
  at: toIso(one.at),
  recordedAt: toIso(one.recordedAt),
  late: isLate(one),
  by: one.by,
  note: one.note,
});

function affectedView(one: Affected, incident: IncidentState): ImpactView["affected"][number] {
  const spell = spellsOf(one, incident).at(-1);
  return {
    service: { id: one.service, nameFr: one.nameFr, nameEn: one.nameEn },
    main: one.service === incident.service,
    status: spell?.status ?? "back",
    since: toIso(spell?.from ?? 0),
    statements: one.statements.map((each) => ({ ...saidView(each), status: each.status })),
  };
}

function domainViews(incident: IncidentState, until: Instant): ImpactView["domains"] {
  const all = (incident.impactSeen ?? noImpact).observations;
  const curves = new Map(curvesOf(incident, until).map((one) => [one.domain, one]));
  return [...Map.groupBy(all, ({ domain }) => domain)].map(([domain, observations]) => {
    const { nameFr = domain, nameEn = domain } = observations.at(-1) ?? {};
    return {
      ...{ domain, nameFr, nameEn },
      ...curveView(curves.get(domain)),
      observations: observations.toSorted((a, b) => a.at - b.at).map(observationView),
    };
  });
}

const nothing = { none: 0, low: 0, moderate: 0, high: 0, "very-high": 0 };

/** All of it may have been taken back. */
function curveView(curve: DomainCurve | undefined) {
  if (!curve)
    return {
      ...({ now: "none", peak: "none", peakAt: null, startedAt: null, endedAt: null } as const),
      ...{ minutesAt: nothing, personMinutes: null, steps: [] },
    };
  const { steps, now, peak, minutesAt, personMinutes } = curve;
  return {
    ...{ now, peak, minutesAt, personMinutes },
    peakAt: isoOrNull(curve.peakAt),
    startedAt: isoOrNull(curve.startedAt),
    endedAt: isoOrNull(curve.endedAt),
    steps: steps.map((step) => ({ ...step, from: toIso(step.from), until: toIso(step.until) })),
  };
}

const observationView = (one: Observation): ImpactView["domains"][number]["observations"][number] => ({
  ...saidView(one),
  number: one.number,
  magnitude: one.magnitude,
  people: one.people,
  withdrawn: one.withdrawn ? { ...one.withdrawn, at: toIso(one.withdrawn.at) } : null,
});

function functionView(
  { hit, since, endedAt, dueAt }: Outage,
  incident: IncidentState,
): ImpactView["functions"][number] {
  const { affected } = incident.impactSeen ?? noImpact;
  const by = affected.filter(({ service }) => hit.services.includes(service));
  const passed = since !== null && hit.said?.since === since && hit.said.share === 100;
  const suffers = by.some((one) => spellsOf(one, incident).at(-1)?.status === "degraded");
  return {
    function: { id: hit.function, nameFr: hit.nameFr, nameEn: hit.nameEn },
    criticality: hit.criticality,
    tolerableMinutes: hit.tolerableMinutes,
    services: by.map(({ service, nameFr, nameEn }) => ({ id: service, nameFr, nameEn })),
    status: isOut({ since, endedAt }) ? (passed ? "passed" : "out") : suffers ? "hit" : "over",
    since: isoOrNull(since),
    endedAt: isoOrNull(endedAt),
    dueAt: isoOrNull(dueAt),
  };
}

function floorView(incident: IncidentState): ImpactView["floor"] {
  const floor = floorOf(incident);
  if (floor === null) return null;
  const { impact, because, hit } = floor;
  const met = incident.impact !== null && incident.impact <= impact;
  return { impact, because, function: { id: hit.function, nameFr: hit.nameFr, nameEn: hit.nameEn }, met };
}

const mayOf = (incident: IncidentState, actor: Actor): ImpactView["may"] =>
  incident.ended === "dismissed" || incident.ended === "merged"
    ? []
    : impactCommands.filter((name) => !isRefusal(grantImpact(incident, name, actor)));
