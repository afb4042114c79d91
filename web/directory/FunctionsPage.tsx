/** Duty functions: parts of the organisation that answer for something, to which an incident can be assigned. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { FunctionForm } from "./FunctionForm.tsx";
import { AdminAct, ListFrame, usePeopleTabs } from "./frame.tsx";
import { NameList } from "./NameList.tsx";
import { nameIn } from "./names.ts";
import { functionsQuery } from "./queries.ts";

export function FunctionsPage() {
  const words = useWords();
  const { t, language } = words;
  const { data, error } = useQuery(functionsQuery());
  return (
    <ListFrame
      title={t("functions.title")}
      tabs={usePeopleTabs()}
      act={<AdminAct word={t("function.add")} form={(close) => <FunctionForm onClose={close} />} />}
    >
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data?.data.length === 0 && <p className="empty">{t("functions.none")}</p>}
      {data && data.data.length > 0 && (
        <table className="tbl people">
          <caption className="vh">{t("functions.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("function.one")}</th>
              <th scope="col">{t("team.members")}</th>
            </tr>
          </thead>
          <tbody>
            {data.data.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <Link to="/functions/$id" params={{ id: one.id }}>
                    {nameIn(language, one)}
                  </Link>
                </th>
                <td>
                  <NameList ids={one.members} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ListFrame>
  );
}
