import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { DirectoryList } from "./DirectoryList.tsx";
import { usePeopleTabs } from "./frame.tsx";
import { NameList } from "./NameList.tsx";
import { teamsQuery } from "./queries.ts";
import { TeamForm } from "./TeamForm.tsx";

export function TeamsPage() {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  return (
    <DirectoryList
      title={t("teams.title")}
      tabs={usePeopleTabs()}
      add={t("team.add")}
      form={(close) => <TeamForm onClose={close} />}
      none={t("teams.none")}
      list={useQuery(teamsQuery())}
      columns={[{ word: t("team.one") }, { word: t("team.members") }]}
      row={(one) => (
        <tr key={one.id}>
          <th scope="row">
            <Link to="/teams/$id" params={{ id: one.id }}>
              {one.name}
            </Link>
            {me.teams.includes(one.id) && <small className="muted">{t("team.yours")}</small>}
          </th>
          <td>
            <NameList ids={one.members} />
          </td>
        </tr>
      )}
    />
  );
}
