import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { allReadinessQuery, type Readiness } from "../teams/queries.ts";
import { ReadyMark } from "../teams/TeamReadiness.tsx";
import { useTeamWords } from "../teams/words.ts";
import { DirectoryList } from "./DirectoryList.tsx";
import { usePeopleTabs } from "./frame.tsx";
import { NameList } from "./NameList.tsx";
import { type Team, teamsQuery } from "./queries.ts";
import { TeamForm } from "./TeamForm.tsx";

export function TeamsPage() {
  const { t } = useWords();
  const { t: say } = useTeamWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const ready = useQuery(allReadinessQuery()).data?.data ?? [];
  return (
    <DirectoryList
      title={t("teams.title")}
      tabs={usePeopleTabs()}
      add={t("team.add")}
      form={(close) => <TeamForm onClose={close} />}
      none={t("teams.none")}
      list={useQuery(teamsQuery())}
      columns={[{ word: t("team.one") }, { word: t("team.members") }, { word: say("column") }]}
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
          <td>
            <ReadyOf team={one} all={ready} />
          </td>
        </tr>
      )}
    />
  );
}

function ReadyOf({ team, all }: { team: Team; all: readonly Readiness[] }) {
  const { t: say } = useTeamWords();
  if (!team.mandated) return <span className="muted">{say("unmandated")}</span>;
  const known = all.find((one) => one.team.id === team.id);
  return known ? <ReadyMark ready={known.ready} count={known.findings.length} /> : null;
}
