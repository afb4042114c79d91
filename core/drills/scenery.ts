/** An organisation drawn from a seed: who there is, how each can be reached, who is on call when, who is called after whom. */

import type { Directory, Integration, IntegrationKind } from "../desk/directory.ts";
import { emptyDirectory } from "../desk/directory.ts";
import type { Charter } from "../directory/team-charter.ts";
import { type ChannelKind, type ContactPoint, channelKinds, type Person, type Preference } from "../directory/types.ts";
import type { Conditions } from "../escalation/conditions.ts";
import type { Policy, Step, Target } from "../escalation/policy.ts";
import { dayMs, parseIso, toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { plainSchedule, type Schedule } from "../oncall/schedule.ts";
import type { Chance } from "./chance.ts";
import { drawNoise } from "./noise.ts";
import { byId, lawsOf, person, service } from "./organisation.ts";

/** A quiet Wednesday, the eve of both changes of hour on both sides of the sea, and of a year. */
const starts = [
  "2026-10-07T18:00:00Z",
  "2026-11-01T04:30:00Z",
  "2027-03-14T05:30:00Z",
  "2026-10-24T23:30:00Z",
  "2027-03-27T23:30:00Z",
  "2026-12-31T22:00:00Z",
];
const zones = ["America/Montreal", "Europe/Paris"] as const;

export type Scenery = { readonly start: Instant; readonly directory: Directory };

/** The one administrator who is always there and has more than one way of being reached: the last resort of all. */
export const keeper = "root";

const times = (many: number, name: string): string[] => Array.from({ length: many }, (_, index) => `${name}-${index}`);

export function drawScenery(chance: Chance): Scenery {
  const start = parseIso(chance.oneOf(starts)) ?? 0;
  const people = times(2 + chance.below(5), "person");
  const teams = times(1 + chance.below(2), "team");
  const schedules = times(1 + chance.below(2), "rota");
  const policies = times(1 + chance.below(3), "policy");
  const services = times(1 + chance.below(3), "service");
  const some = (): string[] => people.filter(() => chance.happens(0.4));
  const names = { people, teams, schedules, services };
  const second = chance.happens(0.3) ? [people[0] ?? keeper] : [];
  const directory: Directory = {
    ...emptyDirectory,
    version: 1,
    people: byId(
      ...people.map((id) => drawPerson(chance, id)),
      person(keeper, 5, { admin: true, contactPoints: points(keeper, ["email", "ntfy"]) }),
    ),
    teams: byId(...teams.map((id) => ({ id, name: id, members: some(), charter: drawCharter(chance, names) }))),
    functions: byId({ id: "duty", nameFr: "duty", nameEn: "duty", members: some() }),
    services: byId(...services.map((id) => drawService(chance, id, policies))),
    schedules: byId(...schedules.map((id) => rotaOf(id, start, drawTurns(chance, people)))),
    policies: byId(...policies.map((id) => drawPolicy(chance, id, names))),
    webhooks: byId({ id: "robot", name: "robot" }),
    integrations: byId(...(["pagerduty", "alertmanager", "generic"] as const).map((kind) => source(kind, services))),
    administrators: [keeper, ...second],
    laws: lawsOf("Europe/Paris"),
    defaultPolicyId: chance.happens(0.5) ? (policies[0] ?? null) : null,
    zone: chance.oneOf(zones),
  };
  return { start, directory: { ...directory, noise: drawNoise(chance, start, services) } };
}

const points = (id: string, kinds: readonly ChannelKind[]): ContactPoint[] =>
  kinds.map((kind, index) => ({ id: `${id}-${kind}-${index}`, kind, address: `${id}@example.org`, enabled: true }));

/** A night, most of a day, and a time that a change of clock may make longer, or shorter. */
const peace = [
  { from: "22:00", to: "07:00" },
  { from: "08:00", to: "19:30" },
  { from: "00:00", to: "02:30" },
] as const;

function drawPerson(chance: Chance, id: string): Person {
  const kinds = Array.from({ length: chance.below(3) || 1 }, () => chance.oneOf(channelKinds));
  const contactPoints = points(id, kinds).map((one) => ({ ...one, enabled: chance.happens(0.92) }));
  const turns = contactPoints.map(({ id: contactPoint }) => ({ contactPoint, afterMinutes: chance.below(8) }));
  const said: Preference = { high: turns, low: chance.happens(0.5) ? turns.slice(0, 1) : [] };
  const preference = chance.happens(0.4) ? { ...said, quiet: chance.oneOf(peace) } : said;
  return person(id, chance.oneOf([null, 2, 3, 4, 5]), {
    language: chance.oneOf(["fr", "en"]),
    zone: chance.oneOf(zones),
    active: chance.happens(0.95),
    contactPoints,
    ...(chance.happens(0.5) ? { preference } : {}),
  });
}

function drawService(chance: Chance, id: string, policies: readonly string[]) {
  const policyId = chance.happens(0.8) ? chance.oneOf(policies) : null;
  return service(id, { ownerId: null, teamId: null, policyId });
}

export type Turns = {
  readonly zone: string;
  readonly handoverTime: string;
  readonly participants: readonly (string | null)[];
};

function drawTurns(chance: Chance, people: readonly string[]): Turns {
  const participants = Array.from({ length: 1 + chance.below(4) }, () =>
    chance.happens(0.9) ? chance.oneOf(people) : null,
  );
  return { zone: chance.oneOf(zones), handoverTime: chance.oneOf(["09:00", "02:30", "01:30"]), participants };
}

/** The one place that knows what a schedule is made of. */
export function rotaOf(id: string, start: Instant, { zone, handoverTime, participants }: Turns): Schedule {
  const startDate = toIso(start - 7 * dayMs).slice(0, 10);
  const rotation = { kind: "weekly" as const, zone, startDate, handoverTime, lengthWeeks: 1, participants };
  return plainSchedule(id, id, rotation);
}

const said = { fr: "r", en: "r" };

/** Some teams are only assigned work; others are activated, by a rota that may be gone, for a quorum that may never be met. */
function drawCharter(chance: Chance, { people, schedules }: Pick<Names, "people" | "schedules">): Charter | null {
  if (chance.happens(0.3)) return null;
  const level = chance.oneOf([null, 3, 4] as const);
  const lead = { id: "lead", words: said, count: 1, level, required: chance.happens(0.5) };
  return {
    mandate: said,
    roles: [lead, { id: "hand", words: said, count: 2, level: null, required: false }],
    people: 1 + chance.below(3),
    minutes: chance.oneOf([1, 15, 60]),
    rota: chance.happens(0.6) ? { kind: "schedule", id: chance.oneOf([...schedules, "nowhere"]) } : null,
    deputy: chance.happens(0.7) ? chance.oneOf(people) : null,
    contact: null,
  };
}

type Names = Readonly<Record<"people" | "teams" | "schedules" | "services", readonly string[]>>;

export function drawPolicy(chance: Chance, id: string, names: Names): Policy {
  const steps = Array.from({ length: 1 + chance.below(3) }, (): Step => {
    const targets = Array.from({ length: 1 + chance.below(2) }, () => drawTarget(chance, names));
    const several: Pick<Step, "acknowledgements"> = chance.happens(0.25)
      ? { acknowledgements: 2 + chance.below(2) }
      : {};
    const inTurn = chance.happens(0.3) && several.acknowledgements === undefined;
    const step = { targets, timeoutMinutes: chance.oneOf([1, 2, 5, 10, 30]), ...several, ...(inTurn && { inTurn }) };
    return chance.happens(0.3) ? { ...step, when: drawConditions(chance, names) } : step;
  });
  const actWithinMinutes = chance.happens(0.4) ? chance.oneOf([1, 5, 20]) : null;
  return { id, name: id, steps, repeat: chance.below(3), zone: chance.oneOf(zones), actWithinMinutes };
}

function drawConditions(chance: Chance, { services }: Names): Conditions {
  const half = chance.oneOf([
    ["00:00", "12:00"],
    ["12:00", "24:00"],
    ["01:30", "03:30"],
  ] as const);
  const hours = { openings: [{ days: [1, 2, 3, 4, 5], from: half[0], until: half[1] }], closedOn: ["2026-11-01"] };
  return {
    ...(chance.happens(0.5) ? { priorities: chance.oneOf([[1, 2], [3, 4, 5], [1]] as const) } : {}),
    ...(chance.happens(0.3) ? { categories: chance.oneOf([["major"], ["complex", "security"]]) } : {}),
    ...(chance.happens(0.2) ? { services: [chance.oneOf(services)] } : {}),
    ...(chance.happens(0.5) ? { hours: { ...hours, outside: chance.happens(0.5) } } : {}),
  };
}

function drawTarget(chance: Chance, { people, teams, schedules }: Names): Target {
  const roll = chance.next();
  if (roll < 0.5) return { kind: "schedule", id: chance.oneOf(schedules) };
  if (roll < 0.8) return { kind: "person", id: chance.happens(0.95) ? chance.oneOf(people) : "somebody-gone" };
  if (roll < 0.83) return { kind: "function", id: "duty" };
  if (roll < 0.87) return { kind: "webhook", id: chance.happens(0.9) ? "robot" : "robot-gone" };
  if (roll < 0.95) return { kind: "team", id: chance.oneOf(teams) };
  return { kind: "administrators", first: chance.happens(0.5) };
}

const source = (kind: IntegrationKind, services: readonly string[]): Integration => ({
  id: kind,
  kind,
  name: kind,
  serviceId: kind === "generic" ? null : (services[kind === "pagerduty" ? 0 : services.length - 1] ?? null),
  createdBy: keeper,
  mapping: null,
});
