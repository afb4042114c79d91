/** Whether an incident admits somebody: asked before anybody is told anything of it. */
import { maySee } from "../access/restriction.ts";
import type { Person } from "../directory/types.ts";
import { admissionOf, isRestricted } from "../incidents/restricting.ts";
import type { IncidentState } from "../incidents/state.ts";
import { actorOf } from "./actor.ts";
import type { Directory } from "./directory.ts";

export const admits = (
  directory: Pick<Directory, "teams" | "functions">,
  incident: IncidentState,
  person: Person,
): boolean => !isRestricted(incident) || maySee(admissionOf(incident), actorOf(person, directory, "desk"));
