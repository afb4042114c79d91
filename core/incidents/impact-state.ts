/** What is known of what an incident hurts. Kept with the incident, absent while nobody said anything of it; all of it comes from
 *  the record, and late entries take the place of their own instant. */
import type { AffectedStatus, Criticality, Magnitude } from "../kernel/impact-words.ts";
import type { Stamp } from "../kernel/stamp.ts";
import { minuteMs, parseIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import type { ImpactEvent, Named } from "./impact-events.ts";

export type Said = {
  /** When it was so. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly by: string;
  readonly note: string | null;
};
export type Statement = Said & { readonly status: AffectedStatus };
export type Affected = Named & {
  readonly service: string;
  /** In the order of their instants. */
  readonly statements: readonly Statement[];
};
export type RuledOut = Named & Said & { readonly service: string };
export type Observation = Named &
  Said & {
    /** From 1, by incident. */
    readonly number: number;
    readonly domain: string;
    readonly magnitude: Magnitude;
    readonly people: number | null;
    readonly withdrawn?: { readonly at: Instant; readonly by: string; readonly reason: string | null };
  };
export type VitalHit = Named & {
  readonly function: string;
  readonly criticality: Criticality;
  readonly tolerableMinutes: number | null;
  /** Those by which it is hit. */
  readonly services: readonly string[];
  /** The share that was said last, of the outage that began then. */
  readonly said?: { readonly since: Instant; readonly share: number };
};

export type ImpactState = {
  readonly affected: readonly Affected[];
  readonly ruledOut: readonly RuledOut[];
  /** In the order of their numbers. */
  readonly observations: readonly Observation[];
  readonly hits: readonly VitalHit[];
};

/** Each time that service came back or fell again. */
export type Turn = { readonly at: Instant; readonly back: boolean };

export const noImpact: ImpactState = { affected: [], ruledOut: [], observations: [], hits: [] };

/** Noted later than this after it was so, it is a late entry. */
export const lateAfterMs = 5 * minuteMs;
export const isLate = ({ at, recordedAt }: Pick<Said, "at" | "recordedAt">): boolean => recordedAt - at > lateAfterMs;

const types: ReadonlySet<string> = new Set<ImpactEvent["type"]>([
  "affected.stated",
  "affected.ruled-out",
  "impact.measured",
  "impact.withdrawn",
  "vital.hit",
  "outage.warned",
  "outage.passed",
]);
export const isOfImpact = <Fact extends IncidentEvent>(event: Fact): event is Fact & ImpactEvent =>
  types.has(event.type);

export function evolveImpact(
  { impactSeen: state = noImpact }: { readonly impactSeen?: ImpactState },
  event: ImpactEvent,
  stamp: Stamp,
): { readonly impactSeen: ImpactState } {
  return { impactSeen: seen(state, event, stamp) };
}

function seen(state: ImpactState, event: ImpactEvent, stamp: Stamp): ImpactState {
  const said = { at: stamp.occurredAt, recordedAt: stamp.recordedAt, by: stamp.actor.name };
  switch (event.type) {
    case "affected.stated":
      return {
        ...state,
        affected: stated(state.affected, event.data, said),
        ruledOut: state.ruledOut.filter(({ service }) => service !== event.data.service),
      };
    case "affected.ruled-out":
      return { ...state, ruledOut: [...state.ruledOut, { ...event.data, ...said }] };
    case "impact.measured":
      return { ...state, observations: [...state.observations, { ...event.data, ...said }] };
    case "impact.withdrawn": {
      const withdrawn = { at: said.recordedAt, by: said.by, reason: stamp.reason };
      return {
        ...state,
        observations: state.observations.map((one) => (one.number === event.data.number ? { ...one, withdrawn } : one)),
      };
    }
    case "vital.hit":
      return { ...state, hits: hit(state.hits, event.data) };
    case "outage.warned":
    case "outage.passed": {
      const share = event.type === "outage.passed" ? 100 : event.data.share;
      const since = parseIso(event.data.since) ?? said.at;
      return {
        ...state,
        hits: state.hits.map((one) =>
          one.function === event.data.function ? { ...one, said: { since, share } } : one,
        ),
      };
    }
  }
}

function stated(
  all: readonly Affected[],
  { service, nameFr, nameEn, status, note }: EventOf<"affected.stated">["data"],
  said: Omit<Said, "note">,
): Affected[] {
  const before = all.find((one) => one.service === service);
  const statements = [...(before?.statements ?? []), { ...said, status, note }].toSorted((a, b) => a.at - b.at);
  const now: Affected = { service, nameFr, nameEn, statements };
  return before ? all.map((one) => (one === before ? now : one)) : [...all, now];
}

/** What was tolerated when it was first hit stands, whatever became of it since. */
function hit(all: readonly VitalHit[], { service, ...data }: EventOf<"vital.hit">["data"]): VitalHit[] {
  const before = all.find((one) => one.function === data.function);
  if (!before) return [...all, { ...data, services: [service] }];
  const services = [...new Set([...before.services, service])];
  return all.map((one) => (one === before ? { ...one, services } : one));
}
