/** Who is away now, and until when: said where work is given to somebody, and nobody is kept from giving it. */
import { awayUntil } from "#core/oncall/away.ts";
import { useWords } from "../language/words.tsx";
import { useAbsences } from "../oncall/schedules.ts";
import { now, useMinutes } from "../ui/now.ts";

/** After the name of somebody who is away. */
export function useAwayWord(): (personId: string) => string {
  const { t, phrase } = useWords();
  const absences = useAbsences();
  useMinutes();
  return (personId) => {
    const until = awayUntil(absences, personId, now());
    return until === null ? "" : ` · ${t("form.person.away", { until: phrase("until", until) })}`;
  };
}
