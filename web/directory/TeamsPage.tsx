import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { meQuery } from "../account/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { AdminAct, ListFrame, usePeopleTabs } from "./frame.tsx";
import { NameList } from "./NameList.tsx";
import { teamsQuery } from "./queries.ts";
import { TeamForm } from "./TeamForm.tsx";

export function TeamsPage() {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(teamsQuery());
  const { data: me } = useSuspenseQuery(meQuery());
  return (
    <ListFrame
      title={t("teams.title")}
      tabs={usePeopleTabs()}
      act={<AdminAct word={t("team.add")} form={(close) => <TeamForm onClose={close} />} />}
    >
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data?.data.length === 0 && <p className="empty">{t("teams.none")}</p>}
      {data && data.data.length > 0 && (
        <table className="tbl people">
          <caption className="vh">{t("teams.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("team.one")}</th>
              <th scope="col">{t("team.members")}</th>
            </tr>
          </thead>
          <tbody>
            {data.data.map((one) => (
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
            ))}
          </tbody>
        </table>
      )}
    </ListFrame>
  );
}
