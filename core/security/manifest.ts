/** What a disclosure holds, thing by thing, with the hash of each and of the whole: whoever receives it can check what they were
 *  given against it, and so can whoever gave it. */

import { type Disclosure, noSecurity, type SecurityState } from "../incidents/security-state.ts";
import { canonicalJson, sha256Hex } from "../kernel/hash.ts";
import { toIso } from "../kernel/time.ts";
import type { Instant, Json, JsonObject, Tlp } from "../kernel/vocabulary.ts";
import { disclosableEntries, fits } from "./disclosing.ts";
import { effectiveTlp } from "./tlp.ts";

/** An entry of the record, as far as it may matter here. */
export type EntryRead = {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly actor: { readonly name: string };
  readonly reason: string | null;
  readonly data: JsonObject | null;
  readonly hash: string;
};

/** As far as it says what it is about. */
type Kept = { readonly type: string; readonly data: Readonly<Record<string, unknown>> | null };

type Marked = {
  readonly [Name in "evidence" | "observables"]: readonly { readonly number: number; readonly tlp: Tlp | null }[];
};

/** What it is about may be marked more strictly than it was then. */
export function tlpOfEntry({ type, data }: Kept, security: Marked = noSecurity): Tlp | null {
  const own = (data?.tlp ?? null) as Tlp | null;
  const of = type.startsWith("evidence.")
    ? security.evidence
    : type.startsWith("observable.")
      ? security.observables
      : [];
  return effectiveTlp(own, of.find(({ number }) => number === data?.number)?.tlp ?? null);
}

export const isDisclosable = ({ type, data }: Kept): boolean =>
  data !== null && ([...disclosableEntries] as readonly string[]).includes(type);

export type ManifestOf = {
  readonly incident: { readonly number: string; readonly title: string; readonly tlp: Tlp | null };
  readonly security: SecurityState;
  readonly disclosure: Disclosure;
  readonly entries: readonly EntryRead[];
  /** What is said of what is left out. */
  readonly leftOut: (count: number) => string;
};

/** What was marked more strictly since it was chosen is left out, and it says so. */
export function manifestOf({ incident, security, disclosure, entries, leftOut }: ManifestOf, at: Instant): JsonObject {
  const { limit } = disclosure;
  const may = (own: Tlp | null): boolean => fits(limit, own, incident.tlp);
  const evidence = security.evidence.filter(({ number, tlp }) => disclosure.evidence.includes(number) && may(tlp));
  const observables = security.observables.filter(
    ({ number, tlp }) => disclosure.observables.includes(number) && may(tlp),
  );
  const told = entries.filter(
    (one) =>
      disclosure.entries.some(({ seq, hash }) => seq === one.seq && hash === one.hash) &&
      may(tlpOfEntry(one, security)),
  );
  const chosen = disclosure.evidence.length + disclosure.observables.length + disclosure.entries.length;
  const missing = chosen - evidence.length - observables.length - told.length;
  const body = {
    tocsin: "disclosure/1",
    incident: { number: incident.number, title: incident.title },
    disclosure: {
      number: disclosure.number,
      to: disclosure.to,
      purpose: disclosure.purpose,
      limit: `TLP:${limit.toUpperCase()}`,
      preparedBy: disclosure.by.name,
      preparedAt: toIso(disclosure.at),
      approvedBy: disclosure.settled?.by ?? null,
      approvedAt: disclosure.settled ? toIso(disclosure.settled.at) : null,
    },
    madeAt: toIso(at),
    evidence: evidence.map((one) => ({
      number: one.number,
      description: one.description,
      file: one.file && { name: one.file.name, bytes: one.file.bytes, sha256: one.file.sha256 },
      place: one.place,
      collectedBy: one.collectedBy,
      collectedAt: toIso(one.collectedAt),
      source: one.source,
      how: one.how,
      keeper: one.keeper.name,
      custody: one.handOvers
        .filter(({ status }) => status === "received")
        .map(({ from, to, at: when, why, answered }) => ({
          from: from.name,
          to: to.name,
          at: toIso(when),
          why,
          receivedAt: answered ? toIso(answered.at) : null,
        })),
      lastCheck: lastCheck(one.checks),
    })),
    observables: observables.map(({ number, kind, value, status, note }) => ({ number, kind, value, status, note })),
    entries: told.map(({ seq, type, at: when, actor, reason, data, hash }) => ({
      ...{ seq, type, at: when, by: actor.name, reason, data, hash },
    })),
    leftOut: missing,
    note: missing > 0 ? leftOut(missing) : null,
  };
  return { ...body, sha256: sha256Hex(canonicalJson(body as unknown as Json)) } as unknown as JsonObject;
}

function lastCheck(checks: SecurityState["evidence"][number]["checks"]) {
  const last = checks.at(-1);
  return last ? { at: toIso(last.at), sha256: last.sha256, matches: last.matches } : null;
}
