/** What may go wrong in the demonstration's city, as somebody there would write it: one text a language, chosen by who
 *  reports. Holes in braces are filled from `slots`, one choice an incident, so that the same kind of trouble comes back in
 *  another place, as it does in life. */

import type { IncidentCommandName } from "../core/directory/responsibility.ts";
import type { ContributionAct } from "../core/incidents/contributing.ts";
import type { AffectedStatus, Magnitude } from "../core/kernel/impact-words.ts";
import type { CategoryId, Impact, Language, Severity, Urgency } from "../core/kernel/vocabulary.ts";
import type { SecurityCommand } from "../core/security/commands.ts";
import type { FunctionName, IntegrationName, PersonName, ServiceName, TeamName } from "./organisation.ts";
import type { Engaged } from "./suppliers.ts";

/** Who says it first: an agent of the service desk, an employee without incident skills, somebody in town, a machine. */
export type From = "agent" | "employee" | "public" | "machine";

export type Situation = {
  readonly id: string;
  readonly language: Language;
  readonly from: From;
  readonly service: ServiceName;
  readonly team: TeamName;
  readonly categories: readonly CategoryId[];
  readonly impact: Impact;
  readonly urgency: Urgency;
  /** How often in the whole history. */
  readonly times: number;
  /** Of a working day, when its texts speak of it; any hour at which that one would speak otherwise. */
  readonly hour?: number;
  /** Snow, heating: it waits for its season, and does not happen when history has none. */
  readonly season?: "cold";
  /** Until the service is back, typically. */
  readonly minutes: number;
  readonly slots?: Readonly<Record<string, readonly string[]>>;
  readonly title: string;
  readonly description?: string;
  readonly alert?: AlertText;
  readonly observations: readonly string[];
  readonly decision?: { readonly text: string; readonly options: readonly string[] };
  readonly advice?: { readonly to: readonly PersonName[]; readonly text: string };
  readonly escalation?: Escalation;
  readonly restored: string;
  /** Null: never found. */
  readonly cause: string | null;
  readonly solution: string;
  readonly recovery: string;
  /** What it cost those who rely on the service. */
  readonly effects: string;
  /** Cause and solution one after the other when it is not said. */
  readonly summary?: string;
  readonly workaround?: string;
  readonly lessons?: string;
  /** Happen the first time only: the same refusal twice would not be believed. */
  readonly twists?: Twists;
};

export type AlertText = {
  readonly integration: IntegrationName;
  readonly key: string;
  readonly severity: Severity;
  readonly source: string;
  /** Others that come with it, in the same group. */
  readonly also?: readonly { readonly key: string; readonly title: string }[];
};

export type Escalation = {
  readonly kind: "functional" | "hierarchical";
  readonly to: FunctionName | PersonName | TeamName;
  readonly reason: string;
  readonly expected: string;
};

export type Twists = {
  readonly decline?: string;
  readonly reassign?: { readonly to: TeamName; readonly reason: string };
  readonly relapse?: { readonly text: string; readonly restored: string };
  readonly reopen?: { readonly reason: string; readonly solution: string };
  /** Somebody of level 3 restores at night, beyond what their level allows. */
  readonly derogation?: string;
  readonly override?: { readonly priority: 1 | 2 | 3 | 4 | 5; readonly reason: string };
  /** Written down some hours after it happened. */
  readonly late?: string;
  /** Said a second time by somebody else, and merged. */
  readonly duplicate?: { readonly title: string; readonly language: Language; readonly name: string };
};

/** Looked into, and no incident. */
export type FalseAlarm = Pick<Situation, "id" | "language" | "from" | "service" | "title" | "description" | "slots"> & {
  readonly times: number;
  readonly reason: string;
};

/** Names of people and teams stand for themselves; texts are in the language of the incident. */
type Doing = {
  readonly name: IncidentCommandName;
  readonly team?: TeamName;
  readonly persons?: readonly PersonName[];
  readonly person?: PersonName;
  readonly to?: PersonName | FunctionName;
  /** Minutes after it is said. */
  readonly dueIn?: number;
  readonly untilIn?: number;
  /** Name of another of these. */
  readonly into?: string;
  readonly incident?: string;
} & Readonly<Record<string, unknown>>;
export type Act = readonly [
  who: PersonName,
  minutesAgo: number,
  command: Doing,
  around?: { readonly reason?: string; readonly lateBy?: number },
];

/** What is done for its security; `to`: to whom evidence is handed. */
export type Secured = readonly [
  who: PersonName,
  minutesAgo: number,
  command: SecurityCommand & { readonly to?: PersonName },
  reason?: string,
];

/** What is said of what it hurts; `service`, by its name here. */
export type Hurt = readonly [
  who: PersonName,
  minutesAgo: number,
  command:
    | { readonly service: ServiceName; readonly status: AffectedStatus; readonly note?: string }
    | { readonly domain: string; readonly magnitude: Magnitude; readonly people?: number; readonly note?: string }
    | { readonly notAffected: ServiceName; readonly note?: string },
  lateBy?: number,
];

export type Present = {
  /** What another calls it, that is merged into it or linked to it. */
  readonly name?: string;
  readonly language: Language;
  readonly service: ServiceName;
  readonly title: string;
  readonly description?: string;
  readonly minutesAgo: number;
  readonly from: { readonly person: PersonName } | { readonly reporter: string } | { readonly alert: AlertText };
  readonly acts: readonly Act[];
  /** What somebody outside is asked, and what they do by their link, in order. */
  readonly outside?: readonly Outside[];
  readonly secured?: readonly Secured[];
  /** Which supplier is called on, and what is said of it. */
  readonly engaged?: readonly Engaged[];
  readonly hurts?: readonly Hurt[];
};

/** Minutes before the end; null: whoever was asked. */
export type Outside = readonly [minutesAgo: number, who: PersonName | null, act: ContributionAct];
