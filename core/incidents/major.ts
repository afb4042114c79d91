/** A major incident is proposed, by written criteria or by a person, declared by whoever may decide it, and stood down with a
 *  reason: never simply ticked. While it is declared it has the category, which brings the process with it.
 *  Sources: ISO/IEC 20000-1:2018 §8.6.1 (written criteria, responsibility, top management kept informed); the seed. */
import type { CategoryProcess, EntryConditions, Item } from "../directory/category-process.ts";
import { unmetAlways } from "../escalation/conditions.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { minuteMs } from "../kernel/time.ts";
import { type CategoryId, type Instant, majorCategory, usualDetection } from "../kernel/vocabulary.ts";
import type { IncidentCommand } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export type MajorStatus = "none" | "proposed" | "declared" | "stood-down";
export type Major = {
  readonly status: Exclude<MajorStatus, "none">;
  readonly at: Instant;
  readonly by: string;
  readonly reason: string | null;
  /** What proposes it now. */
  readonly criteria: readonly Item[];
  /** Criteria that have been weighed: none proposes twice. */
  readonly seen: readonly string[];
  /** It was declared at least once. */
  readonly was?: true;
};

/** Records of before it was declared have the category alone. */
export const majorStatus = ({ categories, major }: Pick<IncidentState, "categories" | "major">): MajorStatus =>
  categories.includes(majorCategory) ? "declared" : (major?.status ?? "none");

const proposed = (criteria: readonly Item[]): IncidentEvent => ({
  type: "major.proposed",
  data: { criteria: [...criteria] },
});
const declared: IncidentEvent = { type: "major.declared", data: {} };

type MajorName = "propose-major" | "declare-major" | "stand-down-major";

/** As it stands now, whatever reason is given. */
export function refuseMajor(state: IncidentState, command: MajorName): Refusal | null {
  const status = majorStatus(state);
  if (command === "stand-down-major")
    return status === "declared" || status === "proposed" ? null : refuse("not-major");
  const already = status === "declared" || (status === "proposed" && command === "propose-major");
  return already ? refuse("major-already", { status }) : null;
}

export type MajorCommand = Extract<IncidentCommand, { name: MajorName }>;

export const isAboutMajor = (command: IncidentCommand): command is MajorCommand => command.name.endsWith("-major");

export function decideMajor(state: IncidentState, command: MajorCommand): IncidentEvent[] | Refusal {
  switch (command.name) {
    case "propose-major":
      return proposeMajor(state, command.envelope);
    case "declare-major":
      return declareMajor(state, command.input, command.envelope);
    case "stand-down-major":
      return standDownMajor(state, command.input, command.envelope);
  }
}

function proposeMajor(state: IncidentState, envelope: Envelope): IncidentEvent[] | Refusal {
  const refused = refuseMajor(state, "propose-major");
  if (refused) return refused;
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: "propose-major" });
  return [proposed([])];
}

type Pinned = { readonly processes?: readonly CategoryProcess[] | undefined };

const categorisedAs = (categories: readonly CategoryId[], { processes }: Pinned): IncidentEvent => ({
  type: "incident.categorised",
  data: { categories: [...categories], ...(processes && { processes: [...processes] }) },
});

/** What is decided here is also that this is an incident. */
const registering = ({ milestones }: IncidentState): IncidentEvent[] =>
  milestones.registered !== undefined
    ? []
    : [
        { type: "incident.identified", data: { as: usualDetection } },
        { type: "incident.registered", data: { underRuleOf: null } },
      ];

/** Criteria that propose it are reason enough. */
function declareMajor(state: IncidentState, pinned: Pinned, envelope: Envelope): IncidentEvent[] | Refusal {
  const refused = refuseMajor(state, "declare-major");
  if (refused) return refused;
  if (majorStatus(state) !== "proposed" && !envelope.reason?.trim())
    return refuse("reason-required", { command: "declare-major" });
  return [...registering(state), categorisedAs(withMajor(state.categories), pinned), declared];
}

function standDownMajor(state: IncidentState, pinned: Pinned, envelope: Envelope): IncidentEvent[] | Refusal {
  const refused = refuseMajor(state, "stand-down-major");
  if (refused) return refused;
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: "stand-down-major" });
  const was = majorStatus(state) === "declared" ? "declared" : "proposed";
  const stoodDown: IncidentEvent = { type: "major.stood-down", data: { was } };
  return was === "proposed" ? [stoodDown] : [categorisedAs(withoutMajor(state.categories), pinned), stoodDown];
}

export const withMajor = (categories: readonly CategoryId[]): CategoryId[] => [
  ...new Set([...categories, majorCategory]),
];
export const withoutMajor = (categories: readonly CategoryId[]): CategoryId[] =>
  categories.filter((id) => id !== majorCategory);

type Giving = Pinned & { readonly mayDeclare: boolean };

/** Categories as somebody gives them: with the major one, whoever may declare it does; of anybody else it is a proposal. It is
 *  not taken away like the others. */
export function categoriesGiven(
  state: IncidentState,
  given: readonly CategoryId[],
  giving: Giving,
): IncidentEvent[] | Refusal {
  const categories = [...new Set(given)];
  const was = majorStatus(state);
  const wants = categories.includes(majorCategory);
  if (was === "declared" && !wants) return refuse("major-stands");
  const events =
    was === "declared" ? [categorisedAs(categories, giving)] : categoriesAtOnce(categories, giving, was === "proposed");
  return [...registering(state), ...events];
}

/** The same of an incident that begins. */
export function categoriesAtOnce(
  categories: readonly CategoryId[],
  { mayDeclare, processes }: Giving,
  wasProposed = false,
): IncidentEvent[] {
  if (!categories.includes(majorCategory)) return [categorisedAs(categories, { processes })];
  if (mayDeclare) return [categorisedAs(categories, { processes }), declared];
  const others = withoutMajor(categories);
  const pinned = processes?.filter(({ category }) => category !== majorCategory);
  const lesser = others.length === 0 ? [] : [categorisedAs(others, { processes: pinned })];
  return [...lesser, ...(wasProposed ? [] : [proposed([])])];
}

export type MajorEvent = Extract<IncidentEvent, { type: `major.${string}` }>;

export const isOfMajor = <Fact extends IncidentEvent>(event: Fact): event is Fact & MajorEvent =>
  event.type.startsWith("major.");

export function evolveMajor({ major }: IncidentState, event: MajorEvent, stamp: Stamp): Major {
  const { actor, occurredAt: at, reason } = stamp;
  const before = major?.seen ?? [];
  const known = { at, by: actor.name, reason: reason ?? null };
  const was = major?.was && { was: major.was };
  switch (event.type) {
    case "major.proposed": {
      const { criteria } = event.data;
      const also = major?.status === "proposed" ? major.criteria : [];
      return {
        ...known,
        status: "proposed",
        criteria: [...also, ...criteria],
        seen: [...before, ...criteria.map(({ id }) => id)],
        ...was,
      };
    }
    case "major.declared":
      return { ...known, status: "declared", criteria: major?.criteria ?? [], seen: before, was: true };
    case "major.stood-down":
      return { ...known, status: "stood-down", criteria: [], seen: before, ...was };
  }
}

/** What a criterion looks at. */
export type Weighed = {
  readonly incident: IncidentState;
  readonly vital: boolean;
  readonly openAlerts: number;
  readonly at: Instant;
};

/** `at`: it holds from then on, all else staying as it is; null: it does not hold. */
export function holdsFrom(when: EntryConditions, { incident, vital, openAlerts, at }: Weighed): Instant | null {
  const { priorities, domains = [], domainsMin = 0, alertsMin = 0, downMinutes = 0 } = when;
  const { categories, service, priority, milestones } = incident;
  const touched = incident.domains ?? [];
  const down = milestones.restored === undefined && milestones.resolved === undefined && incident.ended === null;
  const holds =
    (priorities === undefined || priority !== null) &&
    unmetAlways(when, { priority, categories, service }).length === 0 &&
    (domains.length === 0 || domains.some((id) => touched.includes(id))) &&
    touched.length >= domainsMin &&
    openAlerts >= alertsMin &&
    (vital || when.vital !== true);
  if (!holds) return null;
  if (downMinutes === 0) return at;
  return down ? (milestones.reported ?? at) + downMinutes * minuteMs : null;
}
