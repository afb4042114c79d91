/** What each command asks of its author, as data. The contract's bodies say what is allowed; this says how to ask. */
import type { IncidentView } from "#contract/shapes.ts";
import { helpCommands, type IncidentCommandName } from "#core/directory/responsibility.ts";
import type { FieldKind } from "./field-kinds.ts";
import type { CommandBody } from "./queries.ts";
import { zonedInstant } from "./zoned-instant.ts";

export type Field = { readonly name: string; readonly kind: FieldKind; readonly optional?: true };
export type Draft = { readonly [name: string]: string | boolean | readonly string[] | undefined };

const reason: Field = { name: "reason", kind: "lines" };
const weight: readonly Field[] = [
  { name: "impact", kind: "impact" },
  { name: "urgency", kind: "urgency" },
];
const ofStream: Field = { name: "workstream", kind: "workstream" };
const lines = (name: string): Field => ({ name, kind: "lines" });
const maybe = (name: string): Field => ({ name, kind: "lines", optional: true });

/** Where a finding comes from. */
const from: readonly Field[] = [
  { name: "source", kind: "source", optional: true },
  { name: "sourceName", kind: "line", optional: true },
];

export const commandForms: Readonly<Record<IncidentCommandName, readonly Field[]>> = {
  register: [{ name: "detectedAs", kind: "detection", optional: true }],
  dismiss: [reason],
  merge: [{ name: "into", kind: "incident" }],
  categorise: [{ name: "categories", kind: "categories" }],
  "propose-major": [reason],
  "declare-major": [{ ...reason, optional: true }],
  "stand-down-major": [reason],
  "propose-flag": [{ name: "flag", kind: "flag" }, reason],
  "raise-flag": [{ name: "flag", kind: "flag" }, maybe("reason")],
  "lower-flag": [{ name: "flag", kind: "flag" }, reason],
  "take-investigation": [],
  "set-domains": [{ name: "domains", kind: "domains" }],
  gather: [
    { name: "question", kind: "question" },
    { name: "unknown", kind: "check" },
    { name: "answer", kind: "answer" },
  ],
  "set-impact-urgency": weight,
  "confirm-priority": weight,
  "override-priority": [{ name: "priority", kind: "priority" }, reason],
  assign: [{ name: "assignee", kind: "assignee" }],
  accept: [],
  ...{ decline: [reason], leave: [reason] },
  "offer-coordination": [{ name: "person", kind: "person" }, reason],
  "accept-coordination": [],
  "decline-coordination": [reason],
  "withdraw-coordination": [],
  "fill-role": [
    { name: "role", kind: "role" },
    { name: "person", kind: "person", optional: true },
    { name: "name", kind: "line", optional: true },
  ],
  "release-role": [{ name: "role", kind: "role" }],
  "add-task": [
    lines("text"),
    { name: "person", kind: "person", optional: true },
    { name: "due", kind: "instant", optional: true },
    { ...ofStream, optional: true },
  ],
  "assign-task": [
    { name: "task", kind: "task" },
    { name: "person", kind: "person", optional: true },
    { name: "due", kind: "instant", optional: true },
    { ...ofStream, optional: true },
  ],
  "complete-task": [{ name: "task", kind: "task" }, maybe("text")],
  "cancel-task": [{ name: "task", kind: "task" }, reason],
  link: [
    { name: "kind", kind: "link-kind" },
    { name: "incident", kind: "incident" },
    { ...reason, optional: true },
  ],
  unlink: [{ name: "incident", kind: "line" }, reason],
  split: [
    { name: "title", kind: "line" },
    { ...ofStream, optional: true },
    { name: "tasks", kind: "leaving-tasks", optional: true },
    { name: "alerts", kind: "leaving-alerts", optional: true },
    { name: "person", kind: "person", optional: true },
  ],
  "open-workstream": [
    { name: "title", kind: "line" },
    lines("purpose"),
    { name: "person", kind: "person", optional: true },
    { name: "team", kind: "team", optional: true },
    { name: "due", kind: "instant", optional: true },
  ],
  "offer-workstream": [ofStream, { name: "person", kind: "person" }, reason],
  "accept-workstream": [ofStream, { ...reason, optional: true }],
  "decline-workstream": [ofStream, reason],
  "update-workstream": [
    ofStream,
    { name: "status", kind: "standing" },
    lines("text"),
    { name: "on", kind: "waits-on", optional: true },
    { name: "due", kind: "instant", optional: true },
  ],
  "finish-workstream": [ofStream, { name: "outcome", kind: "outcome" }, lines("text")],
  "plan-period": [
    lines("situation"),
    { name: "objectives", kind: "options" },
    { name: "from", kind: "instant", optional: true },
    { name: "until", kind: "instant" },
  ],
  "revise-period": [
    maybe("situation"),
    { name: "objectives", kind: "options", optional: true },
    { name: "until", kind: "instant", optional: true },
  ],
  "advise-persons": [{ name: "persons", kind: "persons", optional: true }, lines("text")],
  "add-observation": [lines("text"), ...from],
  decide: [
    lines("text"),
    maybe("why"),
    { name: "options", kind: "options", optional: true },
    { name: "decidedBy", kind: "line", optional: true },
  ],
  escalate: [{ name: "kind", kind: "escalation" }, { name: "to", kind: "addressee" }, lines("expected"), reason],
  "acknowledge-escalation": [],
  "return-escalation": [reason],
  "end-escalation": [reason],
  "set-aside-escalation": [{ name: "because", kind: "kept", optional: true }, reason],
  "ask-for-help": [lines("text"), reason],
  "confirm-help": [
    { name: "number", kind: "help" },
    { name: "kind", kind: "escalation" },
    { name: "to", kind: "addressee" },
    reason,
  ],
  "dismiss-help": [{ name: "number", kind: "help" }, reason],
  "open-hypothesis": [lines("text")],
  "add-evidence": [{ name: "hypothesis", kind: "hypothesis" }, { name: "side", kind: "side" }, lines("text"), ...from],
  "confirm-hypothesis": [{ name: "hypothesis", kind: "hypothesis" }, lines("text")],
  "rule-out-hypothesis": [{ name: "hypothesis", kind: "hypothesis" }, lines("text")],
  "link-known-error": [
    { name: "knownError", kind: "known-error" },
    { name: "ruledOut", kind: "check" },
    maybe("reason"),
  ],
  "record-cause": [lines("text")],
  "select-solution": [
    lines("text"),
    { name: "considered", kind: "options", optional: true },
    maybe("why"),
    { name: "exceeds", kind: "exceeds", optional: true },
  ],
  "declare-restored": [maybe("text")],
  "declare-relapse": [lines("text")],
  "declare-resolved": [lines("solution"), maybe("cause"), { name: "causeUnknown", kind: "check" }],
  "open-recovery": [],
  "complete-recovery-item": [{ name: "item", kind: "item" }, maybe("text"), { name: "notNeeded", kind: "check" }],
  "confirm-restored": [{ name: "working", kind: "working" }, maybe("text")],
  "confirm-recovery": [{ name: "notNeeded", kind: "check" }, lines("text"), maybe("confirmedBy")],
  "complete-documentation": [
    { name: "language", kind: "language" },
    lines("summary"),
    lines("impact"),
    maybe("workaround"),
    maybe("lessons"),
    { name: "detectedAs", kind: "detection", optional: true },
  ],
  "confirm-criterion": [{ name: "criterion", kind: "criterion" }, maybe("text"), { name: "notNeeded", kind: "check" }],
  "pause-clock": [{ name: "pause", kind: "pause" }, { name: "until", kind: "until", optional: true }, reason],
  "resume-clock": [],
  restrict: [reason],
  "lift-restriction": [reason],
  "grant-access": [{ name: "assignee", kind: "assignee" }, reason],
  "revoke-access": [{ name: "assignee", kind: "assignee" }, reason],
  mark: [{ name: "tlp", kind: "tlp" }],
  /* On a page of their own, or beside what they are about. */
  ...{ "assess-obligation": [], "date-obligation": [], "describe-obligation": [] },
  ...{ "record-submission": [], "withhold-notice": [] },
  ...{ "activate-team": [], "join-team": [], "leave-team": [], "stand-down-team": [] },
  close: [],
  "accept-closure": [maybe("text")],
  "return-closure": [reason],
  "review-derogation": [{ name: "number", kind: "derogation" }, { name: "verdict", kind: "verdict" }, maybe("text")],
  reopen: [reason],
  ...{ "request-reopen": [reason], "decline-reopen": [reason] },
};

export const asksReason = (name: IncidentCommandName): boolean =>
  commandForms[name].some((field) => field.name === "reason");

const text = (draft: Draft, name: string): string => {
  const value = draft[name];
  return typeof value === "string" ? value.trim() : "";
};

/** Which hypothesis, derogation or workstream it is about, where that is known. */
export const numberIn = (draft: Draft = {}): number | undefined =>
  Number(draft.hypothesis ?? draft.number ?? draft.workstream) || undefined;

/** What somebody else holds is taken with a reason; what is offered, or held by nobody, without. */
export const takesOver = (
  view: Pick<IncidentView, "coordinator" | "offer">,
  command: IncidentCommandName,
  meId: string,
): boolean => command === "accept-coordination" && view.coordinator !== null && view.offer?.to.id !== meId;

/** Dates as they were typed, where the reader is, become instants. */
export function withInstants(name: IncidentCommandName, draft: Draft, zone: string): Draft {
  const dates = commandForms[name].filter(({ kind }) => kind === "instant");
  return {
    ...draft,
    ...Object.fromEntries(dates.map((field) => [field.name, zonedInstant(text(draft, field.name), zone) ?? ""])),
  };
}

/** The body of the command, from what was filled in. */
export function bodyOf(name: IncidentCommandName, draft: Draft): CommandBody {
  if (name === "gather")
    return {
      question: text(draft, "question"),
      answer: draft.unknown ? null : text(draft, "answer"),
      ...around(draft),
    };
  const body: Record<string, unknown> = {};
  for (const field of commandForms[name]) Object.assign(body, partOf(field, draft));
  return { ...body, ...around(draft) } as CommandBody;
}

/** What any command may carry. */
function around(draft: Draft) {
  const [reason, derogation, occurredAt] = ["reason", "derogation", "occurredAt"].map((name) => text(draft, name));
  return {
    ...(reason && { reason }),
    ...(derogation && { derogation: { reason: derogation } }),
    ...(occurredAt && { occurredAt }),
  };
}

function partOf(field: Field, draft: Draft): Record<string, unknown> {
  const value = draft[field.name];
  switch (field.kind) {
    case "impact":
    case "urgency":
    case "priority":
    case "task":
    case "hypothesis":
    case "derogation":
    case "help":
      return { [field.name]: Number(value) };
    case "workstream":
    case "waits-on":
      return Number(value) ? { [field.name]: Number(value) } : {};
    case "assignee": {
      const [kind = "", id] = text(draft, field.name).split("/");
      return id ? { [kind]: id } : {};
    }
    case "tlp":
      return { [field.name]: value === "" || value === undefined ? null : value };
    case "exceeds":
      return value === "cost" || value === "authority" ? { [field.name]: value } : {};
    case "working":
      return { [field.name]: value === "yes" };
    case "check":
      return { [field.name]: value === true };
    case "options":
      return {
        [field.name]: text(draft, field.name)
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean),
      };
    case "leaving-tasks":
      return { [field.name]: ((value ?? []) as readonly string[]).map(Number) };
    case "persons":
    case "categories":
    case "domains":
    case "leaving-alerts":
      return { [field.name]: value ?? [] };
    default: {
      const given = text(draft, field.name);
      return given === "" ? {} : { [field.name]: given };
    }
  }
}

/** In the order in which an incident lives. */
export const commandGroups: readonly {
  readonly group: "who" | "what" | "story" | "end";
  readonly commands: readonly IncidentCommandName[];
}[] = [
  {
    group: "who",
    commands: [
      "accept",
      "decline",
      "leave",
      "offer-coordination",
      "accept-coordination",
      "decline-coordination",
      "withdraw-coordination",
      "fill-role",
      "release-role",
      "assign",
      "advise-persons",
      "escalate",
      "acknowledge-escalation",
      "return-escalation",
      "end-escalation",
      "set-aside-escalation",
      ...helpCommands,
    ],
  },
  {
    group: "what",
    commands: [
      "register",
      "categorise",
      "propose-major",
      "declare-major",
      "stand-down-major",
      "propose-flag",
      "raise-flag",
      "lower-flag",
      "take-investigation",
      "set-domains",
      "gather",
      "set-impact-urgency",
      "confirm-priority",
      "override-priority",
      "merge",
      "link",
      "unlink",
      "split",
      "dismiss",
      "restrict",
      "lift-restriction",
      "grant-access",
      "revoke-access",
      "mark",
    ],
  },
  {
    group: "story",
    commands: [
      "add-observation",
      "decide",
      "open-hypothesis",
      "add-evidence",
      "confirm-hypothesis",
      "rule-out-hypothesis",
      "link-known-error",
      "record-cause",
      "select-solution",
      "pause-clock",
      "resume-clock",
      "add-task",
      "assign-task",
      "complete-task",
      "cancel-task",
      "open-workstream",
      "offer-workstream",
      "accept-workstream",
      "decline-workstream",
      "update-workstream",
      "finish-workstream",
      "plan-period",
      "revise-period",
    ],
  },
  {
    group: "end",
    commands: [
      "declare-restored",
      "declare-relapse",
      "declare-resolved",
      "open-recovery",
      "complete-recovery-item",
      "confirm-restored",
      "confirm-recovery",
      "complete-documentation",
      "confirm-criterion",
      "close",
      "accept-closure",
      "return-closure",
      "review-derogation",
      "reopen",
      "request-reopen",
      "decline-reopen",
    ],
  },
];
