/** A small organisation for the tests of this folder. */
import type { Roster } from "../escalation/policy.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { stampAll, stampOf, systemActor } from "../kernel/stamp.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Actor, Level } from "../kernel/vocabulary.ts";
import { type AssistanceCommand, type AssistanceKnown, ask, decideAssistance, tick } from "./decide.ts";
import type { AssistanceEvent } from "./events.ts";
import type { OfIncident } from "./permission.ts";
import { type AssistanceSettings, firstSettings, type Party } from "./settings.ts";
import { type AssistanceState, evolveAssistance, initialAssistance } from "./state.ts";

export const at = 1_800_000_000_000;

const names = ["ana", "ben", "cleo", "dan", "eve", "fay", "gil"] as const;
type Name = (typeof names)[number];

/** Ana asks; Ben is of facilities, Cleo of the technicians, Dan of the service desk, Eve and Fay of level 4, Gil left. */
const levels: Readonly<Record<Name, Level>> = { ana: null, ben: null, cleo: 3, dan: 2, eve: 4, fay: 5, gil: 4 };

export const facilities: Party = { kind: "function", id: "facilities" };
export const technicians: Party = { kind: "team", id: "technicians" };
export const deskOf: Party = { kind: "function", id: "desk" };
export const legal: Party = { kind: "function", id: "legal" };
export const deserted: Party = { kind: "team", id: "deserted" };

const members: Readonly<Record<string, readonly Name[]>> = {
  facilities: ["ben"],
  desk: ["dan"],
  legal: ["fay"],
  technicians: ["cleo"],
  deserted: ["gil"],
};

export const roster: Roster = {
  people: new Map(
    names.map((id) => [
      id,
      {
        id,
        name: id,
        email: `${id}@example.org`,
        language: "en",
        zone: "UTC",
        level: levels[id],
        admin: false,
        active: id !== "gil",
        contactPoints: [],
      },
    ]),
  ),
  teams: new Map(["technicians", "deserted"].map((id) => [id, { id, name: id, members: members[id] ?? [] }])),
  functions: new Map(
    ["facilities", "desk", "legal"].map((id) => [
      id,
      { id, nameFr: `${id}-fr`, nameEn: id, members: members[id] ?? [] },
    ]),
  ),
  schedules: new Map(),
  absences: [],
  administrators: [],
};

const nothing = { kinds: [], words: [], domains: [], services: [], sites: [] } as const;

export const settings: AssistanceSettings = {
  ...firstSettings,
  version: 3,
  rules: [
    { ...nothing, words: ["water main", "fuite d’eau"], to: facilities },
    { ...nothing, kinds: ["technical"], services: ["payroll"], to: technicians },
    { ...nothing, kinds: ["facilities"], to: facilities },
    { ...nothing, domains: ["customers"], sites: ["Head office"], to: legal },
    { ...nothing, kinds: ["supplier"], to: deserted },
  ],
  terms: [{ party: facilities, answerMinutes: 120, urgentMinutes: 10, policy: null }],
  fallback: deskOf,
};

export function person(id: Name, more: Partial<Actor> = {}): Actor {
  const of = (kind: "teams" | "functions"): string[] =>
    [...roster[kind].values()].filter((one) => one.members.includes(id)).map((one) => one.id);
  return {
    kind: "person",
    id,
    name: id,
    level: levels[id],
    admin: false,
    teams: of("teams"),
    functions: of("functions"),
    onBehalfOf: null,
    via: "session",
    ...more,
  };
}

export const known: AssistanceKnown = { at, settings, roster, coordinator: null };

export const wanted = {
  direction: "inbound",
  title: "The heating is off",
  details: null,
  kind: "facilities",
  urgent: false,
  language: "en",
  domains: [],
  service: null,
  site: null,
  incident: null,
  exercise: false,
} as const;

type Happening = {
  readonly by?: Actor;
  readonly reason?: string;
  readonly at?: number;
  readonly incident?: OfIncident;
};

export function after(
  state: AssistanceState,
  events: readonly AssistanceEvent[],
  { by, reason, at: when = at }: Happening = {},
): AssistanceState {
  const envelope = { at: when, actor: by ?? systemActor("timer"), cause: { kind: "test" }, reason };
  return fold(evolveAssistance, state, stampAll(events, stampOf(envelope, null, false)));
}

export function asked(
  more: Partial<Parameters<typeof ask>[0]> = {},
  with_: Partial<AssistanceKnown> = {},
): AssistanceState {
  const events = ask({ ...wanted, ...more }, null, { ...known, ...with_ });
  if (isRefusal(events)) throw new Error(events.refused);
  return after(initialAssistance, events, { by: person("ana") });
}

/** What it becomes, or why not. */
export function doing(
  state: AssistanceState,
  command: AssistanceCommand,
  happening: Happening & Partial<AssistanceKnown> = {},
) {
  const { by = person("ana"), reason, incident = null, at: when = at, ...more } = happening;
  const decided = decideAssistance(state, command, {
    ...known,
    ...more,
    at: when,
    actor: by,
    incident,
    reason: reason ?? null,
  });
  return isRefusal(decided)
    ? decided
    : { events: decided, state: after(state, decided, { by, at: when, ...(reason && { reason }) }) };
}

export function done(...args: Parameters<typeof doing>): AssistanceState {
  const became = doing(...args);
  if (isRefusal(became)) throw new Error(`refused with ${became.refused}`);
  return became.state;
}

export function ticked(state: AssistanceState, minutes: number): { events: string[]; state: AssistanceState } {
  const when = at + minutes * minuteMs;
  const events = tick(state, { ...known, at: when });
  return { events: events.map(({ type }) => type), state: after(state, events, { at: when }) };
}
