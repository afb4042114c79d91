import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { meQuery } from "../account/queries.ts";
import { functionsQuery, teamsQuery } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { type Assignee, type Draft, isReady } from "./record-draft.ts";

type Props = { draft: Draft; busy: boolean; error: unknown };

export function RecordFoot({ draft, busy, error }: Props) {
  const words = useWords();
  const { t } = words;
  return (
    <div className="foot">
      <button className="btn primary" type="submit" aria-disabled={!isReady(draft) || busy}>
        {t("record.send")} <kbd>Ctrl ↵</kbd>
      </button>
      <Calls assignee={draft.assignee} />
      {Boolean(error) && <Fault>{failureSentence(words, error)}</Fault>}
    </div>
  );
}

/** Said before it happens: with a level, recording also registers, and assigns when one accepted that; below, it is a
 *  report that somebody will read. */
function Calls({ assignee }: { assignee: Assignee | null }) {
  const { t, language } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const teams = useQuery(teamsQuery()).data?.data;
  const functions = useQuery(functionsQuery()).data?.data;
  const duty = functions?.find(({ id }) => id === assignee?.id);
  const name =
    teams?.find(({ id }) => id === assignee?.id)?.name ?? (language === "fr" ? duty?.nameFr : duty?.nameEn) ?? "";
  if (me.level === null) return <p className="hint">{t("record.as-report")}</p>;
  return <p className="hint">{assignee ? t("record.as-assigned", { name }) : t("record.as-registered")}</p>;
}
