/** When a step counts, in words: one clause for each of its conditions. */
import { useQuery } from "@tanstack/react-query";
import type { Conditions, StepHours } from "#core/escalation/conditions.ts";
import { nameIn, useNamed } from "../directory/names.ts";
import { categoriesQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";

/** Days that follow one another are told by the first and the last. */
export function runsOf(days: readonly number[]): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = runs.at(-1);
    if (last && day === last[1] + 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

export function useConditionWords(): (when: Conditions | undefined) => string[] {
  const { t, oneOf, list, weekdayNamed, language } = useWords();
  const { nameOf } = useNamed();
  const categories = useQuery(categoriesQuery()).data?.data ?? [];
  const category = (id: string): string => {
    const found = categories.find((one) => one.id === id);
    return found ? nameIn(language, found) : id;
  };
  const days = (all: readonly number[]): string =>
    list(
      runsOf(all).flatMap(([from, until]) =>
        until - from > 1
          ? [t("policy.when.days", { from: weekdayNamed(from), until: weekdayNamed(until) })]
          : [from, until].slice(0, until - from + 1).map(weekdayNamed),
      ),
    );
  const hours = ({ openings, closedOn }: StepHours): string =>
    list(openings.map(({ days: on, from, until }) => t("layer.opening", { days: days(on), from, until }))) +
    (closedOn.length > 0 ? t("policy.when.closed", { count: closedOn.length }) : "");
  return (when) => {
    if (!when) return [];
    const clauses: string[] = [];
    if (when.priorities)
      clauses.push(t("policy.when.priority", { priorities: oneOf(when.priorities.map((one) => `P${one}`)) }));
    if (when.categories) clauses.push(t("policy.when.category", { categories: oneOf(when.categories.map(category)) }));
    if (when.services) clauses.push(t("policy.when.service", { services: oneOf(when.services.map(nameOf)) }));
    if (when.hours)
      clauses.push(t(when.hours.outside ? "policy.when.outside" : "policy.when.within", { hours: hours(when.hours) }));
    return clauses;
  };
}
