/** Roles that the categories of an incident ask for: who holds each, and what is too much for one person to lead. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import type { Actor, Instant } from "../kernel/vocabulary.ts";
import type { CommandInputs } from "./commands.ts";
import { coordinatorRole, type Named } from "./coordination.ts";
import { demandsIn, refuseUnasked } from "./demands.ts";
import { derogationUsed } from "./derogations.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";
import { openStreams, type Workstream } from "./workstreams.ts";

/** `id`: null for somebody who has no account here. */
export type Holder = {
  readonly id: string | null;
  readonly name: string;
  readonly at: Instant;
  readonly by: string;
};
/** Of a role that somebody holds, or held. */
export type RoleHeld = { readonly holder: Holder | null };

export function fillRole(
  state: IncidentState,
  { role: id, name, to }: CommandInputs["fill-role"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  const nothing = refuseUnasked(state, "fill-role");
  if (nothing) return nothing;
  const role = demandsIn(state).roles.find((one) => one.id === id);
  if (!role) return refuse("role-unknown", { role: id });
  if (id === coordinatorRole) return refuse("role-is-coordination");
  const outside = name?.trim() ?? "";
  if ((to === undefined) === (outside === "")) return refuse("holder-required");
  const holder = { id: to?.id ?? null, name: to?.name ?? outside };
  const before = holderOf(state, id);
  if (before && before.id === holder.id && before.name === holder.name)
    return refuse("role-held", { name: holder.name });
  const short = role.level !== null && (to?.level ?? 0) < role.level;
  if (short && !envelope.derogation?.reason.trim())
    return refuse("holder-level", { name: holder.name, needed: role.level ?? 0 });
  return [
    ...(short ? [derogationUsed("fill-role", role.level ?? 0, envelope)] : []),
    ...(before ? [released(id, before)] : []),
    { type: "role.filled", data: { role: id, personId: holder.id, name: holder.name } },
  ];
}

/** By whoever answers a call for it: nothing, where somebody holds it already or they have not the level. */
export function roleTaken(state: IncidentState, id: string, { id: personId, name, level }: Actor): IncidentEvent[] {
  const role = demandsIn(state).roles.find((one) => one.id === id);
  const able = role !== undefined && (level ?? 0) >= (role.level ?? 0);
  if (!able || id === coordinatorRole || holderOf(state, id) !== null) return [];
  return [{ type: "role.filled", data: { role: id, personId, name } }];
}

export function releaseRole(state: IncidentState, { role }: CommandInputs["release-role"]): IncidentEvent[] | Refusal {
  if (role === coordinatorRole) return refuse("role-is-coordination");
  const holder = holderOf(state, role);
  return holder ? [released(role, holder)] : refuse("role-not-held", { role });
}

/** Before a role is named: whether anybody holds any. */
export const whyNotRelease = ({ roles = {} }: IncidentState): Refusal | null =>
  Object.values(roles).some(({ holder }) => holder !== null) ? null : refuse("role-not-held", { role: "" });

const released = (role: string, { id, name }: Pick<Holder, "id" | "name">): IncidentEvent => ({
  type: "role.released",
  data: { role, personId: id, name },
});

export const holderOf = ({ roles }: IncidentState, role: string): Holder | null => roles?.[role]?.holder ?? null;

/** Whoever holds a role now, the coordinator by coordinating. */
export function holderNow(state: IncidentState, role: string): { id: string | null; name: string } | null {
  return role === coordinatorRole ? state.coordinator : holderOf(state, role);
}

/** Roles that nobody holds. */
export const unfilledRoles = (state: IncidentState): string[] =>
  demandsIn(state)
    .roles.filter(({ id }) => holderNow(state, id) === null)
    .map(({ id }) => id);

/** Roles that must be, or have been, held before the incident may close: a person who was relieved has done their part. */
export const unmetRoles = (state: IncidentState): string[] =>
  demandsIn(state)
    .roles.filter(({ id, required }) => required && holderNow(state, id) === null && state.roles?.[id] === undefined)
    .map(({ id }) => id);

/** How a role stands among what closing asks for, whose other names are those of milestones and criteria. */
export const roleMissing = (role: string): string => `role/${role}`;

/** Beyond this many, whoever leads loses sight of some of them: the span of control of the incident command system. */
export const spanMax = 7;

export type Span = {
  readonly person: Named;
  readonly count: number;
  /** People whom the coordinator or the lead of a workstream leads directly, or roles that one person holds. */
  readonly of: "people" | "roles";
};

/** Whoever leads too many, or holds too much, the widest first; null when nobody does. Said, and never in anybody's way. */
export function tooWide(state: IncidentState): Span | null {
  const { coordinator } = state;
  const spans: Span[] = coordinator
    ? [{ person: coordinator, count: ledBy(state, coordinator.id).size, of: "people" }]
    : [];
  for (const stream of openStreams(state)) {
    const led = ownersOf(state, stream).filter((id) => id !== stream.lead.id);
    spans.push({ person: stream.lead, count: new Set(led).size, of: "people" });
  }
  const held = new Map<string, { person: Named; count: number }>();
  for (const { id } of demandsIn(state).roles) {
    const holder = holderNow(state, id);
    if (!holder?.id) continue;
    const known = held.get(holder.id);
    held.set(holder.id, { person: { id: holder.id, name: holder.name }, count: (known?.count ?? 0) + 1 });
  }
  for (const one of held.values()) spans.push({ ...one, of: "roles" });
  const [widest] = spans.filter(({ count }) => count > spanMax).sort((a, b) => b.count - a.count);
  return widest ?? null;
}

/** Who has something to do in a workstream reports to whoever leads it. */
const ownersOf = ({ tasks = [] }: IncidentState, { number }: Workstream): string[] =>
  tasks.flatMap(({ status, workstream, owner }) =>
    status === "open" && workstream === number && owner !== null ? [owner.id] : [],
  );

/** Whoever leads a workstream, holds a role, a task that is of none, an escalation or the incident itself reports to whoever
 *  coordinates. */
function ledBy(state: IncidentState, coordinatorId: string): ReadonlySet<string> {
  const roles = Object.values(state.roles ?? {}).map(({ holder }) => holder);
  const streams = openStreams(state);
  const isOfOne = (number: number | undefined) => streams.some((one) => one.number === number);
  const owners = (state.tasks ?? [])
    .filter(({ status, workstream }) => status === "open" && !isOfOne(workstream))
    .map(({ owner }) => owner);
  const leads = streams.map(({ lead }) => lead);
  const asked = (state.escalations ?? []).filter(({ status }) => status === "acknowledged").map(({ holder }) => holder);
  const led = new Set<string>();
  for (const one of [...roles, ...owners, ...leads, ...asked, state.acceptedBy])
    if (one && one.id !== coordinatorId) led.add(one.id ?? one.name);
  return led;
}

const roleEvents = ["role.filled", "role.released"] as const;
export type RoleEvent = Extract<IncidentEvent, { type: (typeof roleEvents)[number] }>;

export const isOfRoles = <Fact extends IncidentEvent>(event: Fact): event is Fact & RoleEvent =>
  roleEvents.some((type) => type === event.type);

export function evolveRoles(
  { roles }: IncidentState,
  event: RoleEvent,
  { actor, occurredAt: at }: Stamp,
): Partial<IncidentState> {
  const { role, personId: id, name } = event.data;
  const holder = event.type === "role.filled" ? { id, name, at, by: actor.name } : null;
  return { roles: { ...roles, [role]: { holder } } };
}
