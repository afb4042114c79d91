/** What may have caused it, with what speaks for and against each; the one that holds; and the solution that is chosen, among
 *  those that were weighed. One incident may have more than one cause. */
import type { IncidentCommandName } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Stamp } from "../kernel/stamp.ts";
import { type EvidenceSide, type FindingOrigin, type Instant, originOf } from "../kernel/vocabulary.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import { firstDated } from "./milestone-dates.ts";
import type { IncidentState } from "./state.ts";

export type Evidence = FindingOrigin & {
  readonly side: EvidenceSide;
  readonly text: string;
  readonly by: string;
  readonly at: Instant;
};

export type Hypothesis = {
  /** From 1, by incident. */
  readonly number: number;
  readonly text: string;
  readonly by: string;
  readonly at: Instant;
  readonly status: "open" | "confirmed" | "ruled-out";
  readonly evidence: readonly Evidence[];
  /** How it was settled: by whom, when, and what shows it. */
  readonly left?: { readonly by: string; readonly at: Instant; readonly text: string };
};

/** What a solution may ask for beyond what whoever chooses it may decide. */
export const exceedings = ["cost", "authority"] as const;
export type Exceeding = (typeof exceedings)[number];

export type Solution = {
  readonly exceeds?: Exceeding | null | undefined;
  readonly text: string;
  /** Weighed, and set aside. */
  readonly considered: readonly string[];
  readonly why: string | null;
  readonly by: string;
  readonly at: Instant;
};

/** Of one incident, and of one hypothesis: beyond this, nobody reads them. */
export const hypothesesMax = 50;
export const evidenceMax = 50;

const names = [
  "open-hypothesis",
  "add-evidence",
  "confirm-hypothesis",
  "rule-out-hypothesis",
  "select-solution",
] as const satisfies readonly IncidentCommandName[];
export type DiagnosisCommand = Extract<IncidentCommand, { name: (typeof names)[number] }>;

export const isDiagnosis = (command: IncidentCommand): command is DiagnosisCommand =>
  names.some((name) => name === command.name);

export const openHypotheses = ({ hypotheses = [] }: Pick<IncidentState, "hypotheses">): Hypothesis[] =>
  hypotheses.filter(({ status }) => status === "open");

export function decideDiagnosis(state: IncidentState, command: DiagnosisCommand): IncidentEvent[] | Refusal {
  switch (command.name) {
    case "open-hypothesis":
      return openHypothesis(state, command.input);
    case "add-evidence":
      return addEvidence(state, command.input);
    case "confirm-hypothesis":
      return settle(state, command.input, "confirmed");
    case "rule-out-hypothesis":
      return settle(state, command.input, "ruled-out");
    case "select-solution":
      return [{ type: "solution.selected", data: { ...command.input, considered: [...command.input.considered] } }];
  }
}

function openHypothesis(
  { hypotheses = [] }: IncidentState,
  { text }: CommandInputs["open-hypothesis"],
): IncidentEvent[] | Refusal {
  if (hypotheses.length >= hypothesesMax) return refuse("hypotheses-full", { max: hypothesesMax });
  return [{ type: "hypothesis.opened", data: { number: hypotheses.length + 1, text } }];
}

function addEvidence(
  state: IncidentState,
  { hypothesis: number, side, text, ...from }: CommandInputs["add-evidence"],
): IncidentEvent[] | Refusal {
  const hypothesis = openOne(state, number);
  if ("refused" in hypothesis) return hypothesis;
  if (hypothesis.evidence.length >= evidenceMax)
    return refuse("evidence-full", { hypothesis: number, max: evidenceMax });
  return [{ type: "hypothesis.weighed", data: { number, side, text, ...originOf(from) } }];
}

/** What is confirmed is a cause, and stands among the causes of the record. */
function settle(
  state: IncidentState,
  { hypothesis: number, text }: CommandInputs["confirm-hypothesis"],
  outcome: "confirmed" | "ruled-out",
): IncidentEvent[] | Refusal {
  const hypothesis = openOne(state, number);
  if ("refused" in hypothesis) return hypothesis;
  const settled: IncidentEvent = { type: "hypothesis.resolved", data: { number, outcome, text } };
  return outcome === "confirmed" ? [settled, { type: "cause.recorded", data: { text: hypothesis.text } }] : [settled];
}

function openOne({ hypotheses = [] }: IncidentState, number: number): Hypothesis | Refusal {
  const found = hypotheses.find((one) => one.number === number);
  if (!found) return refuse("hypothesis-unknown", { hypothesis: number });
  return found.status === "open" ? found : refuse("hypothesis-settled", { hypothesis: number });
}

/** Before a number is known: whether there is any that it could be about. */
export function whyNotHypothesis(state: IncidentState, number?: number): Refusal | null {
  if (number === undefined)
    return openHypotheses(state).length > 0 ? null : refuse("hypothesis-unknown", { hypothesis: 0 });
  const found = openOne(state, number);
  return "refused" in found ? found : null;
}

export type DiagnosisEvent =
  | EventOf<"hypothesis.opened">
  | EventOf<"hypothesis.weighed">
  | EventOf<"hypothesis.resolved">
  | EventOf<"solution.selected">
  | EventOf<"cause.recorded">;

export const isOfDiagnosis = <Fact extends IncidentEvent>(event: Fact): event is Fact & DiagnosisEvent =>
  event.type.startsWith("hypothesis.") || event.type === "solution.selected" || event.type === "cause.recorded";

export function evolveDiagnosis(state: IncidentState, { type, data }: DiagnosisEvent, stamp: Stamp): IncidentState {
  const { hypotheses = [] } = state;
  const { occurredAt: at } = stamp;
  const by = stamp.actor.name;
  const changed = (number: number, change: (one: Hypothesis) => Hypothesis): IncidentState => ({
    ...state,
    hypotheses: hypotheses.map((one) => (one.number === number ? change(one) : one)),
  });
  switch (type) {
    case "cause.recorded":
      return { ...state, milestones: firstDated(state, "diagnosed", at) };
    case "hypothesis.opened":
      return { ...state, hypotheses: [...hypotheses, { ...data, by, at, status: "open", evidence: [] }] };
    case "hypothesis.weighed": {
      const { number, ...said } = data;
      return changed(number, (one) => ({ ...one, evidence: [...one.evidence, { ...said, by, at }] }));
    }
    case "hypothesis.resolved":
      return changed(data.number, (one) => ({ ...one, status: data.outcome, left: { by, at, text: data.text } }));
    case "solution.selected":
      return { ...state, solution: { ...data, why: data.why ?? null, by, at } };
  }
}
