/** What a category asks, while it is written: every field is text until it is sent. */
import type { Category } from "#contract/categories.ts";
import {
  type AllowedPause,
  type AnswerKind,
  type Bilingual,
  type ConfirmedBy,
  type EntryConditions,
  type NotifiedAction,
  notifiedActions,
  type SupplierWait,
  type TargetKind,
} from "#core/directory/category-process.ts";
import { defaultPauses } from "#core/directory/default-pauses.ts";
import type { GrantedLevel, IncidentCommandName } from "#core/directory/responsibility.ts";
import type { Flag, Priority } from "#core/kernel/vocabulary.ts";

/** `id`: of what exists already, which keeps its name through every version; of what is new, made from its words. */
export type ItemDraft = { readonly key: string; readonly id: string; readonly fr: string; readonly en: string };
export type QuestionDraft = ItemDraft & {
  readonly kind: AnswerKind;
  /** One a line, French and English side by side: `Oui, en partie = Yes, in part`. */
  readonly choices: string;
  readonly required: boolean;
};
export type RoleDraft = ItemDraft & {
  readonly dutyFr: string;
  readonly dutyEn: string;
  readonly level: string;
  readonly required: boolean;
  /** Of major incidents alone. */
  readonly function: string;
};
export type EntryDraft = ItemDraft & {
  readonly priorities: readonly string[];
  readonly vital: boolean;
  readonly downMinutes: string;
  readonly domainsMin: string;
  readonly alertsMin: string;
  /** What the form has no field for, kept as it is. */
  readonly rest: Pick<EntryConditions, "categories" | "services" | "domains">;
};
export type TargetDraft = {
  readonly key: string;
  readonly kind: TargetKind;
  /** Empty: for all of them. */
  readonly priorities: readonly string[];
  readonly minutes: string;
  readonly openHours: boolean;
  /** In open hours; empty: the service's own. */
  readonly calendar?: string;
};
export type FlagRuleDraft = EntryDraft & { readonly flag: Flag };
/** `onSupplier`: empty where it begins by hand alone. */
export type PauseDraft = ItemDraft & {
  readonly hours: string;
  readonly onSupplier: "" | SupplierWait;
  /** None stands for those that usually may wait. */
  readonly priorities: readonly string[];
};
export type NoticeDraft = { readonly key: string; readonly action: NotifiedAction; readonly minutes: string };
export type LevelDraft = { readonly key: string; readonly command: IncidentCommandName; readonly level: string };

export type ProcessDraft = {
  readonly entry: readonly EntryDraft[];
  readonly informed: readonly string[];
  readonly questions: readonly QuestionDraft[];
  readonly roles: readonly RoleDraft[];
  readonly targets: readonly TargetDraft[];
  readonly recovery: readonly ItemDraft[];
  readonly criteria: readonly ItemDraft[];
  readonly levels: readonly LevelDraft[];
  /** Null, or absent in a draft that was kept before there were any: what usually may. */
  readonly pauses?: readonly PauseDraft[] | null;
  readonly restricted?: boolean;
  readonly closureCheck?: boolean;
  readonly confirmedBy?: ConfirmedBy | "nobody";
  /** Absent in a draft that was kept before there were any. */
  readonly teams?: readonly string[];
  readonly flags?: readonly FlagRuleDraft[];
  readonly notices?: readonly NoticeDraft[];
};

type Definition = Category["process"];
type Item = Definition["criteria"][number];
type Named = { readonly id: string; readonly words: Bilingual };

let made = 0;
/** For a list on the screen; nothing else ever sees it. */
const newKey = (): string => `new-${made++}`;

export const newItem = (): ItemDraft => ({ key: newKey(), id: "", fr: "", en: "" });
export const newQuestion = (): QuestionDraft => ({ ...newItem(), kind: "text", choices: "", required: true });
export const newRole = (): RoleDraft => ({
  ...newItem(),
  dutyFr: "",
  dutyEn: "",
  level: "",
  required: false,
  function: "",
});
export const newEntry = (): EntryDraft => ({
  ...newItem(),
  priorities: [],
  vital: false,
  downMinutes: "",
  domainsMin: "",
  alertsMin: "",
  rest: {},
});
export const newFlagRule = (): FlagRuleDraft => ({ ...newEntry(), flag: "serious" });
export const newTarget = (): TargetDraft => ({
  key: newKey(),
  kind: "accept",
  priorities: [],
  minutes: "15",
  openHours: false,
});
export const newPause = (): PauseDraft => ({ ...newItem(), hours: "24", onSupplier: "", priorities: [] });
/** What usually may, to begin from. */
export const usualPauses = (): PauseDraft[] => defaultPauses.map(pauseOf);
const pauseOf = (one: AllowedPause): PauseDraft => ({
  ...itemOf(one),
  hours: String(one.minutes / 60),
  onSupplier: one.onSupplier ?? "",
  priorities: one.priorities?.map(String) ?? [],
});

/** One for each action. */
export function newNotice(notices: readonly NoticeDraft[]): NoticeDraft {
  const free = freeActions(notices);
  const action = free.find((one) => one === "restored") ?? free[0] ?? "restored";
  return { key: newKey(), action, minutes: "30" };
}
/** Those without a notice, and that of this one. */
export const freeActions = (notices: readonly NoticeDraft[], own?: NotifiedAction): readonly NotifiedAction[] =>
  notifiedActions.filter((action) => action === own || notices.every((one) => one.action !== action));
export const newLevel = (): LevelDraft => ({ key: newKey(), command: "declare-restored", level: "4" });

const itemOf = ({ id, words }: Named): ItemDraft => ({ key: id, id, ...words });

function entryOf({ when, ...one }: Named & { readonly when: When }): EntryDraft {
  const { priorities = [], vital = false, downMinutes = "", domainsMin = "", alertsMin = "", ...rest } = when;
  const numbers = { downMinutes: String(downMinutes), domainsMin: String(domainsMin), alertsMin: String(alertsMin) };
  return { ...itemOf(one), ...numbers, priorities: priorities.map(String), vital, rest };
}

export const draftOf = (process: Definition): ProcessDraft => ({
  questions: process.questions.map((one) => ({
    ...itemOf(one),
    kind: one.kind,
    choices: (one.choices ?? []).map(({ words }) => `${words.fr} = ${words.en}`).join("\n"),
    required: one.required,
  })),
  roles: process.roles.map((one) => ({
    ...itemOf(one),
    dutyFr: one.duty.fr,
    dutyEn: one.duty.en,
    level: one.level === null ? "" : String(one.level),
    required: one.required ?? false,
    function: one.function ?? "",
  })),
  entry: (process.entry ?? []).map(entryOf),
  informed: process.informed ?? [],
  targets: process.targets.map((one) => ({
    key: newKey(),
    kind: one.kind,
    priorities: (one.priorities ?? []).map(String),
    minutes: String(one.minutes),
    openHours: one.openHours ?? false,
    calendar: one.calendar ?? "",
  })),
  recovery: process.recovery.map(itemOf),
  criteria: process.criteria.map(itemOf),
  levels: process.levels.map(({ command, level }) => ({ key: newKey(), command, level: String(level) })),
  pauses: process.pauses?.map(pauseOf) ?? null,
  restricted: process.restricted ?? false,
  closureCheck: process.closureCheck ?? false,
  confirmedBy: process.confirmedBy ?? "nobody",
  teams: process.teams ?? [],
  notices: (process.notices ?? []).map(({ action, minutes }) => ({ key: newKey(), action, minutes: String(minutes) })),
  flags: (process.flags ?? []).map((one) => ({ ...entryOf(one), flag: one.flag })),
});

export const definitionOf = (draft: ProcessDraft): Definition => ({
  questions: named(draft.questions).map(([one, item]) => ({
    ...item,
    kind: one.kind,
    ...(one.kind === "choice" && { choices: choicesOf(one.choices) }),
    required: one.required,
  })),
  roles: named(draft.roles).map(([one, item]) => ({
    ...item,
    duty: { fr: one.dutyFr.trim(), en: one.dutyEn.trim() },
    level: one.level === "" ? null : (Number(one.level) as GrantedLevel),
    ...(one.required && { required: true }),
    ...(one.function !== "" && { function: one.function }),
  })),
  ...(draft.entry.length > 0 && { entry: named(draft.entry).map(([one, item]) => ({ ...item, when: whenOf(one) })) }),
  ...(draft.informed.length > 0 && { informed: [...draft.informed] }),
  ...((draft.teams ?? []).length > 0 && { teams: [...(draft.teams ?? [])] }),
  targets: draft.targets.map(({ kind, priorities, minutes, openHours, calendar }) => ({
    kind,
    ...(priorities.length > 0 && { priorities: priorities.map((one) => Number(one) as Priority) }),
    minutes: Number(minutes),
    ...(openHours && { openHours }),
    ...(openHours && calendar && { calendar }),
  })),
  recovery: named(draft.recovery).map(([, item]) => item),
  criteria: named(draft.criteria).map(([, item]) => item),
  levels: draft.levels.map(({ command, level }) => ({ command, level: Number(level) as GrantedLevel })),
  ...(draft.restricted && { restricted: true }),
  ...(draft.closureCheck && { closureCheck: true }),
  ...(draft.confirmedBy && draft.confirmedBy !== "nobody" && { confirmedBy: draft.confirmedBy }),
  ...(draft.notices?.length && {
    notices: draft.notices.map(({ action, minutes }) => ({ action, minutes: Number(minutes) })),
  }),
  ...(draft.flags &&
    draft.flags.length > 0 && {
      flags: named(draft.flags).map(([one, item]) => ({ ...item, flag: one.flag, when: whenOf(one) })),
    }),
  ...(draft.pauses && {
    pauses: named(draft.pauses).map(([{ hours, onSupplier, priorities }, item]) => ({
      ...item,
      minutes: Math.round(Number(hours) * 60),
      ...(onSupplier && { onSupplier }),
      ...(onSupplier && priorities?.length > 0 && { priorities: priorities.map((one) => Number(one) as Priority) }),
    })),
  }),
});

type When = NonNullable<Definition["entry"]>[number]["when"];

function whenOf({ priorities, vital, rest, ...numbers }: Omit<EntryDraft, keyof ItemDraft>): When {
  const said = (["downMinutes", "domainsMin", "alertsMin"] as const).filter((name) => numbers[name].trim() !== "");
  return {
    ...(rest as When),
    ...(priorities.length > 0 && { priorities: priorities.map((one) => Number(one) as Priority) }),
    ...(vital && { vital: true as const }),
    ...Object.fromEntries(said.map((name) => [name, Number(numbers[name])])),
  };
}

function named<T extends ItemDraft>(list: readonly T[]): [T, Item][] {
  const taken = new Set(list.map(({ id }) => id).filter(Boolean));
  return list.map((one) => {
    const id = one.id || idFor(one.en, taken);
    taken.add(id);
    return [one, { id, words: { fr: one.fr.trim(), en: one.en.trim() } }];
  });
}

const choicesOf = (lines: string): Item[] =>
  named(
    lines
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => {
        const [fr = "", en = fr] = line.split("=").map((part) => part.trim());
        return { key: "", id: "", fr, en };
      }),
  ).map(([, item]) => item);

const idMax = 60;

/** From English words: `owner-informed`; numbered where that is taken. */
export function idFor(words: string, taken: ReadonlySet<string>): string {
  const bare = words
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, idMax)
    .replace(/-+$/, "");
  const id = bare || "item";
  if (!taken.has(id)) return id;
  let number = 2;
  while (taken.has(`${id}-${number}`)) number += 1;
  return `${id}-${number}`;
}
