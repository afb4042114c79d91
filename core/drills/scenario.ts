/** What happens in a drill, drawn from a seed as a list of plain steps. A step names what it concerns by its place ("the
 *  second newest incident"), so that any part of the list is a story too: that is how a failure is made short. */
import { type IncidentCommandName, incidentCommands } from "../directory/responsibility.ts";
import { type ChannelKind, channelKinds } from "../directory/types.ts";
import type { Severity } from "../kernel/vocabulary.ts";
import { type Chance, createChance } from "./chance.ts";
import { type Behaviour, behaviours, nodeCount } from "./nodes.ts";

export type SaidSignal = {
  readonly key: number;
  readonly group: number | null;
  readonly action: "trigger" | "resolve" | "acknowledge" | "unacknowledge";
  readonly severity: Severity;
  readonly by: number | null;
};

export type SaidCommand = {
  /** Counted back from the newest incident. */
  readonly on: number;
  readonly by: number;
  readonly name: IncidentCommandName;
  readonly which: number;
  readonly derogation: boolean;
};

export const directoryChanges = [
  "person-leaves",
  "person-returns",
  "point-off",
  "point-on",
  "schedule-emptied",
  "schedule-filled",
  "policy-changed",
  "team-emptied",
] as const;

export type Step =
  | { readonly do: "signals"; readonly from: string; readonly signals: readonly SaidSignal[] }
  | { readonly do: "storm"; readonly from: string; readonly many: number }
  | { readonly do: "report"; readonly by: number | null; readonly service: number | null; readonly exercise: boolean }
  | { readonly do: "commands"; readonly commands: readonly SaidCommand[] }
  /** Whoever was reached last (or the one before) answers, after a while. */
  | { readonly do: "answer"; readonly letter: number; readonly says: "accept" | "decline"; readonly seconds: number }
  /** Everything that closing asks for, by somebody who may. */
  | { readonly do: "finish"; readonly on: number; readonly until: number }
  | { readonly do: "wait"; readonly seconds: number }
  | { readonly do: "channel"; readonly channel: ChannelKind; readonly behaves: Behaviour }
  | { readonly do: "directory"; readonly change: (typeof directoryChanges)[number]; readonly of: number }
  /** Other silences, windows and rules than before. */
  | { readonly do: "noise"; readonly of: number }
  /** The node whose write comes after so many others dies instead of making it. */
  | { readonly do: "crash"; readonly afterWrites: number }
  | { readonly do: "kill"; readonly node: number }
  /** The node that claims after so many others stands still, and goes on as if nothing had happened. */
  | { readonly do: "stall"; readonly afterClaims: number; readonly seconds: number }
  | { readonly do: "outage"; readonly seconds: number };

const sources = ["pagerduty", "alertmanager", "generic"] as const;
const severities = ["critical", "error", "warning", "info"] as const;

export function drawSteps(seed: number, many: number): Step[] {
  const chance = createChance(seed ^ 0x57e9);
  return Array.from({ length: many }, () => drawStep(chance));
}

/** Less than a lease, more, and a lease and then just as long as a step of a policy. */
const stalls = [5, 20, 75, 135, 315];

/** What happens, and how often among a hundred. */
const kinds: readonly (readonly [number, (chance: Chance) => Step])[] = [
  [20, drawSignals],
  [1, (chance) => ({ do: "storm", from: chance.oneOf(sources), many: 8 + chance.below(12) })],
  [4, drawReport],
  [
    12,
    (chance) => ({
      do: "commands",
      commands: Array.from({ length: chance.oneOf([1, 1, 2]) }, () => drawCommand(chance)),
    }),
  ],
  [10, drawAnswer],
  [4, (chance) => ({ do: "finish", on: chance.below(3), until: 1 + chance.below(8) })],
  [24, (chance) => ({ do: "wait", seconds: drawWait(chance) })],
  [10, (chance) => ({ do: "channel", channel: chance.oneOf(channelKinds), behaves: drawBehaviour(chance) })],
  [5, (chance) => ({ do: "directory", change: chance.oneOf(directoryChanges), of: chance.below(6) })],
  [3, (chance) => ({ do: "noise", of: chance.below(1_000) })],
  [6, (chance) => ({ do: "crash", afterWrites: chance.below(8) })],
  [1, (chance) => ({ do: "kill", node: chance.below(nodeCount) })],
  [3, (chance) => ({ do: "stall", afterClaims: chance.below(6), seconds: chance.oneOf(stalls) })],
  [1, (chance) => ({ do: "outage", seconds: chance.oneOf([5, 60, 600, 3_600]) })],
];

function drawStep(chance: Chance): Step {
  let left = chance.below(kinds.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, draw] of kinds) {
    if (left < weight) return draw(chance);
    left -= weight;
  }
  throw new Error("no kind of step is left");
}

const drawBehaviour = (chance: Chance): Behaviour => (chance.happens(0.4) ? "ok" : chance.oneOf(behaviours));

/** Mostly what a policy counts in; sometimes days. */
function drawWait(chance: Chance): number {
  const span = chance.oneOf([1, 10, 20, 60, 60, 300, 600, 600, 1_800, 7_200]);
  return chance.happens(0.03) ? chance.oneOf([1, 2, 7]) * 86_400 : Math.ceil(span * chance.next());
}

function drawSignals(chance: Chance): Step {
  const signals = Array.from(
    { length: 1 + chance.below(3) },
    (): SaidSignal => ({
      key: chance.below(6),
      group: chance.happens(0.3) ? chance.below(2) : null,
      action: chance.oneOf([
        "trigger",
        "trigger",
        "trigger",
        "trigger",
        "resolve",
        "resolve",
        "acknowledge",
        "unacknowledge",
      ]),
      severity: chance.oneOf(severities),
      by: chance.happens(0.5) ? chance.below(7) : null,
    }),
  );
  return { do: "signals", from: chance.oneOf(sources), signals };
}

function drawReport(chance: Chance): Step {
  const by = chance.happens(0.5) ? chance.below(7) : null;
  return { do: "report", by, service: chance.happens(0.7) ? chance.below(3) : null, exercise: chance.happens(0.1) };
}

/** What concerns who has it comes more often than the rest. */
const pressing: readonly IncidentCommandName[] = [
  "accept",
  "decline",
  "assign",
  "escalate",
  "acknowledge-escalation",
  "activate-team",
  "join-team",
  "return-escalation",
  "declare-restored",
  "offer-coordination",
  "accept-coordination",
  "merge",
];

function drawCommand(chance: Chance): SaidCommand {
  const name = chance.happens(0.6) ? chance.oneOf(pressing) : chance.oneOf(incidentCommands);
  return { on: chance.below(4), by: chance.below(7), name, which: chance.below(12), derogation: chance.happens(0.3) };
}

function drawAnswer(chance: Chance): Step {
  /* At the very second at which a step ends, now and then: then both arrive together. */
  const seconds = chance.oneOf([0, 1, chance.below(120), chance.below(1_200), 60, 300, 600]);
  return { do: "answer", letter: chance.below(3), says: chance.oneOf(["accept", "accept", "decline"]), seconds };
}
