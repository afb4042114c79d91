/** Who is away now, and until when: said where work is given to somebody, and nobody is kept from giving it. */
import { awayUntil } from "#core/oncall/away.ts";
import { useWords } from "../language/words.tsx";
import { useAbsences } from "../oncall/schedules.ts";
import { now, useMinutes } from "../ui/now.ts";

type Named = { readonly id: string; readonly name: string };
type Away = {
  /** What follows the name of somebody who is away in a list of names. */
  readonly after: (one: Named) => string;
  /** The same as a sentence, for a list that is too narrow for it. */
  readonly sentence: (one: Named) => string | undefined;
};

export function useAway(): Away {
  const { t, phrase } = useWords();
  const absences = useAbsences();
  useMinutes();
  const untilOf = ({ id }: Named): string | null => {
    const until = awayUntil(absences, id, now());
    return until === null ? null : phrase("until", until);
  };
  return {
    after: (one) => {
      const until = untilOf(one);
      return until === null ? "" : ` · ${t("form.person.away", { until })}`;
    },
    sentence: (one) => {
      const until = untilOf(one);
      return until === null ? undefined : t("form.person.is-away", { name: one.name, until });
    },
  };
}
