/** Specialised teams on an incident: activated by somebody or by the rule of a category, joined by whoever answers, able to act once
 *  enough of them came, and stood down with a reason. What the team is for is frozen when it is activated.
 *  Sources: the seed (specialised teams set up for the response); ISO/IEC 27035-1:2023, incident response team. */
import { teamCommands } from "../directory/responsibility.ts";
import type { Charter, TeamRole } from "../directory/team-charter.ts";
import { callsFor, type PagingState } from "../escalation/paging-state.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Actor, CategoryId, Instant, Level } from "../kernel/vocabulary.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";
import type { TeamEvent } from "./team-events.ts";

export type NamedCharter = Charter & { readonly name: string };

export type TeamMember = {
  readonly id: string;
  readonly name: string;
  readonly level: Level;
  readonly role: string | null;
  readonly at: Instant;
};

export type Activation = {
  /** That of its calls. */
  readonly number: number;
  readonly team: string;
  readonly name: string;
  readonly charter: Charter;
  readonly by: { readonly id: string | null; readonly name: string };
  readonly reason: string | null;
  readonly category: CategoryId | null;
  readonly at: Instant;
  /** By when it must have its quorum. */
  readonly until: Instant;
  readonly members: readonly TeamMember[];
  /** Since when it has it; null: it has not, or lost it. */
  readonly metAt: Instant | null;
  /** When it was said that too few came: said once. */
  readonly missedAt: Instant | null;
  readonly left?: {
    readonly by: string;
    readonly at: Instant;
    readonly reason: string | null;
    readonly ended: boolean;
  };
};

/** Of one incident, together with those that were stood down. */
export const activationsMax = 50;

type Some = Pick<IncidentState, "activations">;

export const activeTeams = ({ activations = [] }: Some): Activation[] =>
  activations.filter(({ left }) => left === undefined);

/** Calls of an incident have numbers of their own, whatever they are for. */
export const nextCall = ({ escalations = [], activations = [] }: Pick<IncidentState, "escalations" | "activations">) =>
  escalations.length + activations.length + 1;

/** Whoever has joined a team that is active. */
export const inTeams = (state: Some): TeamMember[] => activeTeams(state).flatMap(({ members }) => members);

export type Quorum = {
  readonly met: boolean;
  readonly people: number;
  readonly needed: number;
  /** Required, and not filled by as many as it takes. */
  readonly roles: readonly string[];
};

export function quorumOf({ members, charter }: Pick<Activation, "members" | "charter">): Quorum {
  const roles = charter.roles.filter((role) => role.required && seatsLeft(members, role) > 0).map(({ id }) => id);
  const people = members.length;
  return { met: people >= charter.people && roles.length === 0, people, needed: charter.people, roles };
}

/** How many must come yet, as nobody holds two roles. */
export function stillWanted({ members, charter }: Pick<Activation, "members" | "charter">): number {
  const seats = charter.roles.map((role) => (role.required ? Math.max(0, seatsLeft(members, role)) : 0));
  return Math.max(
    charter.people - members.length,
    seats.reduce((sum, one) => sum + one, 0),
    0,
  );
}

const seatsLeft = (members: readonly TeamMember[], { id, count }: TeamRole): number =>
  count - members.filter(({ role }) => role === id).length;

export type TeamCommand = Extract<IncidentCommand, { name: (typeof teamCommands)[number] }>;

export const isTeamName = (name: string): name is TeamCommand["name"] => teamCommands.some((one) => one === name);

export const isOfTeam = (command: IncidentCommand): command is TeamCommand =>
  teamCommands.some((name) => name === command.name);

export function decideTeam(state: IncidentState, command: TeamCommand): IncidentEvent[] | Refusal {
  switch (command.name) {
    case "activate-team":
      return activate(state, command.input, command.envelope);
    case "join-team":
      return join(state, command.input, command.envelope.actor);
    case "leave-team":
      return leave(state, command.input, command.envelope);
    case "stand-down-team":
      return standDown(state, command.input, command.envelope);
  }
}

function activate(
  state: IncidentState,
  { team, charter }: CommandInputs["activate-team"],
  { at, reason }: Envelope,
): IncidentEvent[] | Refusal {
  if (!reason?.trim()) return refuse("reason-required", { command: "activate-team" });
  if (charter === undefined) return refuse("team-without-mandate", { team });
  if (activeTeams(state).some((one) => one.team === team)) return refuse("team-active", { name: charter.name });
  if ((state.activations?.length ?? 0) >= activationsMax) return refuse("activations-full", { max: activationsMax });
  return [activated(state, { team, charter, at })];
}

type Activating = {
  readonly team: string;
  readonly charter: NamedCharter;
  readonly at: Instant;
  readonly category?: CategoryId;
};

export function activated(state: IncidentState, { team, charter, at, category }: Activating): TeamEvent {
  const { name, ...frozen } = charter;
  const until = toIso(at + frozen.minutes * minuteMs);
  const data = { number: nextCall(state), team, name, charter: frozen, until, ...(category && { category }) };
  return { type: "team.activated", data };
}

type Named = { readonly activation?: number | undefined };

/** The one that is named, or the newest that fits; one that was stood down takes nothing any more. */
function findActive(
  state: IncidentState,
  { activation: number }: Named,
  fits: (one: Activation) => boolean = () => true,
): Activation | Refusal {
  const found =
    number === undefined
      ? (activeTeams(state).findLast(fits) ?? activeTeams(state).at(-1))
      : state.activations?.find((one) => one.number === number);
  if (!found) return number === undefined ? refuse("team-not-active", { name: "" }) : unknown(number);
  return found.left === undefined ? found : refuse("team-not-active", { name: found.name });
}

const unknown = (activation: number): Refusal => refuse("activation-unknown", { activation });

const isOf = ({ team, members }: Activation, { id, teams }: Actor): boolean =>
  teams.includes(team) || members.some((one) => one.id === id);

/** Whoever answers, with a role that they name or the first that is free for them; again, with another role. */
function join(state: IncidentState, input: CommandInputs["join-team"], actor: Actor): IncidentEvent[] | Refusal {
  const { called = [], role } = input;
  const theirs = (one: Activation): boolean => called.includes(one.number) || isOf(one, actor);
  const found = findActive(state, input, theirs);
  if ("refused" in found) return found;
  if (actor.id === null || !theirs(found)) return refuse("not-of-team", { name: found.name });
  const taken = role === undefined ? roleFor(found, actor) : roleNamed(found, role, actor);
  if (typeof taken === "object" && taken !== null) return taken;
  const before = found.members.find(({ id }) => id === actor.id);
  if (before && (role === undefined || before.role === taken)) return refuse("team-joined", { name: found.name });
  return [joined(found, actor, taken)];
}

function joined(
  { number, name: teamName, charter }: Activation,
  { id, name, level }: Actor,
  role: string | null,
): TeamEvent {
  const words = charter.roles.find((one) => one.id === role)?.words ?? null;
  return { type: "team.joined", data: { number, teamName, personId: id ?? "", name, level, role, words } };
}

/** By whoever takes an escalation that asked for it; nothing, where they are in it already or it is over. */
export function teamTaken(state: IncidentState, number: number, actor: Actor): TeamEvent[] {
  const found = activeTeams(state).find((one) => one.number === number);
  if (!found || actor.id === null || found.members.some(({ id }) => id === actor.id)) return [];
  return [joined(found, actor, roleFor(found, actor))];
}

const mayHold = ({ level }: TeamRole, actor: Pick<Actor, "level">): boolean => (actor.level ?? 0) >= (level ?? 0);

/** What is required first, in the order in which its roles stand. */
function roleFor({ charter, members }: Activation, actor: Actor): string | null {
  const free = charter.roles.filter((role) => seatsLeft(members, role) > 0 && mayHold(role, actor));
  return (free.find(({ required }) => required) ?? free[0])?.id ?? null;
}

function roleNamed({ name, charter, members }: Activation, id: string, actor: Actor): string | Refusal {
  const role = charter.roles.find((one) => one.id === id);
  if (!role) return refuse("team-role-unknown", { name, role: id });
  if (!mayHold(role, actor)) return refuse("holder-level", { name: actor.name, needed: role.level ?? 0 });
  const others = members.filter((one) => one.id !== actor.id);
  return seatsLeft(others, role) > 0 ? id : refuse("team-role-taken", { role: id });
}

/** Whoever was called cannot come, or whoever came goes. */
function leave(state: IncidentState, input: CommandInputs["leave-team"], envelope: Envelope) {
  const { actor, reason } = envelope;
  const { called = [] } = input;
  const has = ({ members }: Activation): boolean => members.some(({ id }) => id === actor.id);
  const found = findActive(state, input, (one) => has(one) || called.includes(one.number));
  if ("refused" in found) return found;
  if (actor.id === null || !(has(found) || called.includes(found.number)))
    return refuse("not-of-team", { name: found.name });
  if (!reason?.trim()) return refuse("reason-required", { command: "leave-team" });
  const was = has(found) ? ("joined" as const) : ("called" as const);
  const left: TeamEvent = {
    type: "team.left",
    data: { number: found.number, teamName: found.name, personId: actor.id, name: actor.name, was },
  };
  return [left];
}

function standDown(state: IncidentState, input: Named, { reason }: Envelope): IncidentEvent[] | Refusal {
  const found = findActive(state, input);
  if ("refused" in found) return found;
  if (!reason?.trim()) return refuse("reason-required", { command: "stand-down-team" });
  return [{ type: "team.stood-down", data: { number: found.number, teamName: found.name, because: "asked" } }];
}

/** Before a number is known: whether there is any that it could be about. */
export function whyNotTeam(state: IncidentState, name: TeamCommand["name"], about?: number): Refusal | null {
  if (name === "activate-team") return null;
  const found = findActive(state, { activation: about });
  return "refused" in found ? found : null;
}

/** Too few have come, and it was not said since there were enough. */
export function missedQuorum(
  state: IncidentState,
  number: number,
  because: Extract<TeamEvent, { type: "team.quorum-missed" }>["data"]["because"],
): Omit<Extract<TeamEvent, { type: "team.quorum-missed" }>["data"], "deputy"> | null {
  const found = activeTeams(state).find((one) => one.number === number);
  if (state.ended !== null || !found || found.missedAt !== null) return null;
  const { met, people, needed, roles } = quorumOf(found);
  if (met) return null;
  const lacking = found.charter.roles.filter(({ id }) => roles.includes(id)).map(({ id, words }) => ({ id, words }));
  return { number, teamName: found.name, people, needed, roles: lacking, because };
}

/** When it is next asked whether enough have come; null when nobody waits for that. */
export const quorumDueAt = ({ left, metAt, missedAt, until }: Activation): Instant | null =>
  left === undefined && metAt === null && missedAt === null ? until : null;

/** The newest activation that calls this person and that they have neither joined nor said that they cannot come to. */
export function askedOfTeam(state: IncidentState, paging: PagingState, personId: string): Activation | undefined {
  return activeTeams(state).findLast(
    ({ number, members }) =>
      !members.some(({ id }) => id === personId) &&
      callsFor(paging, number).pages.some((page) => page.personId === personId && page.status !== "withdrawn"),
  );
}

/** Activations whose calls reached them. */
export const calledBy = (state: IncidentState, paging: PagingState, personId: string | null): number[] =>
  activeTeams(state)
    .map(({ number }) => number)
    .filter((number) => callsFor(paging, number).pages.some((page) => page.personId === personId));

/** Calls besides those for the incident which end with it: a team that somebody asked for is called until it is stood down, also when
 *  the service is back. */
export function alsoStopped({ activations = [] }: Some, paging: PagingState, because: string): number[] {
  /* Taking the incident answers no escalation of it; what ends it, or brings it back, does. */
  if (because === "accepted" || because === "acknowledged-at-source") return [];
  const stays = because === "restored" || because === "resolved";
  const numbers = Object.keys(paging.escalations ?? {}).map(Number);
  return numbers.filter((one) => !stays || !activations.some(({ number }) => number === one));
}

export const isOfTeams = <Fact extends IncidentEvent>(event: Fact): event is Fact & TeamEvent =>
  event.type.startsWith("team.");

export function evolveTeams(state: IncidentState, event: TeamEvent, stamp: Stamp): Partial<IncidentState> {
  const { activations = [] } = state;
  const { occurredAt: at } = stamp;
  if (event.type === "team.activated") return { activations: [...activations, begun(event.data, stamp)] };
  const put = (part: (one: Activation) => Partial<Activation>): Partial<IncidentState> => ({
    activations: activations.map((one) => (one.number === event.data.number ? { ...one, ...part(one) } : one)),
  });
  switch (event.type) {
    case "team.joined":
    case "team.left":
      return put((one) => {
        const members = one.members.filter(({ id }) => id !== event.data.personId);
        if (event.type === "team.joined") {
          const { personId: id, name, level, role } = event.data;
          members.push({ id, name, level, role, at });
        }
        /* Lost after it was met, it is another time that it is missing. */
        const lost = one.metAt !== null && !quorumOf({ ...one, members }).met;
        return lost ? { members, metAt: null, missedAt: null } : { members };
      });
    case "team.quorum-met":
      return put(() => ({ metAt: at }));
    case "team.quorum-missed":
      return put(() => ({ missedAt: at }));
    case "team.stood-down":
      return put(() => ({
        left: { by: stamp.actor.name, at, reason: stamp.reason, ended: event.data.because === "ended" },
      }));
  }
}

function begun(
  { number, team, name, charter, until, category }: Extract<TeamEvent, { type: "team.activated" }>["data"],
  { actor, occurredAt: at, recordedAt, reason }: Stamp,
): Activation {
  return {
    number,
    team,
    name,
    charter,
    category: category ?? null,
    at,
    by: { id: actor.id, name: actor.name },
    reason,
    until: parseIso(until) ?? recordedAt,
    members: [],
    metAt: null,
    missedAt: null,
  };
}
