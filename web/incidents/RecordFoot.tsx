import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { meQuery } from "../account/queries.ts";
import { nameIn } from "../directory/names.ts";
import { functionsQuery, teamsQuery } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { type Assignee, type Draft, isReady } from "./record-draft.ts";

/** `whole`: the draft with all that is proposed. */
type Props = { draft: Draft; whole: Draft; onCall: () => void; busy: boolean; error: unknown };

export function RecordFoot({ draft, whole, onCall, busy, error }: Props) {
  const words = useWords();
  const { t } = words;
  const nameOf = useAssigneeName();
  const off = !isReady(draft) || busy;
  return (
    <div className="foot">
      <button className="btn primary" type="submit" aria-disabled={off}>
        {t("record.send")} <kbd>Ctrl ↵</kbd>
      </button>
      {draft.assignee === null && whole.assignee !== null && (
        <button className="btn" type="button" aria-disabled={off} onClick={() => !off && onCall()}>
          {t("record.send-and-call", { name: nameOf(whole.assignee) })} <kbd>Ctrl ⇧ ↵</kbd>
        </button>
      )}
      <Calls assignee={draft.assignee} />
      {Boolean(error) && <Fault>{failureSentence(words, error)}</Fault>}
    </div>
  );
}

/** Said before it happens: with a level, recording also registers, and assigns when one accepted that; below, it is a
 *  report that somebody will read. */
function Calls({ assignee }: { assignee: Assignee | null }) {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const nameOf = useAssigneeName();
  if (me.level === null) return <p className="hint">{t("record.as-report")}</p>;
  if (assignee === null) return <p className="hint">{t("record.as-registered")}</p>;
  return <p className="hint">{t("record.as-assigned", { name: nameOf(assignee) })}</p>;
}

function useAssigneeName(): (assignee: Assignee) => string {
  const { language } = useWords();
  const teams = useQuery(teamsQuery()).data?.data ?? [];
  const functions = useQuery(functionsQuery()).data?.data ?? [];
  return ({ id }) => {
    const duty = functions.find((one) => one.id === id);
    return duty ? nameIn(language, duty) : (teams.find((one) => one.id === id)?.name ?? "…");
  };
}
