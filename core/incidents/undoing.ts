/** Which acts can be taken back, and how. Nothing is ever struck from the record: an act is undone by its inverse, recorded
 *  as such, and only where the inverse puts everything back and nobody has been told meanwhile. Of anything else the answer
 *  is why not: an undo that leaves half of what was done behind would be a lie. */
import type { IncidentCommandName } from "../directory/responsibility.ts";
import type { CommandInputs } from "./commands.ts";
import { majorStatus } from "./major.ts";
import { setByPerson } from "./priority.ts";
import { isRestricted } from "./restricting.ts";
import type { IncidentState } from "./state.ts";

/** How long it is offered: enough to see a slip, and no longer than a reader may rely on. */
export const undoSeconds = 10;

/** An incident with what surrounds it, as it was at one moment. */
export type Snapshot = {
  readonly incident: IncidentState;
  /** Whether people are being called now. */
  readonly calling: boolean;
  readonly openAlerts: number;
};

export type UndoableAct = "record" | IncidentCommandName;

type InverseName =
  | "dismiss"
  | "reopen"
  | "decline"
  | "categorise"
  | "set-impact-urgency"
  | "confirm-priority"
  | "unlink";

/** The inverse; its reason is for the edge to say, in the author's language. */
export type Inverse = {
  [Name in InverseName]: { readonly name: Name; readonly input: CommandInputs[Name] };
}[InverseName];

/** `told`: it has left the building, or its inverse would. `alerts-ended`: they begin no more. `first-date`: a milestone
 *  reached keeps its first date. `no-inverse`: no act puts it back. */
export const lasting = ["told", "alerts-ended", "first-date", "no-inverse"] as const;
export type Lasting = (typeof lasting)[number];

export type Undoing = { readonly by: Inverse } | { readonly lasts: Lasting };

const lasts = (why: Lasting): Undoing => ({ lasts: why });

/** What the act was about, where its state alone does not say it. */
export type About = { readonly incident?: string };

/** How to take back what `act` made of `before`; nothing was before what has just been recorded. */
export function undoing(act: UndoableAct, before: Snapshot | null, after: Snapshot, { incident }: About = {}): Undoing {
  if (act === "record") return undoRecording(after);
  if (before === null) return lasts("no-inverse");
  switch (act) {
    case "accept":
      return undoAccepting(before, after);
    case "dismiss":
      return before.openAlerts > 0 ? lasts("alerts-ended") : { by: { name: "reopen", input: {} } };
    case "categorise":
      return becameMajor(before, after) || becameRestricted(before, after)
        ? lasts("told")
        : undoCategorising(before.incident);
    case "set-impact-urgency":
    case "confirm-priority":
      return undoWeighing(act, before.incident);
    /* Unlinked, who had linked them, when and why would not come back: that one has no inverse. */
    case "link":
      return incident === undefined ? lasts("no-inverse") : { by: { name: "unlink", input: { incident } } };
    case "register":
    case "override-priority":
      return lasts("first-date");
    case "assign":
    case "advise-persons":
    case "leave":
    case "escalate":
    case "acknowledge-escalation":
    case "return-escalation":
    case "end-escalation":
    case "set-aside-escalation":
    case "confirm-help":
    case "propose-major":
    case "declare-major":
    case "stand-down-major":
    case "offer-coordination":
    case "accept-coordination":
    case "decline-coordination":
    case "withdraw-coordination":
    case "fill-role":
    case "release-role":
    case "add-task":
    case "assign-task":
    case "activate-team":
    case "join-team":
    case "leave-team":
    case "stand-down-team":
    case "open-workstream":
    case "offer-workstream":
    case "accept-workstream":
    case "decline-workstream":
    case "update-workstream":
    case "finish-workstream":
    case "split":
      return lasts("told");
    default:
      return lasts("no-inverse");
  }
}

/** Declared, its roles were called; it is stood down with a reason and not undone. */
const becameMajor = (before: Snapshot, after: Snapshot): boolean =>
  majorStatus(after.incident) !== majorStatus(before.incident);

/** Restricted by the rule of a category, it is lifted with a reason and not undone. */
const becameRestricted = (before: Snapshot, after: Snapshot): boolean =>
  isRestricted(before.incident) !== isRestricted(after.incident);

/** Recorded by a person, and nobody called for it. */
function undoRecording({ incident, calling, openAlerts }: Snapshot): Undoing {
  const { registered } = incident.milestones;
  if (calling || incident.assigned !== null || registered === undefined) return lasts("told");
  return openAlerts > 0 ? lasts("alerts-ended") : { by: { name: "dismiss", input: {} } };
}

/** Giving it back calls those who were being called, which is where it was; nobody else may hear of it. */
function undoAccepting(before: Snapshot, after: Snapshot): Undoing {
  if (after.incident.coordinationWanted && !before.incident.coordinationWanted) return lasts("told");
  /* Whoever had it would not have it back, and whoever coordinates beside them neither. */
  if (before.incident.acceptedBy !== null || before.incident.coordinator !== null) return lasts("no-inverse");
  const { assigned, milestones } = before.incident;
  /* Giving back leaves an assignment to others as it is, and no date of one that nobody holds. */
  const kept =
    assigned === null ? milestones.assigned === undefined : assigned.person !== after.incident.acceptedBy?.id;
  if (!kept) return lasts("no-inverse");
  const down = milestones.restored === undefined;
  return down && !before.calling ? lasts("told") : { by: { name: "decline", input: {} } };
}

function undoCategorising({ milestones, categories }: IncidentState): Undoing {
  if (milestones.registered === undefined || categories.length === 0) return lasts("first-date");
  return { by: { name: "categorise", input: { categories } } };
}

/** A proposal over a proposal, a confirmation over a confirmation: the former values, by the same act. */
function undoWeighing(act: "set-impact-urgency" | "confirm-priority", before: IncidentState): Undoing {
  const { impact, urgency, prioritySource, priorityReasons } = before;
  const same =
    act === "confirm-priority"
      ? prioritySource === "confirmed"
      : prioritySource === "proposed" && priorityReasons.length === 1 && priorityReasons[0] === setByPerson;
  if (!same || impact === null || urgency === null) return lasts("first-date");
  return { by: { name: act, input: { impact, urgency } } };
}
