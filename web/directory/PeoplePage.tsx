import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useWords } from "../language/words.tsx";
import { DirectoryList } from "./DirectoryList.tsx";
import { usePeopleTabs } from "./frame.tsx";
import { PersonForm } from "./PersonForm.tsx";
import { type Person, peopleQuery, teamsQuery } from "./queries.ts";

export function PeoplePage() {
  const { t } = useWords();
  const { data, error } = useQuery(peopleQuery());
  const teams = useQuery(teamsQuery()).data?.data ?? [];
  const people = data?.data.toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
  return (
    <DirectoryList
      title={t("shell.people")}
      tabs={usePeopleTabs()}
      add={t("person.add")}
      form={(close) => <PersonForm onClose={close} />}
      list={{ data: people && { data: people }, error }}
      columns={[
        { word: t("people.name") },
        { word: t("people.level") },
        { word: t("people.teams"), roomy: true },
        { word: t("people.language"), roomy: true },
        { word: t("people.zone"), roomy: true },
      ]}
      row={(one) => <PersonLine key={one.id} one={one} teams={teams.filter((team) => team.members.includes(one.id))} />}
    />
  );
}

/** On a phone, what has no column of its own stands below the name. */
function PersonLine({ one, teams }: { one: Person; teams: readonly { id: string; name: string }[] }) {
  const { t, list } = useWords();
  const inTeams = list(teams.map((team) => team.name));
  return (
    <tr className={one.active ? undefined : "off"}>
      <th scope="row">
        <Link to="/people/$id" params={{ id: one.id }}>
          {one.name}
        </Link>
        {!one.active && <span className="chip">{t("people.inactive")}</span>}
        <small className="muted">{one.email}</small>
        <small className="tight muted">
          {[inTeams, one.language.toUpperCase(), one.zone].filter(Boolean).join(" · ")}
        </small>
      </th>
      <td>
        <Level level={one.level} />
        {one.admin && <small className="muted">{t("level.admin")}</small>}
      </td>
      <td className="roomy">{inTeams}</td>
      <td className="roomy">{one.language.toUpperCase()}</td>
      <td className="roomy">{one.zone}</td>
    </tr>
  );
}

export function Level({ level }: { level: number | null }) {
  const { t, find } = useWords();
  if (level === null) return <span className="muted">{t("level.none")}</span>;
  return (
    <>
      {find(`level.${level}`)} <span className="muted roomy">{find(`level.${level}.short`)}</span>
    </>
  );
}
