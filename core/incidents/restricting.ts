/** Restricts an incident to those who need to know, lifts that, and adds and removes whom it admits. Whoever coordinates, is
 *  assigned, was asked, or holds something of it is admitted by that alone: nobody is called for what they may not open.
 *  Sources: FIRST TLP 2.0 (2022); the seed on security incidents. */
import type { Admission } from "../access/restriction.ts";
import { openToAll } from "../access/restriction.ts";
import { restrictingCommands } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { hourMs, parseIso, toIso } from "../kernel/time.ts";
import type { CategoryId, Instant, Tlp } from "../kernel/vocabulary.ts";
import type { IncidentCommand } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";
import { inTeams } from "./teams.ts";
import { isOpenStream } from "./workstreams.ts";

export type PartyKind = "person" | "team" | "function";
export type Party = { readonly kind: PartyKind; readonly id: string; readonly name: string };

/** `until`: let in by breaking the glass, and only so long. */
export type Member = Party & {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string | null;
  readonly until?: Instant;
};

export type Restriction = {
  /** Since when; null: lifted. */
  readonly since: Instant | null;
  readonly by: string;
  readonly reason: string | null;
  /** By whose rule, where a category asked for it. */
  readonly category: CategoryId | null;
  readonly members: readonly Member[];
  /** Taken off: being called once admits them no longer. */
  readonly removed: readonly string[];
  /** Categories that have asked for it: none asks twice, so that what a person lifts stays lifted. */
  readonly seen: readonly CategoryId[];
};

export const membersMax = 100;
/** How long breaking the glass lets in. */
export const brokenGlassMs = 4 * hourMs;

export const isRestricted = ({ restriction }: Pick<IncidentState, "restriction">): boolean =>
  restriction !== undefined && restriction.since !== null;

/** Who holds something of it now: to be taken off, they hand that over first. */
function holding(state: IncidentState): string[] {
  const {
    coordinator,
    acceptedBy,
    assigned,
    offer,
    roles = {},
    tasks = [],
    escalations = [],
    workstreams = [],
  } = state;
  const open = escalations.filter(({ status }) => status === "requested" || status === "acknowledged");
  return [
    coordinator?.id,
    acceptedBy?.id,
    assigned?.person,
    assigned?.team,
    assigned?.function,
    offer?.to.id,
    ...Object.values(roles).map(({ holder }) => holder?.id),
    ...tasks.filter(({ status }) => status === "open").map(({ owner }) => owner?.id),
    ...open.flatMap(({ to, holder }) => [to, holder?.id]),
    ...inTeams(state).map(({ id }) => id),
    ...workstreams.filter(isOpenStream).flatMap(({ lead, offer: asked, team }) => [lead.id, asked?.to.id, team]),
  ].filter((id) => typeof id === "string");
}

/** Whom it admits, in the shape that permission asks and that its row keeps. */
export function admissionOf(state: IncidentState): Admission {
  const { restriction } = state;
  if (restriction === undefined || restriction.since === null) return openToAll;
  const called = state.asked.filter((id) => !restriction.removed.includes(id));
  const named = restriction.members.map(({ id }) => id);
  return { restricted: true, admitted: [...new Set([...named, ...holding(state), ...called])] };
}

export type RestrictingCommand = Extract<IncidentCommand, { name: (typeof restrictingCommands)[number] }>;

export const isRestricting = (command: IncidentCommand): command is RestrictingCommand =>
  restrictingCommands.some((name) => name === command.name);

/** As it stands now, whatever reason is given and whomever it names. */
export function whyNotRestricting(state: IncidentState, name: RestrictingCommand["name"]): Refusal | null {
  if (name === "mark") return null;
  if (name === "restrict") return isRestricted(state) ? refuse("already-restricted") : null;
  return isRestricted(state) ? null : refuse("not-restricted");
}

export function decideRestricting(state: IncidentState, command: RestrictingCommand): IncidentEvent[] | Refusal {
  const { name, envelope } = command;
  const refused = whyNotRestricting(state, name);
  if (refused) return refused;
  if (name === "mark") return mark(state, command.input.tlp);
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: name });
  switch (name) {
    case "restrict":
      return [restrictedBy(null, [...asMember(envelope), ...(command.input.also ?? [])])];
    case "lift-restriction":
      return [{ type: "access.lifted", data: {} }];
    case "grant-access":
      return grant(state, command.input.to);
    case "revoke-access":
      return revoke(state, command.input.to);
  }
}

const asMember = ({ actor }: Envelope): Party[] =>
  actor.kind === "person" && actor.id !== null ? [{ kind: "person", id: actor.id, name: actor.name }] : [];

export function restrictedBy(category: CategoryId | null, members: readonly Party[]): IncidentEvent {
  const once = members.filter(({ id }, index) => members.findIndex((one) => one.id === id) === index);
  return {
    type: "access.restricted",
    data: { because: category === null ? "person" : "category", category, members: once },
  };
}

const mark = ({ tlp = null }: IncidentState, now: Tlp | null): IncidentEvent[] =>
  now === tlp ? [] : [{ type: "incident.marked", data: { tlp: now, was: tlp } }];

function grant(state: IncidentState, to: Party | undefined): IncidentEvent[] | Refusal {
  const members = state.restriction?.members ?? [];
  if (to === undefined) return refuse("target-required");
  const known = members.find(({ id }) => id === to.id);
  if (known && known.until === undefined) return refuse("already-admitted", { name: to.name });
  if (members.length >= membersMax) return refuse("members-full", { max: membersMax });
  return [{ type: "access.granted", data: { ...to } }];
}

function revoke(state: IncidentState, to: Party | undefined): IncidentEvent[] | Refusal {
  if (to === undefined) return refuse("target-required");
  const { admitted } = admissionOf(state);
  if (!admitted.includes(to.id)) return refuse("not-admitted", { name: to.name });
  if (holding(state).includes(to.id)) return refuse("admitted-by-work", { name: to.name });
  if (admitted.every((id) => id === to.id)) return refuse("last-admitted");
  return [{ type: "access.revoked", data: { ...to, because: "removed" } }];
}

/** By somebody whom it does not admit, with the level for it: asked by the desk, which knows them. */
export function breakGlass(state: IncidentState, { actor, at, reason }: Envelope): IncidentEvent[] | Refusal {
  if (!reason?.trim()) return refuse("reason-required", { command: "break-glass" });
  if (actor.id === null || !isRestricted(state)) return refuse("glass-not-needed");
  const until = toIso(at + brokenGlassMs);
  return [{ type: "access.forced", data: { personId: actor.id, name: actor.name, until } }];
}

/** Whose time is over: nobody whom something else admits loses that. */
export const lapsedAccess = ({ restriction }: IncidentState, at: Instant): IncidentEvent[] =>
  (restriction?.members ?? [])
    .filter(({ until }) => until !== undefined && until <= at)
    .map(({ kind, id, name }) => ({ type: "access.revoked", data: { kind, id, name, because: "expired" } }));

export const nextLapse = ({ restriction }: IncidentState): Instant | null => {
  const all = (restriction?.members ?? []).flatMap(({ until }) => until ?? []);
  return all.length === 0 ? null : Math.min(...all);
};

const restrictingEvents = [
  "access.restricted",
  "access.lifted",
  "access.granted",
  "access.revoked",
  "access.forced",
  "incident.marked",
] as const;
export type RestrictingEvent = Extract<IncidentEvent, { type: (typeof restrictingEvents)[number] }>;

export const isOfRestricting = <Fact extends IncidentEvent>(event: Fact): event is Fact & RestrictingEvent =>
  restrictingEvents.some((type) => type === event.type);

const none: Restriction = {
  since: null,
  by: "",
  reason: null,
  category: null,
  members: [],
  removed: [],
  seen: [],
};

export function evolveRestricting(state: IncidentState, event: RestrictingEvent, stamp: Stamp): Partial<IncidentState> {
  const { restriction = none } = state;
  const { actor, occurredAt: at, recordedAt, reason = null } = stamp;
  const given = { at, by: actor.name, reason };
  const without = (id: string): Member[] => restriction.members.filter((one) => one.id !== id);
  switch (event.type) {
    case "access.restricted": {
      const { category, members } = event.data;
      const seen = category === null ? restriction.seen : [...restriction.seen, category];
      const all = members.map((one) => ({ ...one, ...given }));
      return { restriction: { since: recordedAt, by: actor.name, reason, category, members: all, removed: [], seen } };
    }
    case "access.lifted":
      return { restriction: { ...none, by: actor.name, reason, seen: restriction.seen } };
    case "access.granted": {
      const { kind, id, name } = event.data;
      const members = [...without(id), { kind, id, name, ...given }];
      return { restriction: { ...restriction, members, removed: restriction.removed.filter((one) => one !== id) } };
    }
    case "access.revoked": {
      const { id, because } = event.data;
      /* Whose time is over was not taken off: being called lets them in as it does anybody. */
      const removed = because === "removed" ? [...restriction.removed, id] : restriction.removed;
      return { restriction: { ...restriction, members: without(id), removed } };
    }
    case "access.forced": {
      const { personId: id, name, until } = event.data;
      const member: Member = { kind: "person", id, name, ...given, until: parseIso(until) ?? at };
      return { restriction: { ...restriction, members: [...without(id), member] } };
    }
    case "incident.marked":
      return { tlp: event.data.tlp };
  }
}
