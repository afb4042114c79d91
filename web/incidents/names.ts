/** Names for what a record keeps bare: its entries carry ids. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { IncidentProcess } from "#contract/incidents.ts";
import type { IncidentView } from "#contract/shapes.ts";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { domainsQuery, functionsQuery, peopleQuery, teamsQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import type { Names } from "./entry-words.ts";
import { lawNamesQuery } from "./law-names.ts";
import { processQuery } from "./queries.ts";

/** Of questions, of their choices, and of whatever is settled. */
function askedNames(process: IncidentProcess | undefined): [string, string][] {
  const { questions = [], recovery = [], criteria = [], roles = [], pauses = [] } = process ?? {};
  return [
    ...roles.map(({ id, name }): [string, string] => [`role/${id}`, name]),
    ...[...questions, ...recovery, ...criteria, ...pauses].map(({ id, name }): [string, string] => [
      `item/${id}`,
      name,
    ]),
    ...questions.flatMap((one) => one.choices.map(({ id, name }): [string, string] => [`item/${one.id}/${id}`, name])),
  ];
}

/** Names for the ids of the record: those the incident carries, those of the directory, those its own pages name. */
export function useNames(view: IncidentView, entries: readonly TimelineEntry[]): Names {
  const { language } = useWords();
  const people = useQuery(peopleQuery()).data?.data;
  const teams = useQuery(teamsQuery()).data?.data;
  const functions = useQuery(functionsQuery()).data?.data;
  const process = useQuery({ ...processQuery(view.number), enabled: view.asks.pinned.length > 0 }).data;
  const domains = useQuery({ ...domainsQuery(), enabled: entries.some(({ type }) => type.startsWith("domain.")) }).data;
  const laws = useQuery({
    ...lawNamesQuery(),
    enabled: entries.some(({ type }) => type.startsWith("obligation.") || type === "criterion.confirmed"),
  }).data;
  return useMemo(() => {
    const known = new Map<string, string>([["number", view.number], ...askedNames(process)]);
    for (const one of domains?.data ?? []) known.set(`domain/${one.id}`, language === "fr" ? one.nameFr : one.nameEn);
    for (const law of laws?.data ?? []) {
      known.set(`law/${law.id}`, law.name[language]);
      for (const { id, name } of law.legs) known.set(`leg/${law.id}/${id}`, name[language]);
      for (const { id, name } of law.facts) known.set(`fact/${law.id}/${id}`, name[language]);
    }
    for (const one of functions ?? []) known.set(one.id, language === "fr" ? one.nameFr : one.nameEn);
    for (const one of [...(teams ?? []), ...(people ?? [])]) known.set(one.id, one.name);
    for (const one of [view.assigned, view.acceptedBy, view.coordinator, view.service])
      if (one) known.set(one.id, one.name);
    for (const { data } of entries) {
      const { pageId, name, channel, policy } = (data ?? {}) as Partial<Record<string, unknown>>;
      if (typeof pageId === "string" && typeof name === "string") {
        known.set(`page/${pageId}`, name);
        known.set(`page-channel/${pageId}`, String(channel));
      }
      if (typeof policy === "object" && policy !== null && "id" in policy && "name" in policy) {
        known.set(String(policy.id), String(policy.name));
      }
    }
    return (id: string) => known.get(id);
  }, [view, entries, people, teams, functions, process, domains, laws, language]);
}
