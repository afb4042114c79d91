/** Help that somebody on an incident asks for, whatever their level. It stands as a proposed escalation until somebody who may judge it
 *  sends it on to whom can help, or answers it otherwise, with a reason. By itself it calls nobody. */
import { belowLevel } from "../access/can.ts";
import { helpCommands, type IncidentCommandName, usualLevel } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import type { Instant, Level } from "../kernel/vocabulary.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";
import { nextCall } from "./teams.ts";

export type HelpAsked = {
  /** From 1, by incident. */
  readonly number: number;
  /** What is wanted. */
  readonly text: string;
  readonly by: { readonly id: string | null; readonly name: string };
  readonly at: Instant;
  readonly reason: string | null;
  /** `escalation`: the one that it became; null: it was answered otherwise. */
  readonly answered?: {
    readonly by: string;
    readonly at: Instant;
    readonly reason: string | null;
    readonly escalation: number | null;
  };
};

/** Of one incident that wait for an answer together: beyond it, somebody is to answer first. */
export const helpMax = 20;

export type HelpCommand = Extract<IncidentCommand, { name: (typeof helpCommands)[number] }>;

export const isHelpName = (name: IncidentCommandName): name is HelpCommand["name"] =>
  helpCommands.some((one) => one === name);
export const isAboutHelp = (command: IncidentCommand): command is HelpCommand => isHelpName(command.name);

type Asked = Pick<IncidentState, "help">;

export const openHelp = ({ help = [] }: Asked): HelpAsked[] => help.filter(({ answered }) => answered === undefined);

export function decideHelp(state: IncidentState, command: HelpCommand): IncidentEvent[] | Refusal {
  const { name, envelope } = command;
  const about = name === "ask-for-help" ? undefined : command.input.number;
  const refused = whyNotHelp(state, name, envelope.actor, about);
  if (refused) return refused;
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: name });
  switch (name) {
    case "ask-for-help":
      return [{ type: "help.asked", data: { number: (state.help?.length ?? 0) + 1, text: command.input.text } }];
    case "confirm-help":
      return sendOn(state, command.input);
    case "dismiss-help":
      return [{ type: "help.answered", data: { number: command.input.number, escalation: null } }];
  }
}

function sendOn(state: IncidentState, { number, kind, to }: CommandInputs["confirm-help"]): IncidentEvent[] {
  const expected = state.help?.find((one) => one.number === number)?.text ?? "";
  const escalation = nextCall(state);
  return [
    { type: "help.answered", data: { number, escalation } },
    { type: "escalation.requested", data: { kind, to, expected, number: escalation } },
  ];
}

/** Whoever asked may take it back, but not send it on themselves: somebody else judges it. */
export function whyNotHelp(
  state: Asked,
  name: HelpCommand["name"],
  { id, level }: Pick<Envelope["actor"], "id" | "level">,
  about?: number,
): Refusal | null {
  const open = openHelp(state);
  if (name === "ask-for-help") return open.length >= helpMax ? refuse("help-full", { max: helpMax }) : null;
  const named = about === undefined ? open : open.filter(({ number }) => number === about);
  const answered = state.help?.find(({ number }) => number === about)?.answered;
  if (answered) return refuse("help-answered", { name: answered.by });
  if (named.length === 0) return refuse("help-unknown");
  const isOwn = ({ by }: HelpAsked): boolean => by.id !== null && by.id === id;
  if (name === "confirm-help") return named.every(isOwn) ? refuse("own-help") : null;
  return named.some(isOwn) ? null : tooLow(name, level);
}

/** Of somebody else it is answered from the level that sends it on. */
function tooLow(command: HelpCommand["name"], level: Level): Refusal | null {
  const needed = usualLevel("confirm-help");
  return (level ?? 0) >= needed ? null : belowLevel(command, needed, level, true);
}

export type HelpEvent = EventOf<"help.asked"> | EventOf<"help.answered">;

export const isOfHelp = <Fact extends IncidentEvent>(event: Fact): event is Fact & HelpEvent =>
  event.type === "help.asked" || event.type === "help.answered";

export function evolveHelp({ help = [] }: Asked, event: HelpEvent, stamp: Stamp): Asked {
  const { actor, occurredAt: at, reason } = stamp;
  if (event.type === "help.asked") {
    const { number, text } = event.data;
    return { help: [...help, { number, text, by: { id: actor.id, name: actor.name }, at, reason: reason ?? null }] };
  }
  const { number, escalation } = event.data;
  const answered = { by: actor.name, at, reason: reason ?? null, escalation };
  return { help: help.map((one) => (one.number === number ? { ...one, answered } : one)) };
}
