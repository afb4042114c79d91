/** What is handed to a third party: a named selection, how far it may go, whom it is for. One person prepares it, another
 *  approves it; what is stricter than its limit is in none of them. */
import type { IncidentEvent } from "../incidents/events.ts";
import { type Disclosure, noSecurity } from "../incidents/security-state.ts";
import type { IncidentState } from "../incidents/state.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import type { Actor, Tlp } from "../kernel/vocabulary.ts";
import type { SecurityInputs } from "./commands.ts";
import { effectiveTlp, isStricter } from "./tlp.ts";

export const disclosuresMax = 50;

/** What people said and did, and not who was called or let in. */
export const disclosableEntries: ReadonlySet<IncidentEvent["type"]> = new Set<IncidentEvent["type"]>([
  "incident.reported",
  "observation.noted",
  "decision.made",
  "cause.recorded",
  "hypothesis.resolved",
  "solution.selected",
  "threat.contained",
  "threat.eradicated",
  "threat.reopened",
  "evidence.registered",
  "evidence.verified",
  "evidence.handed-over",
  "evidence.received",
  "service.restored",
  "incident.resolved",
  "documentation.completed",
]);

/** By the mark of the incident as well. */
export const fits = (limit: Tlp, own: Tlp | null, ofIncident: Tlp | null): boolean =>
  !isStricter(effectiveTlp(own, ofIncident), limit);

export function prepareDisclosure(
  state: IncidentState,
  input: SecurityInputs["prepare-disclosure"],
): IncidentEvent[] | Refusal {
  const { evidence, observables, disclosures } = state.security ?? noSecurity;
  const { to, purpose, limit, found = [] } = input;
  const ofIncident = state.tlp ?? null;
  if (disclosures.length >= disclosuresMax) return refuse("disclosures-full", { max: disclosuresMax });
  const wanted = { evidence: once(input.evidence), observables: once(input.observables), entries: once(input.entries) };
  if (Object.values(wanted).every((all) => all.length === 0)) return refuse("disclosure-empty");
  if (!fits(limit, null, ofIncident)) return refuse("tlp-too-strict", { what: "incident", number: state.number });
  const refused =
    check(limit, "evidence", wanted.evidence, ofAll(evidence)) ??
    check(limit, "observable", wanted.observables, ofAll(observables)) ??
    check(limit, "entry", wanted.entries, new Map(found.map(({ seq, tlp }) => [seq, tlp])));
  if (refused) return refused;
  const entries = wanted.entries.flatMap((seq) => found.filter((one) => one.seq === seq));
  return [
    {
      type: "disclosure.prepared",
      data: {
        ...{ number: disclosures.length + 1, to, purpose, limit },
        evidence: wanted.evidence,
        observables: wanted.observables,
        entries: entries.map(({ seq, hash }) => ({ seq, hash })),
      },
    },
  ];
}

const once = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((one, other) => one - other);
const ofAll = (all: readonly { readonly number: number; readonly tlp: Tlp | null }[]) =>
  new Map(all.map(({ number, tlp }) => [number, tlp]));

function check(
  limit: Tlp,
  what: "evidence" | "observable" | "entry",
  numbers: readonly number[],
  known: ReadonlyMap<number, Tlp | null>,
): Refusal | null {
  const unknown = numbers.find((number) => !known.has(number));
  if (unknown !== undefined) return refuse("disclosure-content-unknown", { what, number: unknown });
  const strict = numbers.find((number) => !fits(limit, known.get(number) ?? null, null));
  return strict === undefined ? null : refuse("tlp-too-strict", { what, number: strict });
}

function preparedOne(state: IncidentState, number: number): Disclosure | Refusal {
  const one = (state.security ?? noSecurity).disclosures.find((each) => each.number === number);
  return one ?? refuse("disclosure-unknown", { number });
}

/** Never by whoever prepared it. */
export function approveDisclosure(
  state: IncidentState,
  { disclosure }: SecurityInputs["approve-disclosure"],
  { id }: Actor,
): IncidentEvent[] | Refusal {
  const one = preparedOne(state, disclosure);
  if (isRefusal(one)) return one;
  if (one.status !== "prepared") return refuse("disclosure-settled", { status: one.status });
  if (id === null || one.by.id === id) return refuse("disclosure-own");
  return [{ type: "disclosure.approved", data: { number: one.number, to: one.to } }];
}

/** What was handed over is not taken back by that: it is handed over no more. */
export function withdrawDisclosure(
  state: IncidentState,
  { disclosure }: SecurityInputs["withdraw-disclosure"],
): IncidentEvent[] | Refusal {
  const one = preparedOne(state, disclosure);
  if (isRefusal(one)) return one;
  if (one.status === "withdrawn") return refuse("disclosure-settled", { status: one.status });
  return [{ type: "disclosure.withdrawn", data: { number: one.number, to: one.to } }];
}
