/** What an address under `/v2/alerts` names. An alias stands in it as its client writes it: some escape nothing, so a slash
 *  in an alias is a slash in the path. The last segment that is an action of this method is the action; all before it is
 *  the alias. */

export type OpsgenieAct =
  | "close"
  | "acknowledge"
  | "unacknowledge"
  | "notes"
  | "message"
  | "description"
  | "priority"
  | "add-tags"
  | "remove-tags"
  | "add-details"
  | "remove-details";

export type IdentifierKind = "id" | "alias" | "tiny";
export type Identifier = { readonly kind: IdentifierKind; readonly value: string };

export type OpsgenieAddress =
  | { readonly is: "count" }
  | { readonly is: "request"; readonly id: string }
  | { readonly is: "alert"; readonly of: Identifier }
  | { readonly is: "act"; readonly act: OpsgenieAct; readonly of: Identifier }
  /** A call of that API which is not answered here. */
  | { readonly is: "unserved"; readonly what: string }
  | { readonly is: "nothing" };

const acts: Readonly<Record<string, Readonly<Record<string, OpsgenieAct>>>> = {
  POST: {
    close: "close",
    acknowledge: "acknowledge",
    unacknowledge: "unacknowledge",
    notes: "notes",
    tags: "add-tags",
    details: "add-details",
  },
  PUT: { message: "message", description: "description", priority: "priority" },
  PATCH: {},
  DELETE: { tags: "remove-tags", details: "remove-details" },
  GET: {},
};
const unserved: Readonly<Record<string, readonly string[]>> = {
  POST: ["snooze", "assign", "escalate", "teams", "responders", "attachments", "saved-searches"],
  PUT: ["notes"],
  PATCH: ["saved-searches"],
  DELETE: ["notes", "attachments"],
  GET: ["notes", "logs", "recipients", "attachments", "saved-searches"],
};

/** `rest`: what follows `/v2/alerts/`, as it was sent. `typed`: `identifierType`, which says that an identifier stands there. */
export function readOpsgenieAddress(method: string, rest: string, typed: unknown): OpsgenieAddress {
  const segments = rest.replace(/^\/|\/+$/g, "").split("/");
  const first = segments[0] ?? "";
  const last = segments.at(-1) ?? "";
  if (first === "") return { is: "nothing" };
  if (typed === undefined && method === "GET") {
    if (segments.length === 1 && first === "count") return { is: "count" };
    if (segments.length === 2 && first === "requests") return { is: "request", id: last };
  }
  if (segments.length > 1) {
    const of = identifier(segments.slice(0, -1), typed);
    const known = acts[method] ?? {};
    const act = Object.hasOwn(known, last) ? known[last] : undefined;
    if (act !== undefined) return { is: "act", act, of };
    if (unserved[method]?.includes(last)) return { is: "unserved", what: last };
    if (method === "POST" && segments.at(-2) === "actions") return { is: "unserved", what: "actions" };
  }
  if (unserved[method]?.includes(first) && typed === undefined) return { is: "unserved", what: first };
  if (method === "GET") return { is: "alert", of: identifier(segments, typed) };
  return method === "DELETE" ? { is: "unserved", what: "delete" } : { is: "nothing" };
}

function identifier(segments: readonly string[], typed: unknown): Identifier {
  const kind = typed === "alias" || typed === "tiny" ? typed : "id";
  return { kind, value: segments.map(decoded).join("/") };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
