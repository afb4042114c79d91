/** What a category lays over the base process: what must be known to begin resolving, who is wanted, how fast, what puts
 *  things back afterwards, and what must be true before closing. Written by people of level 5; a published version never
 *  changes, since incidents have pinned it. */
import type { CategoryId, Flag, Milestone, Priority } from "../kernel/vocabulary.ts";
import { milestones } from "../kernel/vocabulary.ts";
import type { GrantedLevel, IncidentCommandName } from "./responsibility.ts";

export type Bilingual = { readonly fr: string; readonly en: string };

/** A sentence with a name of its own: the same name in two categories is the same thing. */
export type Item = { readonly id: string; readonly words: Bilingual };

export const answerKinds = ["text", "time", "yes-no", "choice"] as const;
export type AnswerKind = (typeof answerKinds)[number];

export type Question = Item & {
  readonly kind: AnswerKind;
  /** For `choice` alone. */
  readonly choices?: readonly Item[] | undefined;
  /** Answered, or said to be unknown, before the incident counts as ready to be resolved. */
  readonly required: boolean;
};

/** `level`: the lowest that may hold it; null: anybody. `function`: called for it as soon as the incident is declared. */
export type Role = Item & {
  readonly duty: Bilingual;
  readonly level: GrantedLevel | null;
  readonly function?: string | undefined;
  /** Closing asks that somebody holds it, or has. */
  readonly required?: boolean | undefined;
};

export const targetKinds = ["accept", "assign", "restore", "resolve", "update"] as const;
export type TargetKind = (typeof targetKinds)[number];

export type Target = {
  readonly kind: TargetKind;
  /** Absent: for every priority. */
  readonly priorities?: readonly Priority[] | undefined;
  readonly minutes: number;
  /** Counted while the service is open, and not by night. */
  readonly openHours?: boolean | undefined;
  /** By which calendar, in open hours; absent: the service's own. */
  readonly calendar?: string | undefined;
};

/** What must hold, all of it, for an incident to be proposed as one of this category. */
export type EntryConditions = {
  /** One of them, once somebody or something has weighed it. */
  readonly priorities?: readonly Priority[] | undefined;
  readonly categories?: readonly CategoryId[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly domains?: readonly string[] | undefined;
  /** It touches so many domains. */
  readonly domainsMin?: number | undefined;
  /** Its service holds up a vital business function. */
  readonly vital?: boolean | undefined;
  /** So many alerts are open. */
  readonly alertsMin?: number | undefined;
  /** Not restored so long after it was reported. */
  readonly downMinutes?: number | undefined;
};
export type EntryCriterion = Item & { readonly when: EntryConditions };

/** Without a condition: every incident of the category. */
export type FlagRule = EntryCriterion & { readonly flag: Flag };

/** Something outside our hands that may stop the clocks, for so many minutes of one incident together. */
export type AllowedPause = Item & {
  readonly minutes: number;
  /** Begins by itself when a supplier is called on, and lasts until they answer, or say that it works. Absent: by hand alone. */
  readonly onSupplier?: SupplierWait | undefined;
  /** At which it begins by itself; absent: 3 to 5, since of those above the service is wanted back whoever has to act. */
  readonly priorities?: readonly Priority[] | undefined;
};

export const supplierWaits = ["answered", "restored"] as const;
export type SupplierWait = (typeof supplierWaits)[number];
export const pausedPriorities: readonly Priority[] = [3, 4, 5];

/** Actions of which those concerned are told. */
export const notifiedActions = ["solution", "decision", "restored", "relapsed", "resolved"] as const;
export type NotifiedAction = (typeof notifiedActions)[number];
export type NoticeRule = { readonly action: NotifiedAction; readonly minutes: number };

export type ProcessLevel = { readonly command: IncidentCommandName; readonly level: GrantedLevel };

export type ProcessDefinition = {
  /** Of major incidents alone, which are declared: any one of them proposes it. */
  readonly entry?: readonly EntryCriterion[] | undefined;
  /** Duty functions whose members are told when it is declared, stood down, restored and closed. */
  readonly informed?: readonly string[] | undefined;
  /** Teams that are activated as soon as an incident is of it. */
  readonly teams?: readonly string[] | undefined;
  readonly questions: readonly Question[];
  readonly roles: readonly Role[];
  readonly targets: readonly Target[];
  readonly recovery: readonly Item[];
  readonly criteria: readonly Item[];
  /** Where its commands ask another level than the profile does. */
  readonly levels: readonly ProcessLevel[];
  /** Absent: those of `default-pauses.ts`. Empty: nothing stops its clocks. */
  readonly pauses?: readonly AllowedPause[] | undefined;
  /** Seen by those alone who need to know, as soon as it is categorised so. */
  readonly restricted?: boolean | undefined;
  /** Once it is closed, somebody of level 5 other than whoever closed it looks at what it left. */
  readonly closureCheck?: boolean | undefined;
  /** Who says that it works again before its recovery is confirmed; absent: nobody need. */
  readonly confirmedBy?: ConfirmedBy | undefined;
  /** Within how long those concerned are told of an action; recalled once to whoever coordinates. Absent: of none. */
  readonly notices?: readonly NoticeRule[] | undefined;
  /** Any one of them proposes that the incident be held serious, or not routine. */
  readonly flags?: readonly FlagRule[] | undefined;
};

export const confirmers = ["owner", "owner-or-users"] as const;
export type ConfirmedBy = (typeof confirmers)[number];

export type CategoryProcess = ProcessDefinition & {
  readonly category: CategoryId;
  /** From 1, one more each time that it is published. */
  readonly version: number;
};

export const emptyDefinition: ProcessDefinition = {
  questions: [],
  roles: [],
  targets: [],
  recovery: [],
  criteria: [],
  levels: [],
};

export const itemsMax = 30;
export const choicesMax = 12;
export const targetMinutesMax = 365 * 24 * 60;
export const pauseMinutesMax = 90 * 24 * 60;

/** As an incident pins it: `major@3`. */
export const processName = ({ category, version }: Pick<CategoryProcess, "category" | "version">): string =>
  `${category}@${version}`;

export type DefinitionFault =
  | { readonly fault: "twice"; readonly id: string }
  | { readonly fault: "milestone"; readonly id: string }
  | { readonly fault: "choices"; readonly id: string }
  | { readonly fault: "target"; readonly id: string }
  | { readonly fault: "entry"; readonly id: string };

/** The duty functions that it calls and tells. */
export const functionsIn = ({ roles, informed = [] }: ProcessDefinition): string[] => [
  ...roles.flatMap((one) => one.function ?? []),
  ...informed,
];

/** Only what is declared is proposed by criteria, calls for its roles and tells management. */
export const speaksOfDeclaring = (definition: ProcessDefinition): boolean =>
  (definition.entry ?? []).length > 0 || functionsIn(definition).length > 0;

/** What no shape can say: names that stand twice, choices that are lacking, two targets for the same thing. */
export function definitionFault(definition: ProcessDefinition): DefinitionFault | null {
  const { questions, roles, recovery, criteria, targets, entry = [], pauses = [], flags = [] } = definition;
  for (const list of [questions, roles, recovery, criteria, entry, pauses, flags]) {
    const twice = firstTwice(list.map(({ id }) => id));
    if (twice !== undefined) return { fault: "twice", id: twice };
  }
  const always = entry.find(({ when }) => Object.values(when).every((one) => one === undefined || one === false));
  if (always) return { fault: "entry", id: always.id };
  const milestone = criteria.find(({ id }) => milestones.includes(id as Milestone));
  if (milestone) return { fault: "milestone", id: milestone.id };
  for (const { id, kind, choices = [] } of questions) {
    if (kind === "choice" && choices.length < 2) return { fault: "choices", id };
    const twice = firstTwice(choices.map((one) => one.id));
    if (twice !== undefined) return { fault: "twice", id: twice };
  }
  const same = firstTwice(targets.flatMap(slotsOf));
  return same === undefined ? null : { fault: "target", id: same.split(" ")[0] ?? same };
}

const slotsOf = (target: Target): string[] =>
  (target.priorities ?? [1, 2, 3, 4, 5]).map((priority) => `${target.kind} ${priority} ${measureOf(target)}`);

/** What its minutes are counted by: the clock on the wall, the service's calendar, or one by its name. */
export const measureOf = ({ openHours = false, calendar }: Pick<Target, "openHours" | "calendar">): string =>
  openHours ? (calendar ?? "own") : "wall";

function firstTwice(ids: readonly string[]): string | undefined {
  return ids.find((id, index) => ids.indexOf(id) !== index);
}
