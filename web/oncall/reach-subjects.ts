/** What a proof of reach is about, and its name. */
import type { z } from "zod";
import type { reachProof } from "#contract/reach.ts";
import { nameIn, useNamed } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";

export type Proof = z.output<typeof reachProof>;
export type Subject = Proof["subjects"][number];

/** Who a subject is: a service, or what has none, and how urgent. */
export function useSubjectName(): (subject: Pick<Subject, "service" | "urgency">) => string {
  const { t, language } = useWords();
  const { services } = useNamed();
  return ({ service, urgency }) => {
    const found = services.find((one) => one.id === service);
    const name = service === null ? t("reach.no-service") : found ? nameIn(language, found) : "…";
    return t("reach.subject", { name, urgency });
  };
}

/** The same proof from a terminal. */
export const proofCommand = (weeks: number, within: number): string =>
  `tocsin oncall prove --weeks ${weeks} --within ${within}`;
