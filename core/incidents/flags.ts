/** Two things that an incident may be besides its categories: serious, and not routine. Written rules or somebody of level 4
 *  propose it, somebody of level 5 says so and takes its causes on, and whoever keeps the service acknowledges (R-43 of the reading
 *  of the seed). */
import type { FlagRule, Item } from "../directory/category-process.ts";
import { flagCommands, type IncidentCommandName } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { type Flag, flags, type Instant } from "../kernel/vocabulary.ts";
import type { IncidentCommand } from "./commands.ts";
import { demandsIn } from "./demands.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export type Flagged = {
  readonly status: "proposed" | "raised" | "lowered";
  readonly at: Instant;
  readonly by: string;
  readonly reason: string | null;
  /** What proposes it now. */
  readonly criteria: readonly Item[];
  /** Rules that have been met: none proposes twice. */
  readonly seen: readonly string[];
};
export type Flags = Readonly<Partial<Record<Flag, Flagged>>>;

export type Investigator = { readonly id: string; readonly name: string; readonly at: Instant };

type FlagName = (typeof flagCommands)[number];
export type FlagCommand = Extract<IncidentCommand, { name: FlagName }>;

export const isFlagName = (name: IncidentCommandName): name is FlagName => flagCommands.some((one) => one === name);
export const isAboutFlags = (command: IncidentCommand): command is FlagCommand => isFlagName(command.name);

type Flagging = Pick<IncidentState, "flags">;

const statusOf = ({ flags: known }: Flagging, flag: Flag): Flagged["status"] | "none" =>
  known?.[flag]?.status ?? "none";

export const flagsRaised = (state: Flagging): Flag[] => flags.filter((flag) => statusOf(state, flag) === "raised");

export function decideFlags(state: IncidentState, command: FlagCommand): IncidentEvent[] | Refusal {
  const refused = whyNotFlags(state, command.name, command.envelope.actor, flagIn(command));
  if (refused) return refused;
  if (command.name === "take-investigation") return takeInvestigation(command.envelope);
  const { name, envelope, input } = command;
  const { flag } = input;
  const because = name === "raise-flag" && statusOf(state, flag) === "proposed";
  if (!because && !envelope.reason?.trim()) return refuse("reason-required", { command: name });
  switch (name) {
    case "propose-flag":
      return [{ type: "flag.proposed", data: { flag, criteria: [] } }];
    case "raise-flag":
      return [{ type: "flag.raised", data: { flag } }];
    case "lower-flag":
      return [
        { type: "flag.lowered", data: { flag, was: statusOf(state, flag) === "raised" ? "raised" : "proposed" } },
      ];
  }
}

const flagIn = (command: FlagCommand): Flag | undefined =>
  command.name === "take-investigation" ? undefined : command.input.flag;

function takeInvestigation({ actor }: Envelope): IncidentEvent[] | Refusal {
  if (actor.id === null) return refuse("not-asked", { command: "take-investigation", level: 5 });
  return [{ type: "investigation.taken", data: { personId: actor.id, name: actor.name } }];
}

/** As it stands, whatever reason is given; without a flag: whether there is any that it could be about. */
export function whyNotFlags(
  state: IncidentState,
  name: FlagName,
  { id }: { readonly id: string | null },
  about?: Flag,
): Refusal | null {
  if (name === "take-investigation") return whyNotInvestigate(state, id);
  const refusals = (about === undefined ? flags : [about]).map((flag) => whyNotFlag(state, name, flag));
  return refusals.includes(null) ? null : (refusals[0] ?? null);
}

function whyNotFlag(state: IncidentState, name: CommandNamed, flag: Flag): Refusal | null {
  const status = statusOf(state, flag);
  const stands = status === "proposed" || status === "raised";
  if (name === "lower-flag") return stands ? null : refuse("not-flagged", { flag });
  const already = status === "raised" || (status === "proposed" && name === "propose-flag");
  return already ? refuse("flag-already", { flag, status }) : null;
}
type CommandNamed = Exclude<FlagName, "take-investigation">;

function whyNotInvestigate(state: IncidentState, id: string | null): Refusal | null {
  if (flagsRaised(state).length === 0) return refuse("nothing-to-investigate");
  const { investigator } = state;
  return investigator && investigator.id === id ? refuse("investigation-yours") : null;
}

/** Of what is serious or not routine, somebody of level 5 has looked for the causes before it closes. */
export const uninvestigated = (state: IncidentState): boolean =>
  flagsRaised(state).length > 0 && state.investigator === undefined;

/** How it stands among what closing asks for, whose other names are those of milestones, roles and criteria. */
export const investigationMissing = "investigation";

/** Rules that may still propose: each does once, and never what has been said already. */
export const rulesLeft = (state: IncidentState): readonly FlagRule[] =>
  (demandsIn(state).flags ?? []).filter(
    ({ id, flag }) => statusOf(state, flag) !== "raised" && !state.flags?.[flag]?.seen.includes(id),
  );

export function proposedBy(rules: readonly FlagRule[]): IncidentEvent[] {
  return flags.flatMap((flag): IncidentEvent[] => {
    const criteria = rules.filter((rule) => rule.flag === flag).map(({ id, words }): Item => ({ id, words }));
    return criteria.length === 0 ? [] : [{ type: "flag.proposed", data: { flag, criteria } }];
  });
}

export type FlagEvent =
  | EventOf<"flag.proposed">
  | EventOf<"flag.raised">
  | EventOf<"flag.lowered">
  | EventOf<"investigation.taken">;

export const isOfFlags = <Fact extends IncidentEvent>(event: Fact): event is Fact & FlagEvent =>
  event.type.startsWith("flag.") || event.type === "investigation.taken";

export function evolveFlags(
  state: IncidentState,
  event: FlagEvent,
  { actor, occurredAt: at, reason }: Stamp,
): Pick<IncidentState, "flags" | "investigator"> {
  if (event.type === "investigation.taken")
    return { investigator: { id: event.data.personId, name: event.data.name, at } };
  const { flag } = event.data;
  const before = state.flags?.[flag];
  const seen = before?.seen ?? [];
  const known = { at, by: actor.name, reason: reason ?? null };
  const put = (flagged: Flagged) => ({ flags: { ...state.flags, [flag]: flagged } });
  switch (event.type) {
    case "flag.proposed": {
      const { criteria } = event.data;
      const also = before?.status === "proposed" ? before.criteria : [];
      return put({
        ...known,
        status: "proposed",
        criteria: [...also, ...criteria],
        seen: [...seen, ...criteria.map(({ id }) => id)],
      });
    }
    case "flag.raised":
      return put({ ...known, status: "raised", criteria: before?.criteria ?? [], seen });
    case "flag.lowered":
      return put({ ...known, status: "lowered", criteria: [], seen });
  }
}
