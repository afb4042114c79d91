/** What a proof of reach is about, and its name. */
import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type { reachProof } from "#contract/reach.ts";
import { nameIn, useNamed } from "../directory/names.ts";
import { categoriesQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";

export type Proof = z.output<typeof reachProof>;
export type Subject = Proof["subjects"][number];

/** Who a subject is: a service, or what has none, how urgent, and what conditions tell it by. */
export function useSubjectName(): (subject: Pick<Subject, "service" | "urgency" | "sort">) => string {
  const { t, language, list, oneOf } = useWords();
  const { services } = useNamed();
  const categories = useQuery(categoriesQuery()).data?.data ?? [];
  const category = (id: string): string => {
    const found = categories.find((one) => one.id === id);
    return found ? nameIn(language, found) : id;
  };
  return ({ service, urgency, sort }) => {
    const found = services.find((one) => one.id === service);
    const name = service === null ? t("reach.no-service") : found ? nameIn(language, found) : "…";
    const told = sort && [
      oneOf(sort.priorities.map((one) => `P${one}`)),
      list(sort.categories.map(category)) || t("reach.sort.none"),
    ];
    return t("reach.subject", { name, urgency, sort: told?.join(", ") });
  };
}

/** The same proof from a terminal. */
export const proofCommand = (weeks: number, within: number): string =>
  `tocsin oncall prove --weeks ${weeks} --within ${within}`;
