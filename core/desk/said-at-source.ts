/** What a source says of an alert that is open already, as facts of its incident: who took charge of it there, who gave it
 *  back, what was noted, which priority is asked for now. */
import type { Alert, Signal } from "../alerts/decide.ts";
import type { IncidentEvent } from "../incidents/events.ts";
import { proposePriority } from "../incidents/priority.ts";
import { type Directory, personByEmail } from "./directory.ts";
import { caseOf, type Draft } from "./draft.ts";

export function noted({ note }: Signal): IncidentEvent[] {
  return note ? [{ type: "observation.noted", data: { text: note } }] : [];
}

export function acknowledged(directory: Directory, alert: Alert, { by }: Signal): IncidentEvent[] {
  const person = by === null ? undefined : personByEmail(directory, by);
  return [{ type: "alert.acknowledged", data: { key: alert.key, by, personId: person?.id ?? null } }];
}

export function unacknowledged(alert: Alert, { by }: Signal): IncidentEvent[] {
  return [{ type: "alert.unacknowledged", data: { key: alert.key, by } }];
}

/** Once a person has said which priority it is, a machine proposes no other. */
export function proposedAnew(draft: Draft, alert: Alert, { priority: asked }: Signal): IncidentEvent[] {
  if (alert.incidentId === null) return [];
  const { incident } = caseOf(draft, alert.incidentId);
  if (asked === undefined || incident.prioritySource !== "proposed") return [];
  const service = incident.service === null ? undefined : draft.directory.services.get(incident.service);
  const proposal = proposePriority({ asked, vital: (service?.vital.length ?? 0) > 0 });
  if (proposal.priority === incident.priority) return [];
  return [{ type: "priority.proposed", data: { ...proposal, reasons: [...proposal.reasons] } }];
}
