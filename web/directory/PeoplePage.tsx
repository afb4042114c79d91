import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { AdminAct, ListFrame, usePeopleTabs } from "./frame.tsx";
import { PersonForm } from "./PersonForm.tsx";
import { type Person, peopleQuery, teamsQuery } from "./queries.ts";

export function PeoplePage() {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(peopleQuery());
  const teams = useQuery(teamsQuery()).data?.data ?? [];
  const people = data?.data.toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
  return (
    <ListFrame
      title={t("shell.people")}
      tabs={usePeopleTabs()}
      act={<AdminAct word={t("person.add")} form={(close) => <PersonForm onClose={close} />} />}
    >
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {people && (
        <table className="tbl people">
          <caption className="vh">{t("shell.people")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("people.name")}</th>
              <th scope="col">{t("people.level")}</th>
              <th scope="col" className="roomy">
                {t("people.teams")}
              </th>
              <th scope="col" className="roomy">
                {t("people.language")}
              </th>
              <th scope="col" className="roomy">
                {t("people.zone")}
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((one) => (
              <PersonLine key={one.id} one={one} teams={teams.filter((team) => team.members.includes(one.id))} />
            ))}
          </tbody>
        </table>
      )}
    </ListFrame>
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
