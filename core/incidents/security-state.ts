/** How the response to a security incident stands. Kept with the incident, absent while nothing was done for it. */

import type { DisclosureLimit, ObservableKind, ObservableStatus, ThreatStep } from "../kernel/security-words.ts";
import type { Stamp } from "../kernel/stamp.ts";
import { parseIso } from "../kernel/time.ts";
import type { Instant, Tlp } from "../kernel/vocabulary.ts";
import type { EntryNamed, FileKept, Keeper, SecurityEvent } from "./security-events.ts";

export type Declared = { readonly at: Instant; readonly by: string; readonly text: string | null };
export type Reopened = {
  readonly was: ThreatStep;
  readonly at: Instant;
  readonly by: string;
  readonly reason: string | null;
};

export type Observable = {
  /** From 1, by incident. */
  readonly number: number;
  readonly kind: ObservableKind;
  readonly value: string;
  readonly status: ObservableStatus;
  readonly note: string | null;
  readonly tlp: Tlp | null;
  readonly firstSeen: Instant | null;
  readonly lastSeen: Instant | null;
  readonly by: string;
  readonly at: Instant;
  /** When its status last changed, and by whom. */
  readonly changed?: { readonly at: Instant; readonly by: string; readonly reason: string | null };
};

export type HandOver = {
  readonly from: Keeper;
  readonly to: Keeper;
  readonly at: Instant;
  readonly by: string;
  readonly why: string | null;
  readonly place: string | null;
  readonly status: "waiting" | "received" | "kept";
  /** When and by whom it was received, or kept after all, and what was said of it. */
  readonly answered?: { readonly at: Instant; readonly by: string; readonly text: string | null };
};

export type Check = {
  readonly at: Instant;
  readonly by: string;
  readonly sha256: string;
  readonly matches: boolean;
};

export type EvidenceItem = {
  readonly number: number;
  readonly file: FileKept | null;
  readonly description: string;
  readonly place: string | null;
  readonly collectedBy: string;
  readonly collectedAt: Instant;
  readonly source: string | null;
  readonly how: string | null;
  readonly tlp: Tlp | null;
  readonly by: string;
  readonly at: Instant;
  readonly keeper: Keeper;
  readonly handOvers: readonly HandOver[];
  readonly checks: readonly Check[];
  /** Absent: it may go when what keeps it says so. */
  readonly hold?: { readonly at: Instant; readonly by: string; readonly reason: string | null };
};

export type Disclosure = {
  readonly number: number;
  readonly to: string;
  readonly purpose: string;
  readonly limit: DisclosureLimit;
  readonly evidence: readonly number[];
  readonly observables: readonly number[];
  readonly entries: readonly EntryNamed[];
  readonly status: "prepared" | "approved" | "withdrawn";
  readonly by: Keeper;
  readonly at: Instant;
  readonly settled?: { readonly at: Instant; readonly by: string; readonly reason: string | null };
};

export type SecurityState = {
  readonly contained?: Declared;
  readonly eradicated?: Declared;
  /** What was declared and proved false, oldest first. */
  readonly reopened: readonly Reopened[];
  readonly observables: readonly Observable[];
  readonly evidence: readonly EvidenceItem[];
  readonly disclosures: readonly Disclosure[];
};

export const noSecurity: SecurityState = { reopened: [], observables: [], evidence: [], disclosures: [] };

export const isOfSecurity = <Fact extends { readonly type: string }>(event: Fact): event is Fact & SecurityEvent =>
  /^(threat|observable|evidence|disclosure)\./.test(event.type);

/** The last ones are enough to read; the record has them all. */
const checksKept = 20;

const keyed = <T extends { readonly number: number }>(
  all: readonly T[],
  number: number,
  change: (one: T) => T,
): readonly T[] => all.map((one) => (one.number === number ? change(one) : one));

export function evolveSecurity(state: SecurityState = noSecurity, event: SecurityEvent, stamp: Stamp): SecurityState {
  const given = { at: stamp.occurredAt, by: stamp.actor.name };
  switch (event.type) {
    case "threat.contained":
      return { ...state, contained: { ...given, text: event.data.text } };
    case "threat.eradicated":
      return { ...state, eradicated: { ...given, text: event.data.text } };
    case "threat.reopened": {
      const { was } = event.data;
      const { contained: _, eradicated: __, ...rest } = state;
      const kept = was === "eradicated" && state.contained ? { contained: state.contained } : {};
      return { ...rest, ...kept, reopened: [...state.reopened, { ...given, was, reason: stamp.reason }] };
    }
    case "observable.added":
    case "observable.changed":
      return { ...state, observables: evolveObservables(state.observables, event, stamp) };
    case "disclosure.prepared":
    case "disclosure.approved":
    case "disclosure.withdrawn":
      return { ...state, disclosures: evolveDisclosures(state.disclosures, event, stamp) };
    default:
      return { ...state, evidence: evolveEvidence(state.evidence, event, stamp) };
  }
}

type Of<Prefix extends string> = Extract<SecurityEvent, { type: `${Prefix}.${string}` }>;

const instantOf = (text: string | null): Instant | null => (text === null ? null : (parseIso(text) ?? null));

function evolveObservables(all: readonly Observable[], event: Of<"observable">, stamp: Stamp): readonly Observable[] {
  const given = { at: stamp.occurredAt, by: stamp.actor.name };
  const { firstSeen, lastSeen, ...data } = event.data;
  const seen = { firstSeen: instantOf(firstSeen), lastSeen: instantOf(lastSeen) };
  if (event.type === "observable.added") return [...all, { ...event.data, ...seen, ...given }];
  const { number, status, note, tlp } = data;
  const changed = { ...given, reason: stamp.reason };
  return keyed(all, number, (one) => ({ ...one, ...seen, status, note, tlp, changed }));
}

function evolveEvidence(all: readonly EvidenceItem[], event: Of<"evidence">, stamp: Stamp): readonly EvidenceItem[] {
  const given = { at: stamp.occurredAt, by: stamp.actor.name };
  const change = (to: (one: EvidenceItem) => EvidenceItem) => keyed(all, event.data.number, to);
  switch (event.type) {
    case "evidence.registered": {
      const collectedAt = instantOf(event.data.collectedAt) ?? given.at;
      return [...all, { ...event.data, ...given, collectedAt, handOvers: [], checks: [] }];
    }
    case "evidence.verified": {
      const { sha256, matches } = event.data;
      return change((one) => ({ ...one, checks: [...one.checks, { ...given, sha256, matches }].slice(-checksKept) }));
    }
    case "evidence.handed-over": {
      const { from, to, place, receipt } = event.data;
      const handed = { from, to, place, ...given, why: stamp.reason };
      if (receipt === null)
        return change((one) => ({ ...one, handOvers: [...one.handOvers, { ...handed, status: "waiting" }] }));
      const received: HandOver = { ...handed, status: "received", answered: { ...given, text: receipt } };
      return change((one) => ({
        ...one,
        keeper: to,
        place: place ?? one.place,
        handOvers: [...one.handOvers, received],
      }));
    }
    case "evidence.received": {
      const { text } = event.data;
      return change((one) => {
        const { place } = one.handOvers.at(-1) ?? { place: null };
        return { ...answered(one, "received", { ...given, text }), keeper: event.data.to, place: place ?? one.place };
      });
    }
    case "evidence.kept":
      return change((one) => answered(one, "kept", { ...given, text: stamp.reason }));
    case "evidence.held":
      return change((one) => ({ ...one, hold: { ...given, reason: stamp.reason } }));
    case "evidence.released":
      return change(({ hold: _, ...one }) => one);
    case "evidence.marked":
      return change((one) => ({ ...one, tlp: event.data.tlp }));
  }
}

const answered = (
  one: EvidenceItem,
  status: HandOver["status"],
  how: NonNullable<HandOver["answered"]>,
): EvidenceItem => ({
  ...one,
  handOvers: one.handOvers.map((each, index, { length }) =>
    index === length - 1 ? { ...each, status, answered: how } : each,
  ),
});

function evolveDisclosures(all: readonly Disclosure[], event: Of<"disclosure">, stamp: Stamp): readonly Disclosure[] {
  const { occurredAt: at, actor, reason } = stamp;
  if (event.type === "disclosure.prepared")
    return [...all, { ...event.data, status: "prepared", at, by: { id: actor.id, name: actor.name } }];
  const status = event.type === "disclosure.approved" ? "approved" : "withdrawn";
  return keyed(all, event.data.number, (one) => ({ ...one, status, settled: { at, by: actor.name, reason } }));
}

/** The one that waits for its receiver. */
export const openHandOver = ({ handOvers }: EvidenceItem): HandOver | undefined => {
  const last = handOvers.at(-1);
  return last?.status === "waiting" ? last : undefined;
};
