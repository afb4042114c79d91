/** Opsgenie's Alert API from the side of those who call it: a create is a signal, and each action on an alert another, with
 *  what it changes of what was sent. Fields longer than Opsgenie's own limits are kept; what pages is never refused for a
 *  field that is only odd. */
import type { Signal } from "../alerts/decide.ts";
import type { Json, JsonObject, Priority, Severity } from "../kernel/vocabulary.ts";
import { type Fields, field, isFields, keyOf, wordOf } from "./fields.ts";
import type { OpsgenieAct } from "./opsgenie-path.ts";
import { cleanJson, cleanText, cleanTitle } from "./text.ts";

/** By field, in Opsgenie's words: its clients print them. */
export type FieldErrors = Readonly<Record<string, string>>;
type Refused = { readonly ok: false; readonly errors: FieldErrors };

export type OpsgenieCreate =
  | { readonly ok: true; readonly signal: Signal; readonly warnings: readonly string[] }
  | Refused;

/** What an action changes of an alert as it was sent. */
export type OpsgenieChange = {
  readonly message?: string;
  readonly description?: string;
  readonly priority?: Priority;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly addDetails?: JsonObject;
  readonly removeDetails?: readonly string[];
};

/** A signal but for whose it is: the key comes from the alert that the address names. */
export type OpsgenieSaid = Pick<Signal, "action" | "by" | "note"> & { readonly priority?: Priority };
export type OpsgenieAction =
  | { readonly ok: true; readonly said: OpsgenieSaid; readonly change: OpsgenieChange | null }
  | Refused;

const maxTags = 100;
const maxNameLength = 512;
const priorityDefault: Priority = 3;
export const severityOf: Readonly<Record<Priority, Severity>> = {
  1: "critical",
  2: "error",
  3: "warning",
  4: "info",
  5: "info",
};
/** The sender's own names, so that people find again what they configured. */
const keptAsSent = ["description", "responders", "visibleTo", "actions", "details", "entity", "user", "teams"];

/** An alert without an alias has its own id for one; until it has an id, this stands for it. */
export const withoutAlias = "tocsin/";

/** `generatedKey` serves a create that has no alias: each is then an alert of its own. */
export function parseOpsgenieAlert(body: unknown, context: { readonly generatedKey: string }): OpsgenieCreate {
  if (!isFields(body)) return { ok: false, errors: { body: "Body should be a JSON object." } };
  const message = wordOf(field(body, "message"));
  const title = cleanTitle(message ?? "");
  if (title.text === "") return { ok: false, errors: { message: "Message can not be empty." } };
  const alias = wordOf(field(body, "alias"));
  const key = keyOf(alias) ?? `${withoutAlias}${context.generatedKey}`;
  const warnings: string[] = [];
  const priority = priorityOf(field(body, "priority"));
  if (priority === null) warnings.push("'priority' is not one of P1 to P5: P3 is used");
  const details = detailsOf(body, { message: title.cut ? message : null, alias: alias === key ? null : alias });
  if (title.cut) warnings.push("'message' is too long: cut, kept whole in the details");
  if (details.truncated) warnings.push("the details are too large: truncated");
  const source = wordOf(field(body, "source"));
  const asked = priority ?? priorityDefault;
  return {
    ok: true,
    warnings,
    signal: {
      key,
      groupKey: key,
      action: "trigger",
      title: title.text,
      severity: severityOf[asked],
      source: source === null ? null : cleanTitle(source).text,
      stateful: false,
      startsAt: null,
      leaseUntil: null,
      by: null,
      note: noteOf(body),
      priority: asked,
      details: { ...(details.value as JsonObject), priority: `P${asked}`, tags: tagsOf(field(body, "tags")) },
    },
  };
}

function detailsOf(body: Fields, besides: Fields): { readonly value: Json; readonly truncated: boolean } {
  const kept: Record<string, unknown> = {};
  const all = [...keptAsSent.map((name) => [name, field(body, name)] as const), ...Object.entries(besides)];
  for (const [name, value] of all) if (value !== undefined && value !== null && value !== "") kept[name] = value;
  return cleanJson(kept);
}

/** Null for what is no priority of Opsgenie's; absent or empty is its default. */
export function priorityOf(value: unknown): Priority | null {
  const word = wordOf(value)?.trim() ?? "";
  if (word === "") return priorityDefault;
  const [, digit] = /^P([1-5])$/i.exec(word) ?? [];
  return digit === undefined ? null : (Number(digit) as Priority);
}

/** As sent: Alertmanager does not trim them, and whoever removes one names it as it was. */
export function tagsOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : typeof value === "string" ? value.split(",") : [];
  const words = list.slice(0, maxTags).map((one) => cleanText(wordOf(one) ?? "", maxNameLength).text);
  return [...new Set(words.filter((one) => one !== ""))];
}

function noteOf(body: Fields): string | null {
  const note = cleanText(wordOf(field(body, "note")) ?? "").text.trim();
  return note === "" ? null : note;
}

/** `query` is what a removal carries, which has no body. */
export function parseOpsgenieAction(act: OpsgenieAct, body: unknown, query: Fields): OpsgenieAction {
  const given = isFields(body) ? { ...query, ...body } : query;
  const user = wordOf(field(given, "user"));
  const by = user === null ? null : cleanTitle(user).text;
  const note = noteOf(given);
  const said = (action: Signal["action"], change: OpsgenieChange | null = null): OpsgenieAction => ({
    ok: true,
    change,
    said: {
      action,
      by,
      note: note === null || by === null || action !== "update" ? note : `${note}\n— ${by}`,
      ...(change?.priority !== undefined && { priority: change.priority }),
    },
  });
  switch (act) {
    case "close":
      return said("resolve");
    case "acknowledge":
    case "unacknowledge":
      return said(act);
    case "notes":
      return note === null ? refused("note", "Note can not be empty.") : said("update");
    default: {
      const change = changeOf(act, given);
      return "errors" in change ? change : said("update", change);
    }
  }
}

type Changing = Exclude<OpsgenieAct, "close" | "acknowledge" | "unacknowledge" | "notes">;

function changeOf(act: Changing, given: Fields): OpsgenieChange | Refused {
  switch (act) {
    case "message": {
      const message = cleanTitle(wordOf(field(given, "message")) ?? "").text;
      return message === "" ? refused("message", "Message can not be empty.") : { message };
    }
    case "description":
      return { description: cleanText(wordOf(field(given, "description")) ?? "").text };
    case "priority": {
      const priority = wordOf(field(given, "priority")) === null ? null : priorityOf(field(given, "priority"));
      return priority === null ? refused("priority", "Priority should be one of P1, P2, P3, P4, P5.") : { priority };
    }
    case "add-tags":
    case "remove-tags": {
      const tags = tagsOf(listed(field(given, "tags")));
      if (tags.length === 0) return refused("tags", "Tags can not be empty.");
      return act === "add-tags" ? { addTags: tags } : { removeTags: tags };
    }
    case "add-details": {
      const { value } = cleanJson(field(given, "details"));
      return isFields(value) ? { addDetails: value as JsonObject } : refused("details", "Details can not be empty.");
    }
    case "remove-details": {
      const keys = tagsOf(listed(field(given, "keys")));
      return keys.length === 0 ? refused("keys", "Keys can not be empty.") : { removeDetails: keys };
    }
  }
}

/** One client repeats the parameter, another puts commas between. */
const listed = (value: unknown): unknown =>
  Array.isArray(value) ? value.flatMap((one) => (typeof one === "string" ? one.split(",") : [one])) : value;

const refused = (name: string, text: string): Refused => ({ ok: false, errors: { [name]: text } });

export type Changed = { readonly title: string | null; readonly severity: Severity | null; readonly details: Json };

/** What is kept of an alert, after a change; whatever a change does not name stays. */
export function changeDetails(kept: unknown, change: OpsgenieChange): Changed {
  const { message: _long, ...rest } = (isFields(kept) ? kept : {}) as JsonObject;
  const before = change.message === undefined && isFields(kept) ? (kept as JsonObject) : rest;
  const tags = tagsOf(before.tags).filter((one) => !change.removeTags?.includes(one));
  const own = isFields(before.details) ? (before.details as JsonObject) : {};
  const details = Object.fromEntries(
    Object.entries({ ...own, ...change.addDetails }).filter(([name]) => !change.removeDetails?.includes(name)),
  );
  return {
    title: change.message ?? null,
    severity: change.priority === undefined ? null : severityOf[change.priority],
    details: {
      ...before,
      ...(change.description !== undefined && { description: change.description }),
      ...(change.priority !== undefined && { priority: `P${change.priority}` }),
      ...((change.addDetails ?? change.removeDetails) && { details }),
      tags: tagsOf([...tags, ...(change.addTags ?? [])]),
    },
  };
}
