/** Escalations of an incident by people: asked of somebody for what they know or may decide, then acknowledged, returned or
 *  ended, each by an act of its own. */
import { callsFor, type PagingState } from "../escalation/paging-state.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import type { EscalationReason, Instant } from "../kernel/vocabulary.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import { roleTaken } from "./roles.ts";
import { evolveSetAside } from "./set-aside.ts";
import type { IncidentState } from "./state.ts";
import { nextCall, teamTaken } from "./teams.ts";

export type EscalationKind = "functional" | "hierarchical";

export type Escalation = {
  /** From 1, by incident. */
  readonly number: number;
  readonly kind: EscalationKind;
  readonly to: string;
  readonly expected: string;
  readonly by: string | null;
  readonly askedAt: Instant;
  readonly status: "requested" | "acknowledged" | "returned" | "ended";
  readonly holder: { readonly id: string; readonly name: string } | null;
  /** Who `by` is, and why they asked; absent where it was asked before this was kept. */
  readonly askedBy?: string | null;
  readonly reason?: string | null;
  /** Whoever takes it holds this role of the incident. */
  readonly role?: string;
  /** Whoever takes it joins this team. */
  readonly team?: number;
  /** When it was returned or ended, by whom and why. */
  readonly left?: Left;
};
export type Left = { readonly by: string; readonly at: Instant; readonly reason: string | null };

const isOpen = ({ status }: Escalation): boolean => status === "requested" || status === "acknowledged";

/** As it is addressed: who keeps the service is found when it is asked. */
/** A proposal that somebody set aside. */
export type SetAside = {
  readonly because: EscalationReason;
  /** What proposed it, as it stood. */
  readonly about: string;
  readonly by: string;
  readonly at: Instant;
  readonly reason: string | null;
};

export const toOwner = "owner";

type EscalationCommand = Extract<
  IncidentCommand,
  { name: "escalate" | "acknowledge-escalation" | "return-escalation" | "end-escalation" }
>;

export function decideEscalation(state: IncidentState, command: EscalationCommand): IncidentEvent[] | Refusal {
  const { envelope } = command;
  switch (command.name) {
    case "escalate":
      return escalate(state, command.input, envelope);
    case "acknowledge-escalation":
      return acknowledgeEscalation(state, command.input, envelope);
    /* By whoever was asked: it is not theirs, or they have done what they could; by whoever asked: it is not needed any more. */
    case "return-escalation":
    case "end-escalation":
      return leave(state, command.input, envelope, command.name);
  }
}

function escalate(
  state: IncidentState,
  input: CommandInputs["escalate"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: "escalate" });
  const { kind, to, expected } = input;
  return [{ type: "escalation.requested", data: { kind, to, expected, number: nextCall(state) } }];
}

type Named = { readonly escalation?: number | undefined };

function acknowledgeEscalation(state: IncidentState, named: Named, { actor }: Envelope): IncidentEvent[] | Refusal {
  const found = find(state, named, ({ status }) => status === "requested");
  if (!found) return unknown(named);
  if (actor.id === null) return refuse("not-asked", { command: "acknowledge-escalation", level: 4 });
  if (found.status !== "requested") return answered(found);
  const { id: personId, name } = actor;
  const taken = found.role === undefined ? [] : roleTaken(state, found.role, actor);
  const joined = found.team === undefined ? [] : teamTaken(state, found.team, actor);
  return [{ type: "escalation.acknowledged", data: { number: found.number, personId, name } }, ...taken, ...joined];
}

function leave(
  state: IncidentState,
  named: Named,
  { reason, actor }: Envelope,
  command: "return-escalation" | "end-escalation",
): IncidentEvent[] | Refusal {
  if (!reason?.trim()) return refuse("reason-required", { command });
  const found = find(state, named, isOpen);
  if (!found) return unknown(named);
  if (!isOpen(found)) return answered(found);
  const data = { number: found.number, personId: actor.id, name: actor.name };
  return [command === "end-escalation" ? { type: "escalation.ended", data } : { type: "escalation.returned", data }];
}

/** The newest that calls this person and that nobody has answered. */
export function askedOf(state: IncidentState, paging: PagingState, personId: string): Escalation | undefined {
  return state.escalations?.findLast(
    ({ number, status }) =>
      status === "requested" &&
      callsFor(paging, number).pages.some((page) => page.personId === personId && page.status !== "withdrawn"),
  );
}

/** The one that is named, or the newest that fits. */
function find(
  { escalations = [] }: IncidentState,
  { escalation }: Named,
  fits: (one: Escalation) => boolean,
): Escalation | undefined {
  return escalation === undefined
    ? (escalations.findLast(fits) ?? escalations.at(-1))
    : escalations.find(({ number }) => number === escalation);
}

const unknown = ({ escalation }: Named): Refusal => refuse("escalation-unknown", { escalation: escalation ?? 0 });
export const answered = ({ number, status, holder }: Escalation): Refusal =>
  refuse("escalation-answered", { escalation: number, status, name: holder?.name ?? "" });

type EscalationEvent = Extract<IncidentEvent, { type: `escalation.${string}` }>;

export const isEscalation = <Fact extends IncidentEvent>(event: Fact): event is Fact & EscalationEvent =>
  event.type.startsWith("escalation.");

export function evolveEscalations(state: IncidentState, event: EscalationEvent, stamp: Stamp): Partial<IncidentState> {
  if (event.type === "escalation.set-aside") return evolveSetAside(state, event, stamp);
  const { actor, occurredAt: at, reason } = stamp;
  const { escalations = [], openEscalations } = state;
  if (event.type === "escalation.requested") {
    const { kind, to, expected, number, role, team } = event.data;
    /* Of before they were numbered: only told, and answered by nobody. */
    if (number === undefined) return { openEscalations: openEscalations + 1 };
    const asked = {
      number,
      kind,
      to,
      expected,
      by: actor.name,
      askedAt: at,
      status: "requested",
      holder: null,
      askedBy: actor.id,
      reason,
      ...(role !== undefined && { role }),
      ...(team !== undefined && { team }),
    } as const;
    return { openEscalations: openEscalations + 1, escalations: [...escalations, asked] };
  }
  const { number } = event.data;
  const left: Left = { by: actor.name, at, reason };
  const put = (part: Partial<Escalation>): readonly Escalation[] =>
    escalations.map((one) => (one.number === number ? { ...one, ...part } : one));
  switch (event.type) {
    case "escalation.acknowledged": {
      const { personId: id, name } = event.data;
      return { escalations: put({ status: "acknowledged", holder: { id, name } }) };
    }
    case "escalation.returned":
      return { openEscalations: openEscalations - 1, escalations: put({ status: "returned", left }) };
    case "escalation.ended":
      return { openEscalations: openEscalations - 1, escalations: put({ status: "ended", left }) };
  }
}
