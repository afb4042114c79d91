import type { QueryProblem } from "#core/incidents/query.ts";
import { useWords } from "../language/words.tsx";
import { Reason } from "../ui/marks.tsx";

/** What of a query finds nothing, and why. */
export function NotUnderstood({ problems }: { problems: readonly QueryProblem[] }) {
  const { t } = useWords();
  return problems.map((problem) => (
    <Reason key={`${problem.code} ${problem.part}`} label={t("ui.reason")}>
      {t(`search.problem.${problem.code}`, { part: problem.part })}
    </Reason>
  ));
}
