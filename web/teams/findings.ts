/** What keeps a team from answering, each as one sentence with what to do about it. */
import { useWords } from "../language/words.tsx";
import type { Readiness } from "./queries.ts";
import { useTeamWords } from "./words.ts";

type Finding = Readiness["findings"][number];

export function useFindings() {
  const words = useWords();
  const { t: say } = useTeamWords();
  return ({ kind, role, needed, able, level, people, schedule, from, until }: Finding): string => {
    const id = kind.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    return say(`finding.${id as "vacancy"}`, {
      role: role?.[words.language] ?? "",
      needed,
      able,
      level,
      people: words.list(people.map(({ name }) => name)),
      schedule: schedule?.name ?? "",
      from: from && words.phrase("at", from),
      until: until && words.phrase("until", until),
    });
  };
}
