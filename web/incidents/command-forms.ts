/** What each command asks of its author, as data. The contract's bodies say what is allowed; this says how to ask. */
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import type { CommandBody } from "./queries.ts";

export type FieldKind =
  | "line"
  | "lines"
  | "impact"
  | "urgency"
  | "priority"
  | "assignee"
  | "persons"
  | "categories"
  | "incident"
  | "escalation"
  | "addressee"
  | "check"
  | "options"
  | "language";

export type Field = { readonly name: string; readonly kind: FieldKind; readonly optional?: true };
export type Draft = { readonly [name: string]: string | boolean | readonly string[] | undefined };

const reason: Field = { name: "reason", kind: "lines" };
const weight: readonly Field[] = [
  { name: "impact", kind: "impact" },
  { name: "urgency", kind: "urgency" },
];
const lines = (name: string): Field => ({ name, kind: "lines" });
const maybe = (name: string): Field => ({ name, kind: "lines", optional: true });

export const commandForms: Readonly<Record<IncidentCommandName, readonly Field[]>> = {
  register: [],
  dismiss: [reason],
  merge: [{ name: "into", kind: "incident" }],
  categorise: [{ name: "categories", kind: "categories" }],
  "set-impact-urgency": weight,
  "confirm-priority": weight,
  "override-priority": [{ name: "priority", kind: "priority" }, reason],
  assign: [{ name: "assignee", kind: "assignee" }],
  accept: [],
  decline: [reason],
  "advise-persons": [{ name: "persons", kind: "persons", optional: true }, lines("text")],
  "add-observation": [lines("text")],
  decide: [lines("text"), { name: "options", kind: "options", optional: true }],
  escalate: [{ name: "kind", kind: "escalation" }, { name: "to", kind: "addressee" }, lines("expected"), reason],
  "acknowledge-escalation": [],
  "return-escalation": [reason],
  "end-escalation": [reason],
  "record-cause": [lines("text")],
  "declare-restored": [maybe("text")],
  "declare-relapse": [lines("text")],
  "declare-resolved": [lines("solution"), maybe("cause"), { name: "causeUnknown", kind: "check" }],
  "open-recovery": [],
  "confirm-recovery": [{ name: "notNeeded", kind: "check" }, lines("text")],
  "complete-documentation": [
    { name: "language", kind: "language" },
    lines("summary"),
    lines("impact"),
    maybe("workaround"),
    maybe("lessons"),
  ],
  close: [],
  reopen: [reason],
};

export const asksReason = (name: IncidentCommandName): boolean =>
  commandForms[name].some((field) => field.name === "reason");

const text = (draft: Draft, name: string): string => {
  const value = draft[name];
  return typeof value === "string" ? value.trim() : "";
};

/** The body of the command, from what was filled in. */
export function bodyOf(name: IncidentCommandName, draft: Draft): CommandBody {
  const body: Record<string, unknown> = {};
  for (const field of commandForms[name]) Object.assign(body, partOf(field, draft));
  if (text(draft, "reason")) body.reason = text(draft, "reason");
  if (text(draft, "derogation")) body.derogation = { reason: text(draft, "derogation") };
  if (text(draft, "occurredAt")) body.occurredAt = text(draft, "occurredAt");
  return body as CommandBody;
}

function partOf(field: Field, draft: Draft): Record<string, unknown> {
  const value = draft[field.name];
  switch (field.kind) {
    case "impact":
    case "urgency":
    case "priority":
      return { [field.name]: Number(value) };
    case "assignee": {
      const [kind = "", id] = text(draft, field.name).split("/");
      return id ? { [kind]: id } : {};
    }
    case "check":
      return { [field.name]: value === true };
    case "options":
      return {
        [field.name]: text(draft, field.name)
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean),
      };
    case "persons":
    case "categories":
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
      "assign",
      "advise-persons",
      "escalate",
      "acknowledge-escalation",
      "return-escalation",
      "end-escalation",
    ],
  },
  {
    group: "what",
    commands: [
      "register",
      "categorise",
      "set-impact-urgency",
      "confirm-priority",
      "override-priority",
      "merge",
      "dismiss",
    ],
  },
  { group: "story", commands: ["add-observation", "decide", "record-cause"] },
  {
    group: "end",
    commands: [
      "declare-restored",
      "declare-relapse",
      "declare-resolved",
      "open-recovery",
      "confirm-recovery",
      "complete-documentation",
      "close",
      "reopen",
    ],
  },
];
