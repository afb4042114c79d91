/** What the categories of an incident ask of it, in the reader's words: the versions it has pinned say how they read. */
import type { IncidentProcess } from "../../contract/incidents.ts";
import type { IncidentView } from "../../contract/shapes.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { dutiesNow } from "../../core/desk/obligations.ts";
import { pinnedBy } from "../../core/desk/pinned.ts";
import type { Bilingual } from "../../core/directory/category-process.ts";
import { type Confirmed, demandsIn, openQuestions, openRecoveryItems } from "../../core/incidents/demands.ts";
import type { Asked, EffectiveProcess } from "../../core/incidents/effective-process.ts";
import { holderNow, unmetRoles } from "../../core/incidents/roles.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { settlingCriterion } from "../../core/incidents/unsettled.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import { lawWords } from "../../languages/law-words.ts";

export function asksOf(incident: IncidentState, directory: Directory, language: Language): IncidentView["asks"] {
  const { pinned, questions, recovery, levels } = demandsIn(incident);
  const { criteria, roles } = pinnedBy(incident, directory);
  const unmet = unmetRoles(incident);
  return {
    pinned: [...pinned],
    questions: questions.map(({ id }) => id),
    openQuestions: openQuestions(incident).length,
    readyAt: incident.readyAt === undefined ? null : toIso(incident.readyAt),
    recovery: [...recovery],
    openRecovery: openRecoveryItems(incident).length,
    criteria: criteria.map(({ id, words }) => ({
      id,
      name: words[language],
      met: incident.confirmed?.[id] !== undefined,
      ...unsettledOf(id, incident, directory, language),
    })),
    roles: roles.map(({ id, words, level, required = false }) => {
      const holder = holderNow(incident, id);
      return {
        id,
        name: words[language],
        level,
        required,
        holder: holder ? { id: holder.id, name: holder.name } : null,
        met: !unmet.includes(id),
      };
    }),
    levels: [...levels],
  };
}

/** As it stood at its last entry: that a limit has passed is one. */
function unsettledOf(id: string, incident: IncidentState, directory: Directory, language: Language) {
  if (id !== settlingCriterion || incident.ended !== null) return {};
  const { unsettled } = dutiesNow(incident, { directory, at: incident.updatedAt });
  return unsettled.length === 0 ? {} : { unsettled: unsettled.map(lawWords(language).unsettled) };
}

/** What its categories ask under a name, in the reader's words. */
export function namesOfAsked(
  incident: IncidentState,
  directory: Directory,
  language: Language,
): (id: string) => string {
  const { questions, roles } = pinnedBy(incident, directory);
  const names = new Map([...questions, ...roles].map(({ id, words }) => [id, words[language]]));
  return (id) => names.get(id) ?? id;
}

/** All of it, with what was answered. */
export function processView(incident: IncidentState, directory: Directory, language: Language): IncidentProcess {
  const { pinned, questions, roles, targets, recovery, criteria, pauses } = pinnedBy(incident, directory);
  const named = <T extends { readonly id: string; readonly words: Bilingual }>({ id, words }: T) => ({
    id,
    name: words[language],
  });
  const settled = (items: EffectiveProcess["criteria"], done: IncidentState["confirmed"] = {}) =>
    items.map((one) => ({ ...named(one), categories: [...one.categories], settled: settledOf(done[one.id]) }));
  return {
    pinned: [...pinned],
    questions: questions.map((one) => ({
      ...named(one),
      ...rest(one),
      kind: one.kind,
      choices: (one.choices ?? []).map(named),
      required: one.required,
      answered: answeredOf(incident.answers?.[one.id]),
    })),
    roles: roles.map((one) => ({
      ...named(one),
      ...rest(one),
      duty: one.duty[language],
      level: one.level,
      required: one.required ?? false,
    })),
    targets: targets.map((one) => ({ ...one, categories: [...one.categories] })),
    recovery: settled(recovery, incident.recoveryDone),
    criteria: settled(criteria, incident.confirmed),
    pauses: pauses.map((one) => ({ ...named(one), minutes: one.minutes })),
  };
}

const rest = ({ categories }: Pick<Asked<unknown>, "categories">) => ({ categories: [...categories] });

const settledOf = (done: Confirmed | undefined) => (done ? { ...done, at: toIso(done.at) } : null);
const answeredOf = (given: NonNullable<IncidentState["answers"]>[string] | undefined) =>
  given ? { ...given, at: toIso(given.at) } : null;
