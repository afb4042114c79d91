/** Calls for a request that presses, where whoever is asked is called by a policy: as for an incident, by the very same
 *  workflow, until somebody takes it or it is theirs no longer. Where no policy is named, they are all told at once. */
import { aboutNothing } from "../escalation/conditions.ts";
import type { PageRequested, PagingEvent } from "../escalation/events.ts";
import { isOn } from "../escalation/paging-state.ts";
import type { Policy } from "../escalation/policy.ts";
import { decidePaging, type PagingContext, type PagingInput } from "../escalation/workflow.ts";
import type { AssistanceEvent } from "./events.ts";
import { type AssistanceSettings, termsOf } from "./settings.ts";
import { type AssistanceState, askedNow } from "./state.ts";

export type CallTimer = {
  readonly at: number;
  readonly run: number;
  readonly cycle: number;
  readonly step: number;
};

export type Calls = {
  readonly events: readonly PagingEvent[];
  readonly pages: readonly PageRequested[];
  readonly hastened: readonly PageRequested[];
  /** `null`: none any more; absent: as it was. */
  readonly timer?: CallTimer | null;
};

export type Calling = Omit<PagingContext, "urgency" | "about" | "calledInTurn">;

/** Whoever has the turn is for incidents: a request calls all that a step names. */
export function call(state: AssistanceState, input: PagingInput, calling: Calling): Calls {
  const about = { ...aboutNothing, service: state.service };
  const context = { ...calling, urgency: "high" as const, about, calledInTurn: () => [] };
  const calls = { events: [] as PagingEvent[], pages: [] as PageRequested[], hastened: [] as PageRequested[] };
  let timer: CallTimer | null | undefined;
  if (input.kind === "stop") calls.events.push(...withdrawn(state, input.because));
  for (const output of decidePaging(state.paging, input, context)) {
    switch (output.do) {
      case "record":
        /* Addresses are told of incidents, and not of requests. */
        if (output.event.type !== "paging.posted") calls.events.push(output.event);
        break;
      case "page":
        calls.pages.push(output.page);
        break;
      case "hasten":
        calls.hastened.push(output.page);
        break;
      case "schedule":
        timer = { at: output.at, run: output.run, cycle: output.cycle, step: output.step };
        break;
      case "cancel-timer":
        timer = null;
        break;
      case "post":
      case "take-turn":
        break;
    }
  }
  return timer === undefined ? calls : { ...calls, timer };
}

/** What has not left is wanted no longer: the record says so of each. */
const withdrawn = ({ paging }: AssistanceState, because: string): PagingEvent[] =>
  paging.pages
    .filter(({ status }) => status === "requested")
    .map(({ pageId }) => ({ type: "page.withdrawn", data: { pageId, because } }));

/** By which policy whoever is asked now is called; null: by none. */
export function policyOf(
  state: AssistanceState,
  settings: AssistanceSettings,
  policies: ReadonlyMap<string, Policy>,
): Policy | null {
  const to = askedNow(state);
  if (!state.urgent || to === null || state.status !== "waiting") return null;
  const policy = policies.get(termsOf(settings, to)?.policy ?? "");
  return policy === undefined ? null : withoutTurns(policy);
}

const withoutTurns = (policy: Policy): Policy => ({
  ...policy,
  steps: policy.steps.map(({ inTurn: _, ...step }) => step),
});

/** What follows from what was just stated: calls of whoever had it stop, those of whoever has it begin. */
export function callsAfter(
  events: readonly AssistanceEvent[],
  state: AssistanceState,
  known: { readonly settings: AssistanceSettings; readonly policies: ReadonlyMap<string, Policy> },
): { readonly stop: string | null; readonly start: Policy | null } {
  const routed = events.some(({ type }) => type === "assistance.routed");
  const over = events.findLast(({ type }) => stops.includes(type));
  const on = isOn(state.paging);
  return {
    stop: on && (routed || over) ? (over?.type ?? "assistance.routed").slice("assistance.".length) : null,
    start: routed ? policyOf(state, known.settings, known.policies) : null,
  };
}

const stops: readonly AssistanceEvent["type"][] = [
  "assistance.accepted",
  "assistance.declined",
  "assistance.withdrawn",
  "assistance.promoted",
];
