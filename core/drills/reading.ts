/** What a drill or a test reads in a world: short questions to its records and mailboxes. */
import type { IncidentEventType } from "../incidents/events.ts";
import type { SealedEntry } from "../kernel/record.ts";
import type { World } from "./world.ts";

export function typesOf(world: World, incidentId: string): string[] {
  return world.case(incidentId).entries.map((entry) => entry.type);
}

export function countOf(world: World, incidentId: string, type: IncidentEventType): number {
  return typesOf(world, incidentId).filter((one) => one === type).length;
}

/** The latest entry of a type; throws, with what there is, when there is none. */
export function lastOf(world: World, incidentId: string, type: IncidentEventType): SealedEntry {
  const found = world.case(incidentId).entries.findLast((entry) => entry.type === type);
  if (!found) throw new Error(`no ${type} among ${typesOf(world, incidentId).join(", ")}`);
  return found;
}

/** Pages that reached a person. */
export function pagesOf(world: World, personId: string): number {
  return world.mailbox(personId).filter((letter) => letter.about === "page").length;
}

export function onlyIncident(world: World): string {
  const [id, ...others] = world.incidentIds();
  if (id === undefined || others.length > 0)
    throw new Error(`expected one incident, not ${world.incidentIds().length}`);
  return id;
}
