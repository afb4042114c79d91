/** The first facts of an incident, whoever they come from: a person, a report, a machine. */
import { type AccessFacts, can } from "../access/can.ts";
import { openToAll } from "../access/restriction.ts";
import type { IncidentEvent, Origin, Title } from "../incidents/events.ts";
import { baseProcess, pin } from "../incidents/process.ts";
import { isRefusal } from "../kernel/refusal.ts";
import {
  type Actor,
  type CategoryId,
  type DetectionReason,
  type Impact,
  type Language,
  type Severity,
  type Urgency,
  usualDetection,
} from "../kernel/vocabulary.ts";

/** Parsed at the door: what a person or a report says of something wrong. */
export type NewIncident = {
  readonly title: string;
  readonly description: string | null;
  readonly language: Language;
  readonly service: string | null;
  readonly categories: readonly CategoryId[];
  readonly domains?: readonly string[];
  readonly impact: Impact | null;
  readonly urgency: Urgency | null;
  readonly severity: Severity | null;
  readonly exercise: boolean;
  /** Why whoever records it finds it to be an incident; absent: as nearly always. */
  readonly detectedAs?: DetectionReason | undefined;
  readonly origin: Origin;
};

/** Of an incident that does not exist yet. */
const unheld: AccessFacts = {
  categories: [],
  accepted: false,
  dismissed: false,
  asked: [],
  assignedTeam: null,
  assignedFunction: null,
  admission: openToAll,
  overrides: [],
};

/** A person of level 2 or more who records an incident reports, identifies and registers it in one act; with less it is
 *  a report, and someone of level 2 registers it. */
export function registersAtOnce(incident: NewIncident, actor: Actor): boolean {
  return incident.origin.kind === "person" && !isRefusal(can("register", actor, unheld));
}

export function reported(title: Title, incident: NewIncident): IncidentEvent {
  return {
    type: "incident.reported",
    data: {
      number: "",
      title,
      description: incident.description,
      language: incident.language,
      service: incident.service,
      severity: incident.severity,
      origin: incident.origin,
      process: pin(baseProcess),
      exercise: incident.exercise,
    },
  };
}

export function registered(underRuleOf: string | null, as: DetectionReason = usualDetection): IncidentEvent[] {
  return [
    { type: "incident.identified", data: { as } },
    { type: "incident.registered", data: { underRuleOf } },
  ];
}
