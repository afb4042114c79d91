/** May this actor do this, here, now? One pure question, asked by the server before acting and by the browser to say why
 *  a button is disabled. */
import {
  type GrantedLevel,
  type IncidentCommandName,
  type Requirement,
  type ResponsibilityProfile,
  sfia8,
} from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Actor, CategoryId } from "../kernel/vocabulary.ts";
import { type Admission, maySee } from "./restriction.ts";

/** What of an incident matters to permission. */
export type AccessFacts = {
  readonly categories: readonly CategoryId[];
  readonly accepted: boolean;
  readonly dismissed: boolean;
  /** Reported from outside, or grave, and registered by nobody yet. */
  readonly unjudged?: boolean;
  /** What is asked would make it less urgent than was confirmed, or set, by somebody who may; or take off what its categories
   *  ask and is still open, once somebody has taken charge. */
  readonly lowers?: boolean;
  /** People paged, or assigned by name. */
  readonly asked: readonly string[];
  readonly assignedTeam: string | null;
  readonly assignedFunction: string | null;
  /** Teams that were activated: whoever is in one may answer for it. */
  readonly activeTeams?: readonly string[];
  /** Whom it admits. */
  readonly admission: Admission;
  /** What the pinned process changes. */
  readonly overrides: readonly LevelOverride[];
};

export type LevelOverride = {
  readonly command: IncidentCommandName;
  /** Absent: for any. */
  readonly whenCategory?: CategoryId;
  readonly level: GrantedLevel;
};

export type Permission = { readonly granted: true; readonly derogated: boolean };

export function can(
  command: IncidentCommandName,
  actor: Actor,
  facts: AccessFacts,
  options: { readonly derogating?: boolean; readonly profile?: ResponsibilityProfile } = {},
): Permission | Refusal {
  /* The very answer of what is not there. A machine acts on what it sent itself, and reads nothing. */
  if (actor.kind === "person" && !maySee(facts.admission, actor)) return refuse("incident-unknown");
  const profile = options.profile ?? sfia8;
  const requirement = requirementFor(command, facts, profile);
  if (requirement.kind === "anyone") return { granted: true, derogated: false };
  if (requirement.kind === "asked") {
    const { takenFrom } = requirement;
    const taken = takenFrom !== null && actor.level !== null && actor.level >= takenFrom;
    if (taken || isAsked(actor, facts)) return { granted: true, derogated: false };
    return refuse("not-asked", { command, level: takenFrom ?? "none" });
  }
  if (actor.level !== null && actor.level >= requirement.level) return { granted: true, derogated: false };
  const never = profile.neverDerogated.includes(command);
  if (!options.derogating || never) return belowLevel(command, requirement.level, actor.level, never);
  if (!derogable(command, actor.level, profile)) {
    return refuse("derogation-not-possible", { command, level: profile.derogationFrom });
  }
  return { granted: true, derogated: true };
}

/** May somebody who has not the level for it act all the same in an emergency? */
export const derogable = (command: IncidentCommandName, level: Actor["level"], profile = sfia8): boolean =>
  level !== null && level >= profile.derogationFrom && !profile.neverDerogated.includes(command);

/** Of somebody whose level is not the one that is needed. `never`: no emergency lowers it, and none is spoken of. */
export const belowLevel = (command: string, needed: number, level: number | null, never: boolean): Refusal =>
  level === null
    ? refuse("level-missing", { command, needed })
    : refuse("level-too-low", { command, needed, level, ...(never && { never }) });

function requirementFor(command: IncidentCommandName, facts: AccessFacts, profile: ResponsibilityProfile): Requirement {
  /* Taking a dismissal back asks what dismissing asks; reopening what people have closed asks more. */
  const usual = profile.commands[command === "reopen" && facts.dismissed ? "dismiss" : command];
  if (usual.kind === "level" && usual.onceAccepted !== undefined && facts.accepted)
    return { kind: "level", level: usual.onceAccepted };
  if (usual.kind === "level" && usual.unjudged !== undefined && facts.unjudged)
    return { kind: "level", level: usual.unjudged };
  const override = facts.overrides.find(
    ({ whenCategory, ...one }) =>
      one.command === command && (whenCategory === undefined || facts.categories.includes(whenCategory)),
  );
  if (usual.kind === "level" && usual.lowering !== undefined && facts.lowers) {
    /* A category may ask for more, and never for less. */
    const raised = override !== undefined && override.level > usual.lowering;
    return { kind: "level", level: raised ? override.level : usual.lowering };
  }
  return override ? { kind: "level", level: override.level } : usual;
}

export function isAsked(actor: Actor, facts: AccessFacts): boolean {
  if (actor.id !== null && facts.asked.includes(actor.id)) return true;
  if (facts.assignedTeam !== null && actor.teams.includes(facts.assignedTeam)) return true;
  if (facts.activeTeams?.some((team) => actor.teams.includes(team))) return true;
  return facts.assignedFunction !== null && actor.functions.includes(facts.assignedFunction);
}
