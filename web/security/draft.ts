/** What a form about the security of an incident holds, where it begins, and what it becomes. Texts, as fields hold them. */
import type { SecurityCommandName } from "#core/kernel/security-words.ts";
import { zonedInstant } from "../incidents/zoned-instant.ts";
import type { SecurityView } from "./queries.ts";

const names = [
  ...["text", "reason", "values", "kind", "status", "note", "firstSeen", "lastSeen", "tlp"],
  ...["what", "attachment", "description", "place", "collectedBy", "collectedAt", "source", "how"],
  ...["person", "name", "receipt", "to", "purpose", "limit", "evidence", "observables", "entries"],
] as const;
export type Draft = { readonly [Name in (typeof names)[number]]?: string };

type About = { readonly command: SecurityCommandName; readonly number?: number };

/** As a field for date and time writes it, where the reader is. */
export const wallOf = (at: string | null, zone: string): string =>
  at === null
    ? ""
    : Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: "minute" });

export function startOf(view: SecurityView, { command, number }: About, zone: string): Draft {
  const observable = view.observables.find((one) => one.number === number);
  if (command === "change-observable" && observable) {
    const { status, note, tlp, firstSeen, lastSeen } = observable;
    const seen = { firstSeen: wallOf(firstSeen, zone), lastSeen: wallOf(lastSeen, zone) };
    return { status, note: note ?? "", tlp: tlp ?? "", ...seen };
  }
  if (command === "mark-evidence") return { tlp: view.evidence.find((one) => one.number === number)?.tlp ?? "" };
  if (command === "register-evidence") return { what: "file" };
  if (command === "prepare-disclosure") return { limit: view.tlp === "red" || view.tlp === null ? "amber" : view.tlp };
  return command === "add-observables" ? { status: "suspected" } : {};
}

export const linesOf = (text = ""): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

export const numbersIn = (text = ""): number[] =>
  text
    .split(",")
    .filter((part) => part !== "")
    .map(Number);

const said = (name: string, text: string | undefined): object => (text?.trim() ? { [name]: text.trim() } : {});
const orNull = (text: string | undefined): string | null => text?.trim() || null;
const dated = (text: string | undefined, zone: string): string | null =>
  text ? (zonedInstant(text, zone) ?? null) : null;

/** Null while something that only the form knows is missing. */
export function given({ command, number }: About, draft: Draft, zone: string): object | null {
  const seen = { firstSeen: dated(draft.firstSeen, zone), lastSeen: dated(draft.lastSeen, zone) };
  const marked = { tlp: draft.tlp || null };
  switch (command) {
    case "declare-contained":
    case "declare-eradicated":
      return said("text", draft.text);
    case "add-observables": {
      const values = linesOf(draft.values);
      if (values.length === 0) return null;
      const { kind, status } = draft;
      return { values, ...said("kind", kind), ...said("status", status), note: orNull(draft.note), ...marked, ...seen };
    }
    case "change-observable": {
      const { status, reason } = draft;
      const now = { status, note: orNull(draft.note), ...marked, ...seen };
      return { observable: number, ...now, ...said("reason", reason) };
    }
    case "register-evidence":
      return registered(draft, zone);
    case "hand-over-evidence": {
      const { person, name, place, receipt, reason } = draft;
      const outside = person === "outside";
      const to = outside ? { ...said("name", name), ...said("receipt", receipt) } : { ...said("person", person) };
      return { evidence: number, ...to, ...said("place", place), ...said("reason", reason) };
    }
    case "receive-evidence":
      return { evidence: number, ...said("text", draft.text) };
    case "mark-evidence":
      return { evidence: number, ...marked };
    case "add-note":
      return { ...said("text", draft.text), ...marked };
    case "prepare-disclosure": {
      const { to, purpose, limit } = draft;
      const chosen = { evidence: numbersIn(draft.evidence), observables: numbersIn(draft.observables) };
      return { to, purpose, limit, ...chosen, entries: numbersIn(draft.entries) };
    }
    case "withdraw-disclosure":
      return { disclosure: number, ...said("reason", draft.reason) };
    case "withdraw-contained":
    case "withdraw-eradicated":
      return said("reason", draft.reason);
    default:
      return { evidence: number, ...said("reason", draft.reason) };
  }
}

function registered(draft: Draft, zone: string): object {
  const { what, attachment, description, place, collectedBy, source, how } = draft;
  const at = dated(draft.collectedAt, zone);
  return {
    ...(what === "file" ? said("attachment", attachment) : {}),
    ...said("description", description),
    ...said("place", place),
    ...said("collectedBy", collectedBy),
    ...(at && { collectedAt: at }),
    ...said("source", source),
    ...said("how", how),
    tlp: draft.tlp || null,
  };
}
