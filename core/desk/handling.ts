/** One input of signals while it is handled: what is known of its sender, and what is gathered to be written when all its
 *  signals were seen. */
import type { Alert, Signal } from "../alerts/decide.ts";
import type { Tally } from "../alerts/storm.ts";
import type { IncidentEvent } from "../incidents/events.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import type { Integration } from "./directory.ts";
import { append, type Case, caseOf, type Draft } from "./draft.ts";

export type SignalsInput = {
  readonly integrationId: string;
  readonly signals: readonly Signal[];
  readonly causeId: string;
  /** Somebody does not wait for what holds it back to be over. */
  readonly byHand?: ByHand;
};

export type ByHand = { readonly actor: Actor; readonly reason: string };

/** What became of each signal, in order: shown beside the integration, and why. */
export type SignalResult = {
  readonly key: string;
  readonly became:
    | "opened"
    | "joined"
    | "joined-storm"
    | "waits"
    | "repeated"
    | "unchanged"
    | "resolved"
    | "acknowledged"
    | "unacknowledged"
    | "updated"
    | "ignored";
  readonly alertId: string | null;
  readonly incidentId: string | null;
  readonly because: string | null;
};
export type SignalsOutcome = readonly SignalResult[];

export type Handling = {
  readonly draft: Draft;
  readonly input: SignalsInput;
  readonly integration: Integration;
  readonly envelope: Envelope;
  /** The storm had an entry to write before: its timer is set already. */
  readonly waiting: boolean;
  /** Joined and resolved by incident, written when all signals were seen. */
  readonly joined: Map<string, Tally>;
  readonly resolved: Map<string, Tally>;
  /** Incidents of which all had resolved before something joined. */
  readonly again: Set<string>;
};

/** Of an ended incident nothing more is said, and what waits has none yet. */
export function say(handling: Handling, alert: Alert, events: readonly IncidentEvent[]): void {
  if (alert.incidentId === null) return;
  const on = caseOf(handling.draft, alert.incidentId);
  if (on.incident.ended === null) state(handling, on, events);
}

export function state(handling: Handling, on: Case, events: readonly IncidentEvent[]): void {
  if (events.length === 0) return;
  append(handling.draft, on, stampAll(events, stampOf(handling.envelope, null, false)));
}
