/** The response to a security incident as the API shows it, with what else of it is known on incidents that the reader may see. */
import type { SecurityView } from "../../contract/security.ts";
import {
  type Disclosure,
  type EvidenceItem,
  noSecurity,
  type Observable,
} from "../../core/incidents/security-state.ts";
import { type IncidentState, stageOf } from "../../core/incidents/state.ts";
import { asksForThreat } from "../../core/incidents/threat.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { type SecurityCommandName, securityCommands } from "../../core/kernel/security-words.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Actor, Instant, Language } from "../../core/kernel/vocabulary.ts";
import { mayWith } from "../../core/security/evidence.ts";
import { defanged } from "../../core/security/observables.ts";
import { grant } from "../../core/security/permission.ts";
import type { IncidentSeen } from "../access/acting.ts";
import type { Viewer } from "../access/viewer.ts";
import { observedOn } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import type { SecurityKnown } from "./known.ts";
import { keyOf } from "./store.ts";

type Showing = { readonly viewer: Viewer; readonly language: Language };
type AlsoOn = SecurityView["observables"][number]["alsoOn"];

export async function viewOf(known: SecurityKnown, showing: Showing, row: IncidentSeen): Promise<SecurityView> {
  const { incident } = row;
  const { actor } = showing.viewer;
  const security = incident.security ?? noSecurity;
  const also = await alsoOn(known, showing, row);
  const allowed = (name: SecurityCommandName): boolean => !isRefusal(grant(incident, name, actor));
  return {
    incident: named(known, showing, row),
    tlp: incident.tlp ?? null,
    threat: {
      asked: asksForThreat(incident),
      contained: declared(security.contained),
      eradicated: declared(security.eradicated),
      reopened: security.reopened.map(({ at, ...one }) => ({ ...one, at: toIso(at) })),
    },
    observables: security.observables.map((one) => observableView(one, also.get(keyOf(one)) ?? [])),
    evidence: security.evidence.map((one) => evidenceView(one, mayWith(one, actor, allowed))),
    disclosures: security.disclosures.map((one) => disclosureView(one, mayDisclose(one, actor, allowed))),
    may: securityCommands.filter((name) => isOffered(incident, name) && allowed(name)),
    seq: row.seq,
  };
}

const named = (
  { titleOf }: SecurityKnown,
  { language }: Showing,
  { id, number, incident }: Pick<IncidentSeen, "id" | "number" | "incident">,
): SecurityView["incident"] => ({ id, number, title: titleOf(incident, language), stage: stageOf(incident) });

const isoOr = (at: Instant | null): string | null => (at === null ? null : toIso(at));
const dated = <T extends { readonly at: Instant }>(one: T) => ({ ...one, at: toIso(one.at) });
const declared = (one: { readonly at: Instant; readonly by: string; readonly text: string | null } | undefined) =>
  one ? dated(one) : null;

/** What is about one thing is offered with that thing. */
function isOffered({ ended, security = noSecurity }: IncidentState, name: SecurityCommandName): boolean {
  switch (name) {
    case "declare-contained":
      return ended === null && !security.contained;
    case "declare-eradicated":
      return ended === null && !security.eradicated;
    case "withdraw-contained":
      return ended === null && security.contained !== undefined;
    case "withdraw-eradicated":
      return ended === null && security.eradicated !== undefined;
    case "add-observables":
    case "change-observable":
    case "register-evidence":
    case "add-note":
    case "prepare-disclosure":
      return true;
    default:
      return false;
  }
}

const observableView = (
  { changed, firstSeen, lastSeen, ...one }: Observable,
  also: AlsoOn,
): SecurityView["observables"][number] => ({
  ...one,
  defanged: defanged(one),
  firstSeen: isoOr(firstSeen),
  lastSeen: isoOr(lastSeen),
  at: toIso(one.at),
  changed: changed ? dated(changed) : null,
  alsoOn: also,
});

const evidenceView = (
  { handOvers, checks, hold, ...one }: EvidenceItem,
  may: SecurityCommandName[],
): SecurityView["evidence"][number] => ({
  ...one,
  collectedAt: toIso(one.collectedAt),
  at: toIso(one.at),
  handOvers: handOvers.map(({ answered, ...each }) => ({
    ...dated(each),
    answered: answered ? dated(answered) : null,
  })),
  checks: checks.map(dated),
  hold: hold ? dated(hold) : null,
  may,
});

const disclosureView = (
  { settled, ...one }: Disclosure,
  may: SecurityCommandName[],
): SecurityView["disclosures"][number] => ({
  ...dated(one),
  evidence: [...one.evidence],
  observables: [...one.observables],
  entries: one.entries.map(({ seq }) => seq),
  settled: settled ? dated(settled) : null,
  may,
});

function mayDisclose(
  { status, by }: Disclosure,
  { id }: Actor,
  allowed: (name: SecurityCommandName) => boolean,
): SecurityCommandName[] {
  const possible: SecurityCommandName[] = [
    ...(status === "prepared" && id !== by.id ? (["approve-disclosure"] as const) : []),
    ...(status === "withdrawn" ? [] : (["withdraw-disclosure"] as const)),
  ];
  return possible.filter(allowed);
}

/** One look-up for all of them. */
async function alsoOn(known: SecurityKnown, showing: Showing, row: IncidentSeen): Promise<ReadonlyMap<string, AlsoOn>> {
  const keys = (row.incident.security?.observables ?? []).map(keyOf);
  const found = new Map<string, AlsoOn>();
  if (keys.length === 0) return found;
  const others = await othersWith(known.db, showing.viewer, { keys, than: row.id });
  for (const { key, incident, ...one } of others)
    found.set(key, [
      ...(found.get(key) ?? []),
      named(known, showing, { ...one, incident: incident as unknown as IncidentState }),
    ]);
  return found;
}

const othersMax = 500;

const othersWith = (db: Db, viewer: Viewer, { keys, than }: { readonly keys: string[]; readonly than: string }) =>
  observedOn(db, viewer, keys)
    .where("incidents.id", "!=", than)
    .select(["incident_observables.key", "incidents.id", "incidents.number", "incidents.incident"])
    .orderBy("incidents.reported_at", "desc")
    .limit(othersMax)
    .execute();
