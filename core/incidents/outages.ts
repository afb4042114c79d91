/** Vital functions that an incident stops: since when, how much of what is tolerated is used up, and the least impact that they make
 *  of it. A function is out while any service by which it was hit is down. */
import type { AffectedStatus, Harm } from "../kernel/impact-words.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Impact, Instant } from "../kernel/vocabulary.ts";
import { warningShares } from "../oncall/business-time.ts";
import { turnsOf } from "./impact-curve.ts";
import { type Affected, noImpact, type VitalHit } from "./impact-state.ts";
import type { IncidentState } from "./state.ts";

type Known = Pick<IncidentState, "impactSeen" | "turns" | "milestones" | "ended">;
type Spell = { readonly from: Instant; readonly status: AffectedStatus };

/** How a service was, with what a restoration or a relapse makes of it. What was said at the instant of one stands. */
export function spellsOf({ statements }: Pick<Affected, "statements">, incident: Known): Spell[] {
  const turns = turnsOf(incident).map((turn) => ({ at: turn.at, back: turn.back }));
  const happened: { readonly at: Instant; readonly back?: boolean; readonly status?: AffectedStatus }[] = [
    ...turns,
    ...statements.map(({ at, status }) => ({ at, status })),
  ].toSorted((a, b) => a.at - b.at);
  const spells: Spell[] = [];
  let before: AffectedStatus = "back";
  let restored = false;
  for (const { at, back, status } of happened) {
    const last = spells.at(-1);
    if (status !== undefined) {
      spells.push({ from: at, status });
      before = status;
      restored = false;
    } else if (back && last && last.status !== "back") {
      spells.push({ from: at, status: "back" });
      restored = true;
    } else if (!back && restored) {
      spells.push({ from: at, status: before });
      restored = false;
    }
  }
  return spells;
}

export const statusNow = (affected: Pick<Affected, "statements">, incident: Known): AffectedStatus =>
  spellsOf(affected, incident).at(-1)?.status ?? "back";

/** Services that suffer now, by how. */
export function harmedNow(incident: Known): Map<string, Harm> {
  const harmed = new Map<string, Harm>();
  for (const one of (incident.impactSeen ?? noImpact).affected) {
    const status = statusNow(one, incident);
    if (status !== "back") harmed.set(one.service, status);
  }
  return harmed;
}

export type Outage = {
  readonly hit: VitalHit;
  /** Of the outage that goes on, or of the last one; null: it never was out. */
  readonly since: Instant | null;
  /** Null: it is out. */
  readonly endedAt: Instant | null;
  readonly dueAt: Instant | null;
};

export function outagesOf(incident: Known): Outage[] {
  const { hits, affected } = incident.impactSeen ?? noImpact;
  return hits.map((hit): Outage => {
    const changes = affected
      .filter(({ service }) => hit.services.includes(service))
      .flatMap((one) => {
        let down = false;
        return spellsOf(one, incident).flatMap(({ from, status }) => {
          const was = down;
          down = status === "down";
          return down === was ? [] : [{ at: from, by: down ? 1 : -1 }];
        });
      })
      /* Handed from one service to the next at one instant, it goes on. */
      .toSorted((a, b) => a.at - b.at || b.by - a.by);
    let count = 0;
    let since: Instant | null = null;
    let endedAt: Instant | null = null;
    for (const { at, by } of changes) {
      if (count === 0) since = at;
      count += by;
      endedAt = count === 0 ? at : null;
    }
    const { tolerableMinutes } = hit;
    return {
      hit,
      since,
      endedAt,
      dueAt: since === null || tolerableMinutes === null ? null : since + tolerableMinutes * minuteMs,
    };
  });
}

export const isOut = ({ since, endedAt }: Pick<Outage, "since" | "endedAt">): boolean =>
  since !== null && endedAt === null;

export type OutageSaying = {
  readonly outage: Outage;
  readonly share: (typeof warningShares)[number];
  readonly since: Instant;
  readonly dueAt: Instant;
};

/** The highest share of each that has passed by then and was not said, and when the next is to be. Nothing is said of what has
 *  ended. */
export function outageSayingsOf(
  incident: Known,
  at: Instant,
): { readonly now: readonly OutageSaying[]; readonly nextAt: Instant | null } {
  const now: OutageSaying[] = [];
  let nextAt: Instant | null = null;
  if (incident.ended !== null) return { now, nextAt };
  for (const outage of outagesOf(incident)) {
    const { hit, since, dueAt } = outage;
    if (since === null || dueAt === null || !isOut(outage)) continue;
    const from = hit.said?.since === since ? hit.said.share : 0;
    let reached: OutageSaying | null = null;
    for (const share of warningShares) {
      if (share <= from) continue;
      const when = since + Math.round(((dueAt - since) * share) / 100);
      if (when > at) {
        nextAt = nextAt === null ? when : Math.min(nextAt, when);
        break;
      }
      reached = { outage, share, since, dueAt };
    }
    if (reached) now.push(reached);
  }
  return { now, nextAt };
}

/** Why the impact is at least so: the function stopped for longer than is tolerated, or is critical and stopped, or is hit. */
export type FloorReason = "passed" | "critical-stopped" | "hit";
export type Floor = { readonly impact: Impact; readonly because: FloorReason; readonly hit: VitalHit };

/** The most severe; null while no vital function is hit. */
export function floorOf(incident: Known): Floor | null {
  const harmed = harmedNow(incident);
  let floor: Floor | null = null;
  for (const { hit, since, endedAt } of outagesOf(incident)) {
    const harm = hit.services.map((service) => harmed.get(service));
    if (!harm.some((one) => one === "down" || one === "degraded")) continue;
    const out = isOut({ since, endedAt });
    const passed = out && hit.said?.since === since && hit.said?.share === 100;
    const because: FloorReason = passed ? "passed" : out && hit.criticality === "critical" ? "critical-stopped" : "hit";
    const impact = because === "hit" ? 2 : 1;
    if (floor === null || impact < floor.impact) floor = { impact, because, hit };
  }
  return floor;
}
