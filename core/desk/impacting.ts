/** What is said of what an incident hurts, and what follows: the desk finds what it names; a service that supports a vital function
 *  hits it; that raises the impact which is proposed, and what is tolerated of its outage is watched. */
import type { Dependency } from "../directory/dependencies.ts";
import { touchedBy } from "../directory/dependencies.ts";
import { supports } from "../directory/vital.ts";
import type { ImpactCommand, Thing, ThingOffered } from "../impact/commands.ts";
import { decideImpact } from "../impact/decide.ts";
import { grantImpact } from "../impact/permission.ts";
import type { IncidentEvent } from "../incidents/events.ts";
import { noImpact } from "../incidents/impact-state.ts";
import { floorOf, harmedNow, outageSayingsOf } from "../incidents/outages.ts";
import { priorityOf, vitalFunction } from "../incidents/priority.ts";
import { isRefusal, type Refusal } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { toIso } from "../kernel/time.ts";
import type { Impact, Instant } from "../kernel/vocabulary.ts";
import { withSilent } from "./derogating.ts";
import type { Directory } from "./directory.ts";
import {
  append,
  appendCaused,
  type Case,
  caseOf,
  type Draft,
  dataOf,
  type Reacting,
  type ReactionTable,
} from "./draft.ts";
import { weighCriteriaAtEnd } from "./major.ts";

export type ImpactInput = {
  readonly incidentId: string;
  readonly command: ImpactCommand;
  readonly envelope: Envelope;
};

type Outcome = { readonly kind: "incident"; readonly incidentId: string };

export function impact(draft: Draft, { incidentId, command, envelope }: ImpactInput): Outcome | Refusal {
  const on = caseOf(draft, incidentId);
  /* Before anything is said of what it names. */
  const granted = grantImpact(on.incident, command.name, envelope.actor, envelope.derogation !== undefined);
  if (isRefusal(granted)) return granted;
  const decided = decideImpact(
    on.incident,
    knowing(draft.directory, on, command),
    withSilent(envelope, on, draft.directory),
  );
  if (isRefusal(decided)) return decided;
  append(draft, on, decided);
  return { kind: "incident", incidentId };
}

type Catalogue = Pick<Directory, "services" | "domains">;

function knowing(directory: Catalogue, on: Case, command: ImpactCommand): ImpactCommand {
  switch (command.name) {
    case "state-affected": {
      const known = offered(directory.services.get(command.input.service));
      const found = touchedIn(directory, on.incident).find(({ service }) => service === command.input.service);
      const through = found ? (thing(directory.services.get(found.through)) ?? null) : null;
      return { ...command, input: { ...command.input, ...(known && { known }), through } };
    }
    case "rule-out-affected": {
      const known = offered(directory.services.get(command.input.service));
      return { ...command, input: { ...command.input, ...(known && { known }) } };
    }
    case "measure-impact": {
      const known = thing(directory.domains.get(command.input.domain));
      return { ...command, input: { ...command.input, ...(known && { known }) } };
    }
    case "withdraw-impact":
      return command;
  }
}

const thing = (one: Thing | undefined): Thing | undefined =>
  one && { id: one.id, nameFr: one.nameFr, nameEn: one.nameEn };

const offered = (one: ThingOffered | undefined): ThingOffered | undefined => {
  const named = thing(one);
  return named && { ...named, ...(one?.retired && { retired: true }) };
};

/** What the dependencies propose, beside what was said: from the services that suffer now, and from its main one while nobody has
 *  said how that is, nor that it is not affected, as if it were down. */
export function touchedIn({ services }: Pick<Directory, "services">, incident: Case["incident"]) {
  const { affected, ruledOut } = incident.impactSeen ?? noImpact;
  const harmed = harmedNow(incident);
  const { service } = incident;
  const said = new Set([...affected, ...ruledOut].map((one) => one.service));
  if (service !== null && services.has(service) && !said.has(service)) harmed.set(service, "down");
  const ruled = new Set(ruledOut.map((one) => one.service));
  /* What does not suffer passes nothing on. */
  const passing = [...services.values()].map((one): { id: string; dependsOn?: readonly Dependency[] | undefined } =>
    ruled.has(one.id) ? { id: one.id } : one,
  );
  return touchedBy(passing, harmed).filter(({ service: id }) => !said.has(id) && !services.get(id)?.retired);
}

export const impactReactions: ReactionTable = {
  "affected.stated": [hitFunctions, raiseFloor, weighCriteriaAtEnd],
  "outage.passed": [raiseFloor, weighCriteriaAtEnd],
};

/** What a service that stops or works badly supports is hit, once by each service. */
function hitFunctions(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { service, status } = dataOf(reacting, "affected.stated");
  if (status !== "down" && status !== "degraded") return;
  const { hits } = on.incident.impactSeen ?? noImpact;
  const events = supports(draft.directory.services.get(service)).flatMap((one): IncidentEvent[] => {
    const { id, nameFr, nameEn, criticality = "high", tolerableMinutes = null } = one;
    if (hits.some((hit) => hit.function === id && hit.services.includes(service))) return [];
    return [{ type: "vital.hit", data: { function: id, nameFr, nameEn, service, criticality, tolerableMinutes } }];
  });
  if (events.length > 0) appendCaused(reacting, events);
}

/** Of what is proposed by hand: by the vital functions that are hit, and by those that its own service supports while it is down and
 *  nobody has said how that service is. */
export function leastImpact({ services }: Pick<Directory, "services">, incident: Case["incident"]): Impact | undefined {
  const { affected, ruledOut } = incident.impactSeen ?? noImpact;
  const { service, milestones } = incident;
  const said = [...affected, ...ruledOut].some((one) => one.service === service);
  const supporting = !said && milestones.restored === undefined && supports(services.get(service ?? "")).length > 0;
  return floorOf(incident)?.impact ?? (supporting ? 2 : undefined);
}

/** What a person has confirmed stands: that it is below the floor is shown beside it. */
function raiseFloor(reacting: Reacting): void {
  const { incident } = reacting.on;
  const floor = floorOf(incident);
  if (floor === null || incident.ended !== null) return;
  if (incident.prioritySource !== null && incident.prioritySource !== "proposed") return;
  if (incident.impact !== null && incident.impact <= floor.impact) return;
  const { impact: least } = floor;
  const urgency = incident.urgency ?? 3;
  const priority = priorityOf(least, urgency);
  appendCaused(reacting, [
    { type: "priority.proposed", data: { impact: least, urgency, priority, reasons: [vitalFunction] } },
  ]);
}

/** When something is next to be said of an outage; null: nothing is. */
export function nextOutageAt({ incident }: Pick<Case, "incident">, at: Instant): Instant | null {
  if (incident.impactSeen === undefined) return null;
  const { now, nextAt } = outageSayingsOf(incident, at);
  return now.length > 0 ? at : nextAt;
}

export function outageEvents({ incident }: Case, at: Instant): IncidentEvent[] {
  if (incident.impactSeen === undefined) return [];
  return outageSayingsOf(incident, at).now.map(({ outage: { hit }, share, since, dueAt }): IncidentEvent => {
    const { function: of, nameFr, nameEn, tolerableMinutes } = hit;
    const data = { function: of, nameFr, nameEn, since: toIso(since), due: toIso(dueAt) };
    return share === 100
      ? { type: "outage.passed", data: { ...data, minutes: tolerableMinutes ?? 0 } }
      : { type: "outage.warned", data: { ...data, share } };
  });
}
