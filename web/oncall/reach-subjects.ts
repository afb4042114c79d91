/** What a proof of reach is about, and its name. */
import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type { reachProof } from "#contract/reach.ts";
import { nameIn, useNamed } from "../directory/names.ts";
import { categoriesQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";

export type Proof = z.output<typeof reachProof>;
export type Subject = Proof["subjects"][number];

type Named = Pick<Subject, "through" | "service" | "urgency" | "sort" | "policy">;

/** No two of a proof have the same. */
export const subjectKey = ({ through, service, urgency, sort, policy }: Named): string =>
  JSON.stringify([through, service, policy.id, urgency, sort]);

/** Who a subject is: a service, what has none, or the policy that an escalation names; how urgent, and what conditions tell it
 *  by. */
export function useSubjectName(): (subject: Named) => string {
  const { t, language, list, oneOf } = useWords();
  const { services } = useNamed();
  const categories = useQuery(categoriesQuery()).data?.data ?? [];
  const category = (id: string): string => {
    const found = categories.find((one) => one.id === id);
    return found ? nameIn(language, found) : id;
  };
  const serviceOf = (id: string): string => {
    const found = services.find((one) => one.id === id);
    return found ? nameIn(language, found) : "…";
  };
  const nameOf = ({ through, service, policy }: Named): string => {
    if (through === "last-resort") return t("reach.last-resort");
    if (through === "escalation")
      return t("reach.escalation", {
        name: policy.name || t("reach.escalation.unsaved"),
        service: service === null ? null : serviceOf(service),
      });
    return service === null ? t("reach.no-service") : serviceOf(service);
  };
  return (subject) => {
    const { urgency, sort } = subject;
    const name = nameOf(subject);
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
