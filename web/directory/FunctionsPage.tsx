/** Duty functions: parts of the organisation that answer for something, to which an incident can be assigned. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useWords } from "../language/words.tsx";
import { DirectoryList } from "./DirectoryList.tsx";
import { FunctionForm } from "./FunctionForm.tsx";
import { usePeopleTabs } from "./frame.tsx";
import { NameList } from "./NameList.tsx";
import { nameIn } from "./names.ts";
import { functionsQuery } from "./queries.ts";

export function FunctionsPage() {
  const { t, language } = useWords();
  return (
    <DirectoryList
      title={t("functions.title")}
      tabs={usePeopleTabs()}
      add={t("function.add")}
      form={(close) => <FunctionForm onClose={close} />}
      none={t("functions.none")}
      list={useQuery(functionsQuery())}
      columns={[{ word: t("function.one") }, { word: t("team.members") }]}
      row={(one) => (
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
      )}
    />
  );
}
